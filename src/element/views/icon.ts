import { html, setAttribute, svg } from '../nodes.js';
import type { Icon } from '../sentence.js';

/** A face between the corners of a viewfinder: strokes in a 64×64 box. */
export const FACE = 'M8 20v-6a6 6 0 0 1 6-6h6M44 8h6a6 6 0 0 1 6 6v6M56 44v6a6 6 0 0 1-6 6h-6M20 56h-6a6 6 0 0 1-6-6v-6M32 15c9 0 13 6 13 15 0 11-6 19-13 19s-13-8-13-19c0-9 4-15 13-15M27 29v2M37 29v2M27 39c3 3 7 3 10 0';

const STROKES: Readonly<Record<Icon, string>> = {
  face: FACE,
  camera: 'M24 17l3-5h10l3 5h9a5 5 0 0 1 5 5v24a5 5 0 0 1-5 5H15a5 5 0 0 1-5-5V22a5 5 0 0 1 5-5h9M32 23a10 10 0 1 0 .1 0',
  busy: 'M32 6a26 26 0 0 1 26 26',
  light: 'M32 23a9 9 0 1 0 .1 0M32 9v5M32 50v5M9 32h5M50 32h5M15.7 15.7l3.6 3.6M44.7 44.7l3.6 3.6M15.7 48.3l3.6-3.6M44.7 19.3l3.6-3.6',
  good: 'M20 33l8 8 16-17',
  waiting: 'M32 19v14l9 6',
  attention: 'M32 18v17M32 44v.5',
  bad: 'M23 23l18 18M41 23L23 41',
  neutral: 'M21 32h22',
};

/** The picture above the sentence. Decorative: the sentence says the same. */
export function createIcon(): { readonly element: HTMLElement; draw(icon: Icon | undefined): void } {
  const path = svg('path');
  const element = html('div', { class: 'icon', part: 'icon', 'aria-hidden': 'true' }, svg('svg', { viewBox: '0 0 64 64' }, svg('circle', { cx: '32', cy: '32', r: '26' }), path));
  return {
    element,
    draw(icon) {
      element.hidden = icon === undefined;
      if (icon === undefined) return;
      setAttribute(element, 'data-icon', icon);
      setAttribute(path, 'd', STROKES[icon]);
    },
  };
}

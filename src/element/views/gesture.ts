import { svg } from '../nodes.js';

const HEAD = 'M32 10c11 0 16 8 16 18 0 14-7 24-16 24S16 42 16 28c0-10 5-18 16-18';
const EYES = 'M25.5 27v3M38.5 27v3';
const SMILE = 'M27 40c3 2.5 7 2.5 10 0';

/** Of each action: what stays, then the two pictures that take turns, in a 64×64 box. */
const PICTURES = {
  blink: [`${HEAD}${SMILE}`, EYES, 'M22.5 28.5c2 1.5 4 1.5 6 0M35.5 28.5c2 1.5 4 1.5 6 0'],
  openMouth: [`${HEAD}${EYES}`, SMILE, 'M32 36c3 0 4.5 2 4.5 5s-1.5 5-4.5 5-4.5-2-4.5-5 1.5-5 4.5-5'],
  nod: [HEAD, 'M32 20v21M25 34l7 7 7-7', 'M32 24v21M25 38l7 7 7-7'],
} as const;

/**
 * Shows the action that is asked for; turning left and right have the stage's arrow. Decorative: the sentence says the same. Which
 * one is seen hangs on the stage's `data-instruction`.
 */
export function createGesture(): SVGSVGElement {
  return svg(
    'svg',
    { class: 'gesture', viewBox: '0 0 64 64', 'aria-hidden': 'true' },
    ...Object.entries(PICTURES).map(([id, [still, before, after]]) =>
      svg('g', { class: id }, svg('path', { d: still }), svg('path', { class: 'before', d: before }), svg('path', { class: 'after', d: after })),
    ),
  );
}

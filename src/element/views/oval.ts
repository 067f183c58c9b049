import { ovalFor, type NormalizedBox } from '../../liveness/index.js';
import { setAttribute, svg } from '../nodes.js';

/** The oval over the preview. */
export interface OvalView {
  readonly element: SVGSVGElement;
  /**
   * @param box in fractions of the unmirrored frame; without one, where it will be in a portrait frame
   * @param progress of the ring, 0–1
   */
  draw(video: { readonly videoWidth: number; readonly videoHeight: number }, box: NormalizedBox | undefined, progress: number): void;
}

/**
 * The view box is the video's own frame, cut (`slice`) as `object-fit: cover` cuts the video, so that the oval lies where the
 * engine measures whatever the size of the element.
 */
export function createOval(): OvalView {
  const scrim = svg('path', { class: 'scrim', 'fill-rule': 'evenodd' });
  const track = svg('path', { class: 'track' });
  const ring = svg('path', { class: 'ring', pathLength: '1', 'stroke-dasharray': '1 1' });
  const element = svg('svg', { class: 'oval', part: 'oval', preserveAspectRatio: 'xMidYMid slice', 'aria-hidden': 'true' }, scrim, track, ring);
  let drawn = '';
  return {
    element,
    draw({ videoWidth, videoHeight }, box, progress) {
      const [width, height] = videoWidth && videoHeight ? [videoWidth, videoHeight] : [480, 640];
      const oval = box ?? ovalFor({ width, height });
      const key = [width, height, oval.x, oval.y, oval.width, oval.height].join(' ');
      if (key !== drawn) {
        drawn = key;
        const rx = (oval.width * width) / 2;
        const ry = (oval.height * height) / 2;
        // The preview is a mirror.
        const cx = (1 - oval.x) * width - rx;
        const top = oval.y * height;
        const path = `M${cx} ${top}a${rx} ${ry} 0 0 1 0 ${2 * ry}a${rx} ${ry} 0 0 1 0 ${-2 * ry}z`;
        element.setAttribute('viewBox', `0 0 ${width} ${height}`);
        element.setAttribute('stroke-width', String(ry / 24));
        track.setAttribute('d', path);
        ring.setAttribute('d', path);
        scrim.setAttribute('d', `M${-width} ${-height}h${3 * width}v${3 * height}h${-3 * width}z${path}`);
      }
      setAttribute(ring, 'stroke-dashoffset', (1 - progress).toFixed(3));
    },
  };
}

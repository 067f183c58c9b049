import type { DetectorFrame } from '../../port.js';

let canvas: OffscreenCanvas | undefined;

/** The frame's pixels; closes the frame. */
export function readPixels(frame: DetectorFrame): ImageData {
  if (frame instanceof ImageData) return frame;
  const [width, height] = 'displayWidth' in frame ? [frame.displayWidth, frame.displayHeight] : [frame.width, frame.height];
  if (canvas === undefined || canvas.width !== width || canvas.height !== height) canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no 2d context in the worker');
  context.drawImage(frame, 0, 0);
  frame.close();
  return context.getImageData(0, 0, width, height);
}

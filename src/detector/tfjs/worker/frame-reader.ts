import type { NormalizedBox } from '../../../liveness/observation.js';
import { fitted, FRAME_LONG_SIDE } from '../../frame-size.js';
import type { DetectorFrame } from '../../port.js';
import type { FrameSize } from '../faces.js';
import type { Region } from '../region.js';

/** Reads from one frame only the pixels that somebody looks at: a read of the whole frame costs more than the mesh's input. */
export interface FrameReader {
  /** Takes the next frame and closes it; a `VideoFrame`, which nobody has scaled, becomes {@link FRAME_LONG_SIDE} pixels at most. */
  take(frame: DetectorFrame): FrameSize;
  /** The whole frame, scaled to fit a square and centred in it on black. */
  thumbnail(side: number): ImageData;
  /** A turned square, scaled to `side`; black beyond the frame. */
  square(region: Region, side: number): ImageData;
  /** A part of the frame as it is, cut to the frame; the whole without a box. */
  part(box: NormalizedBox | undefined): ImageData;
}

/** @throws Error in browsers whose workers have no 2d canvas */
export function createFrameReader(): FrameReader {
  const whole = surface(1, 1);
  const small = surface(1, 1);
  return {
    take(frame) {
      const { width, height } = 'displayWidth' in frame ? fitted(frame.displayWidth, frame.displayHeight, FRAME_LONG_SIDE) : frame;
      resize(whole, width, height);
      if (frame instanceof ImageData) {
        whole.putImageData(frame, 0, 0);
      } else {
        whole.drawImage(frame, 0, 0, width, height);
        frame.close();
      }
      return { width, height };
    },
    thumbnail(side) {
      const { width, height } = whole.canvas;
      const scale = side / Math.max(width, height);
      resize(small, side, side);
      small.setTransform(scale, 0, 0, scale, (side - width * scale) / 2, (side - height * scale) / 2);
      small.drawImage(whole.canvas, 0, 0);
      return small.getImageData(0, 0, side, side);
    },
    square({ centreX, centreY, side: from, rotation }, side) {
      resize(small, side, side);
      small.translate(side / 2, side / 2);
      small.rotate(-rotation);
      small.scale(side / from, side / from);
      small.drawImage(whole.canvas, -centreX, -centreY);
      return small.getImageData(0, 0, side, side);
    },
    part(box = { x: 0, y: 0, width: 1, height: 1 }) {
      const { width, height } = whole.canvas;
      const left = clamp(Math.floor(box.x * width), 0, width - 1);
      const top = clamp(Math.floor(box.y * height), 0, height - 1);
      const right = clamp(Math.ceil((box.x + box.width) * width), left + 1, width);
      const bottom = clamp(Math.ceil((box.y + box.height) * height), top + 1, height);
      return whole.getImageData(left, top, right - left, bottom - top);
    },
  };
}

function surface(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no 2d context in the worker');
  return context;
}

/** Setting a size also clears the canvas and its transform; setting the same one again costs as much as clearing. */
function resize(context: OffscreenCanvasRenderingContext2D, width: number, height: number): void {
  if (context.canvas.width === width && context.canvas.height === height) {
    context.resetTransform();
    context.clearRect(0, 0, width, height);
    return;
  }
  context.canvas.width = width;
  context.canvas.height = height;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

import type { DetectorFrame } from '../detector/port.js';
import type { MediaPlatform } from '../platform/port.js';

/** What a grabber takes frames from. */
export type FrameSource = HTMLVideoElement;

/** Options of {@link createFrameGrabber}. */
export interface FrameGrabberOptions {
  readonly platform: Pick<MediaPlatform, 'createImageBitmap' | 'createCanvas'>;
  /** Longest side of the grabbed image, pixels; smaller frames are not enlarged. */
  readonly longSide: number;
}

/**
 * Copies the current picture of a video, scaled down: as an `ImageBitmap`, which the browser scales and hands to a worker
 * without a copy, else through a canvas as `ImageData`. Once `createImageBitmap` has failed where the canvas works, only
 * the canvas is used. Rejects where neither works.
 */
export function createFrameGrabber({ platform, longSide }: FrameGrabberOptions): (video: FrameSource) => Promise<DetectorFrame> {
  let context: CanvasRenderingContext2D | null = null;

  const draw = (video: FrameSource, width: number, height: number): ImageData => {
    context ??= platform.createCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('the browser gives no 2d canvas context');
    Object.assign(context.canvas, { width, height });
    context.drawImage(video, 0, 0, width, height);
    return context.getImageData(0, 0, width, height);
  };

  return async (video) => {
    const { videoWidth, videoHeight } = video;
    const scale = Math.min(1, longSide / Math.max(videoWidth, videoHeight));
    const width = Math.max(1, Math.round(videoWidth * scale));
    const height = Math.max(1, Math.round(videoHeight * scale));
    if (context) return draw(video, width, height);
    return platform
      .createImageBitmap(video, { resizeWidth: width, resizeHeight: height, resizeQuality: 'low' })
      .catch(() => draw(video, width, height));
  };
}

/** Frees a frame that nobody takes. */
export function closeFrame(frame: DetectorFrame): void {
  if ('close' in frame) frame.close();
}

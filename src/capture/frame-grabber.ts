import type { DetectorFrame } from '../detector/port.js';
import type { MediaPlatform } from '../platform/port.js';
import { drawPicture, pictureSize } from './picture.js';

/** What a grabber takes frames from. */
export type FrameSource = HTMLVideoElement;

/** Options of {@link createFrameGrabber}. */
export interface FrameGrabberOptions {
  readonly platform: Pick<MediaPlatform, 'createImageBitmap' | 'createCanvas' | 'createVideoFrame'>;
  /** Longest side of the grabbed image, pixels; smaller frames are not enlarged. */
  readonly longSide: number;
  /** Whether a `VideoFrame` will do, which is neither copied nor scaled. Default false. */
  readonly videoFrames?: boolean | undefined;
}

/**
 * Takes the current picture of a video. Uncopied as a `VideoFrame` where that will do and is of the size that is shown; a copy on
 * the page's thread takes 10 ms in Chromium without a GPU, 35 ms from a camera of 1280×720. Else scaled down: as an `ImageBitmap`,
 * which the browser scales and hands to a worker without a copy, else through a canvas as `ImageData`. Once `createImageBitmap` has
 * failed where the canvas works, only the canvas is used. Rejects where neither works.
 */
export function createFrameGrabber({ platform, longSide, videoFrames = false }: FrameGrabberOptions): (video: FrameSource) => Promise<DetectorFrame> {
  let context: CanvasRenderingContext2D | null = null;
  let uncopied = videoFrames;

  const frameOf = (video: FrameSource): VideoFrame | undefined => {
    try {
      const frame = uncopied ? platform.createVideoFrame?.(video) : undefined;
      if (!frame || (frame.displayWidth === video.videoWidth && frame.displayHeight === video.videoHeight)) return frame;
      // Turned, or cut: so would be the ones after it.
      uncopied = false;
      frame.close();
    } catch {
      // None to be had at this moment; a copy tells why.
    }
    return undefined;
  };

  const draw = (video: FrameSource): ImageData => {
    context ??= platform.createCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('the browser gives no 2d canvas context');
    drawPicture(context, video, longSide);
    return context.getImageData(0, 0, context.canvas.width, context.canvas.height);
  };

  return async (video) => {
    const frame = frameOf(video);
    if (frame) return frame;
    if (context) return draw(video);
    const { width, height } = pictureSize(video, longSide);
    return platform
      .createImageBitmap(video, { resizeWidth: width, resizeHeight: height, resizeQuality: 'low' })
      .catch(() => draw(video));
  };
}

/** Frees a frame that nobody takes. */
export function closeFrame(frame: DetectorFrame): void {
  if ('close' in frame) frame.close();
}

import { fitted } from '../detector/frame-size.js';

/** Size of a video's picture whose longest side is `longSide` pixels at most; a smaller one is not enlarged. */
export function pictureSize({ videoWidth, videoHeight }: Pick<HTMLVideoElement, 'videoWidth' | 'videoHeight'>, longSide: number): { readonly width: number; readonly height: number } {
  return fitted(videoWidth, videoHeight, longSide);
}

/** Whether a video has a picture to draw. */
export function hasPicture({ readyState, videoWidth }: HTMLVideoElement): boolean {
  return readyState >= 2 && videoWidth > 0;
}

/** Draws the current picture of a video on the whole of a canvas, which gets its size. */
export function drawPicture(context: CanvasRenderingContext2D, video: HTMLVideoElement, longSide: number): void {
  const { canvas } = context;
  const { width, height } = pictureSize(video, longSide);
  // Setting a size, even the same one, makes a new canvas of it.
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  context.drawImage(video, 0, 0, width, height);
}

/**
 * What a canvas shows as a JPEG. Rejects where the browser gives none; a browser may also never answer, so bound the wait.
 *
 * @param quality 0–1
 */
export function encodePicture(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob?.size ? resolve(blob) : reject(new Error('the canvas gave an empty picture'))), 'image/jpeg', quality);
  });
}

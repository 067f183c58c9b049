/** Longest side of what a detector looks at, pixels: a face that fills a third of it is as large as the mesh's input. */
export const FRAME_LONG_SIDE = 480;

/** A size whose longest side is `longSide` pixels at most, in whole pixels; a smaller one is not enlarged. */
export function fitted(width: number, height: number, longSide: number): { readonly width: number; readonly height: number } {
  const scale = Math.min(1, longSide / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

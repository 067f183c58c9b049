import type { ImageQuality, NormalizedBox } from '../../liveness/observation.js';

/** Pixels as `ImageData` has them: rows of red, green, blue, alpha. */
export interface Pixels {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/**
 * Side of the square that the region is sampled to. Fixed, so that sharpness means the same near and far, and small, so
 * that it costs a tenth of a millisecond.
 */
const SAMPLE_SIDE = 64;

const WHOLE: NormalizedBox = { x: 0, y: 0, width: 1, height: 1 };

/** Light and sharpness of a region of the image. @param region default the whole; is cut to the image. */
export function measureQuality(pixels: Pixels, region: NormalizedBox = WHOLE): ImageQuality {
  const luma = sampleLuma(pixels, region);
  let sum = 0;
  let squares = 0;
  for (const value of luma) {
    sum += value;
    squares += value * value;
  }
  const brightness = sum / luma.length;
  return {
    brightness,
    contrast: Math.sqrt(Math.max(0, squares / luma.length - brightness * brightness)),
    sharpness: laplacianVariance(luma),
  };
}

/** Rec. 601 luma, each sample the mean of its 2×2 neighbourhood. */
function sampleLuma({ data, width, height }: Pixels, region: NormalizedBox): Float32Array {
  const left = clamp(region.x, 0, 1) * width;
  const top = clamp(region.y, 0, 1) * height;
  const right = clamp(region.x + region.width, 0, 1) * width;
  const bottom = clamp(region.y + region.height, 0, 1) * height;
  const luma = new Float32Array(SAMPLE_SIDE * SAMPLE_SIDE);
  for (let row = 0; row < SAMPLE_SIDE; row++) {
    const y = clamp(Math.floor(top + ((row + 0.5) * (bottom - top)) / SAMPLE_SIDE), 0, height - 1);
    const below = Math.min(y + 1, height - 1);
    for (let column = 0; column < SAMPLE_SIDE; column++) {
      const x = clamp(Math.floor(left + ((column + 0.5) * (right - left)) / SAMPLE_SIDE), 0, width - 1);
      const beside = Math.min(x + 1, width - 1);
      luma[row * SAMPLE_SIDE + column] = (lumaAt(data, y * width + x) + lumaAt(data, y * width + beside) + lumaAt(data, below * width + x) + lumaAt(data, below * width + beside)) / 4;
    }
  }
  return luma;
}

function lumaAt(data: Uint8ClampedArray, pixel: number): number {
  const offset = pixel * 4;
  return 0.299 * (data[offset] ?? 0) + 0.587 * (data[offset + 1] ?? 0) + 0.114 * (data[offset + 2] ?? 0);
}

function laplacianVariance(luma: Float32Array): number {
  let sum = 0;
  let squares = 0;
  let count = 0;
  for (let row = 1; row < SAMPLE_SIDE - 1; row++) {
    for (let column = 1; column < SAMPLE_SIDE - 1; column++) {
      const at = row * SAMPLE_SIDE + column;
      const value = (luma[at - 1] ?? 0) + (luma[at + 1] ?? 0) + (luma[at - SAMPLE_SIDE] ?? 0) + (luma[at + SAMPLE_SIDE] ?? 0) - 4 * (luma[at] ?? 0);
      sum += value;
      squares += value * value;
      count++;
    }
  }
  const mean = sum / count;
  return squares / count - mean * mean;
}

function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}

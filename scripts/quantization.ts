/** An entry of a tfjs graph model's `weightsManifest[].weights`. */
export interface WeightEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32' | 'bool';
  readonly quantization?: {
    readonly dtype: 'float16' | 'uint8' | 'uint16';
    readonly original_dtype?: string;
    readonly min?: number;
    readonly scale?: number;
  };
}

/** A model's weights: the manifest's entries and the bytes they describe, in order and without gaps. */
export interface Weights {
  readonly entries: readonly WeightEntry[];
  readonly data: Uint8Array;
}

/**
 * Tensors smaller than this stay as they are: they are biases and slopes, where an error costs accuracy and a byte
 * saved costs nothing.
 */
export const SMALLEST_QUANTIZED_TENSOR = 256;

/**
 * Re-quantises float weights to 8 bits per tensor (affine: `value = byte × scale + min`), the form that
 * `@tensorflow/tfjs-core` io `decodeWeights` reads. Integers and small tensors are copied.
 */
export function quantizeWeights(weights: Weights): Weights {
  const entries: WeightEntry[] = [];
  const chunks: Uint8Array[] = [];
  forEachTensor(weights, (entry, bytes) => {
    if (entry.dtype !== 'float32' || sizeOf(entry) < SMALLEST_QUANTIZED_TENSOR) {
      entries.push(entry);
      chunks.push(bytes);
      return;
    }
    const quantized = quantizeTensor(dequantizeTensor(entry, bytes));
    entries.push({
      name: entry.name,
      shape: entry.shape,
      dtype: 'float32',
      quantization: { dtype: 'uint8', original_dtype: 'float32', min: quantized.min, scale: quantized.scale },
    });
    chunks.push(quantized.bytes);
  });
  return { entries, data: concatenate(chunks) };
}

/** Every float tensor of a model as 32-bit floats, by name. */
export function dequantizeWeights(weights: Weights): Map<string, Float32Array> {
  const tensors = new Map<string, Float32Array>();
  forEachTensor(weights, (entry, bytes) => {
    if (entry.dtype === 'float32') tensors.set(entry.name, dequantizeTensor(entry, bytes));
  });
  return tensors;
}

/** Affine quantisation of one tensor. The error of a value is at most `scale / 2`. */
export function quantizeTensor(values: Float32Array): { bytes: Uint8Array; min: number; scale: number } {
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const scale = max > min ? (max - min) / 255 : 1;
  const bytes = Uint8Array.from(values, (value) => Math.round((value - min) / scale));
  return { bytes, min, scale };
}

function dequantizeTensor(entry: WeightEntry, bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = sizeOf(entry);
  const quantization = entry.quantization;
  if (quantization === undefined) return Float32Array.from({ length: size }, (_, index) => view.getFloat32(index * 4, true));
  if (quantization.dtype === 'float16') return Float32Array.from({ length: size }, (_, index) => halfToFloat(view.getUint16(index * 2, true)));
  const { min = 0, scale = 1 } = quantization;
  const read = quantization.dtype === 'uint8' ? (index: number) => view.getUint8(index) : (index: number) => view.getUint16(index * 2, true);
  return Float32Array.from({ length: size }, (_, index) => read(index) * scale + min);
}

/** IEEE 754 binary16. */
function halfToFloat(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function forEachTensor(weights: Weights, visit: (entry: WeightEntry, bytes: Uint8Array) => void): void {
  let offset = 0;
  for (const entry of weights.entries) {
    const length = sizeOf(entry) * bytesPerValue(entry);
    if (offset + length > weights.data.byteLength) throw new Error(`weights end inside ${entry.name}`);
    visit(entry, weights.data.subarray(offset, offset + length));
    offset += length;
  }
  if (offset !== weights.data.byteLength) throw new Error(`${weights.data.byteLength - offset} bytes of weights belong to no tensor`);
}

function sizeOf(entry: WeightEntry): number {
  return entry.shape.reduce((product, dimension) => product * dimension, 1);
}

function bytesPerValue(entry: WeightEntry): number {
  switch (entry.quantization?.dtype) {
    case 'uint8':
      return 1;
    case 'uint16':
    case 'float16':
      return 2;
    case undefined:
      return entry.dtype === 'bool' ? 1 : 4;
  }
}

function concatenate(chunks: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(chunks.reduce((total, chunk) => total + chunk.byteLength, 0));
  let offset = 0;
  for (const chunk of chunks) {
    result.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return result;
}

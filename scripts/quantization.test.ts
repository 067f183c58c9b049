import { describe, expect, it } from 'vitest';
import { dequantizeWeights, quantizeTensor, quantizeWeights, SMALLEST_QUANTIZED_TENSOR, type WeightEntry } from './quantization.js';

function floats(values: readonly number[]): Uint8Array {
  return new Uint8Array(Float32Array.from(values).buffer);
}

const LARGE = Array.from({ length: SMALLEST_QUANTIZED_TENSOR }, (_, index) => Math.sin(index) * 3 - 1);

describe('quantizeTensor', () => {
  it('errs by at most half a step', () => {
    const values = Float32Array.from(LARGE);
    const { bytes, min, scale } = quantizeTensor(values);
    values.forEach((value, index) => expect(Math.abs((bytes[index] ?? 0) * scale + min - value)).toBeLessThanOrEqual(scale / 2 + 1e-6));
  });

  it('keeps a constant exactly', () => {
    const { bytes, min, scale } = quantizeTensor(new Float32Array(4).fill(0.25));
    expect([...bytes].map((byte) => byte * scale + min)).toEqual([0.25, 0.25, 0.25, 0.25]);
  });
});

describe('quantizeWeights', () => {
  const entries: WeightEntry[] = [
    { name: 'small', shape: [2], dtype: 'float32' },
    { name: 'large', shape: [SMALLEST_QUANTIZED_TENSOR], dtype: 'float32' },
    { name: 'shape', shape: [1], dtype: 'int32' },
  ];
  const data = Buffer.concat([floats([0.5, -2]), floats(LARGE), Buffer.from([7, 0, 0, 0])]);

  it('shrinks large tensors to a byte a value and leaves the rest as it is', () => {
    const quantized = quantizeWeights({ entries, data });
    expect(quantized.data.byteLength).toBe(8 + SMALLEST_QUANTIZED_TENSOR + 4);
    expect(quantized.entries.map(({ quantization }) => quantization?.dtype)).toEqual([undefined, 'uint8', undefined]);
    expect(dequantizeWeights(quantized).get('small')).toEqual(Float32Array.from([0.5, -2]));
    expect([...quantized.data.subarray(-4)]).toEqual([7, 0, 0, 0]);
  });

  it('reads 16-bit floats', () => {
    const half: WeightEntry = { name: 'half', shape: [4], dtype: 'float32', quantization: { dtype: 'float16' } };
    // 1, −2, 65504 (the largest), 2⁻²⁴ (the smallest)
    const bytes = new Uint8Array(Uint16Array.from([0x3c00, 0xc000, 0x7bff, 0x0001]).buffer);
    expect([...(dequantizeWeights({ entries: [half], data: bytes }).get('half') ?? [])]).toEqual([1, -2, 65504, 2 ** -24]);
  });

  it('names the tensor that the data end in, and data that belong to none', () => {
    expect(() => quantizeWeights({ entries, data: data.subarray(0, 100) })).toThrow('weights end inside large');
    expect(() => quantizeWeights({ entries, data: Buffer.concat([data, Buffer.from([0])]) })).toThrow('1 bytes of weights belong to no tensor');
  });
});

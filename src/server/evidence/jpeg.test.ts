import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bytes } from '../../transport/chain.js';
import { inspectBurst, isBurst, withTimes } from './burst.js';
import { readJpeg } from './jpeg.js';

/** A marker segment with its length. */
const segment = (marker: number, ...content: readonly number[]): number[] => [0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 0xff, ...content];
const SOI = [0xff, 0xd8];
const EOI = [0xff, 0xd9];
const frameHeader = (width: number, height: number, marker = 0xc0): number[] => segment(marker, 8, height >> 8, height & 0xff, width >> 8, width & 0xff, 1, 1, 0x11, 0);
const SCAN = [...segment(0xda, 1, 1, 0, 0, 63, 0), 0x12, 0xff, 0x00, 0x34, 0xff, 0xd3, 0x56];
const join = (...parts: readonly (readonly number[])[]): Bytes => Uint8Array.from(parts.flat());
const picture = (width = 640, height = 480): Bytes => join(SOI, segment(0xe0, 1, 2, 3), frameHeader(width, height), SCAN, EOI);

describe('readJpeg', () => {
  it('finds the size and the end, past stuffed bytes, restarts, thumbnails and fill bytes', () => {
    expect(readJpeg(picture(640, 480))).toEqual({ end: picture().length, width: 640, height: 480 });
    // A thumbnail is a whole JPEG inside a segment.
    const thumbnail = segment(0xe1, ...picture(160, 120));
    const whole = join(SOI, thumbnail, [0xff, 0xff], frameHeader(1280, 720), SCAN, EOI);
    expect(readJpeg(whole)).toMatchObject({ width: 1280, height: 720, end: whole.length });
  });

  it('takes progressive pictures of several scans, and starts where it is told to', () => {
    const progressive = join(SOI, frameHeader(320, 240, 0xc2), SCAN, segment(0xc4, 0), SCAN, EOI);
    expect(readJpeg(progressive)).toMatchObject({ width: 320, height: 240 });
    const two = join([...picture()], [...picture(100, 50)]);
    expect(readJpeg(two, picture().length)).toEqual({ end: two.length, width: 100, height: 50 });
  });

  it.each<[string, Bytes]>([
    ['nothing', new Uint8Array()],
    ['text', new TextEncoder().encode('not a picture')],
    ['a PNG', Uint8Array.of(0x89, 0x50, 0x4e, 0x47)],
    ['a start alone', join(SOI)],
    ['a start and an end', join(SOI, EOI)],
    ['no size', join(SOI, SCAN, EOI)],
    ['no scan', join(SOI, frameHeader(640, 480), EOI)],
    ['two sizes', join(SOI, frameHeader(640, 480), frameHeader(64, 48), SCAN, EOI)],
    ['a width of nothing', join(SOI, frameHeader(0, 480), SCAN, EOI)],
    ['a height that comes later', join(SOI, frameHeader(640, 0), SCAN, EOI)],
    ['a lossless frame', join(SOI, frameHeader(640, 480, 0xc3), SCAN, EOI)],
    ['an arithmetic one', join(SOI, frameHeader(640, 480, 0xc9), SCAN, EOI)],
    ['a segment that is longer than the file', join(SOI, [0xff, 0xe0, 0xff, 0xff, 1])],
    ['a segment without a length', join(SOI, [0xff, 0xe0, 0, 1])],
    ['a header that is cut', join(SOI, segment(0xc0, 8, 1, 1), SCAN, EOI)],
    ['a start within it', join(SOI, frameHeader(640, 480), SCAN, SOI)],
  ])('%s is no picture', (_name, bytes) => expect(readJpeg(bytes)).toBeUndefined());

  it('is never fooled by one that is cut, wherever', () => {
    const whole = picture();
    for (let length = 0; length < whole.length; length++) expect(readJpeg(whole.slice(0, length))).toBeUndefined();
  });

  it('comes to an end, whatever the bytes', () => {
    const noise = fc.uint8Array({ maxLength: 300 }).map((tail) => join(SOI, [...tail]));
    const markers = fc.array(fc.constantFrom(0xff, 0xd8, 0xd9, 0xda, 0xc0, 0xe0, 0, 2, 11, 64), { maxLength: 200 }).map((tail) => join(SOI, tail));
    fc.assert(
      fc.property(fc.oneof(noise, markers), (bytes) => {
        const found = readJpeg(bytes);
        if (found) expect(found.end).toBeLessThanOrEqual(bytes.length);
        const burst = inspectBurst(bytes);
        if (burst.readable) expect(burst.pictures?.reduce((sum, each) => sum + each, 0)).toBe(bytes.length);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a burst', () => {
  const burst = (...pictures: readonly Bytes[]): Bytes => join(...pictures.map((each) => [...each]));

  it('is measured by its own pictures', () => {
    const bytes = burst(picture(), picture(), picture());
    expect(isBurst(bytes)).toBe(true);
    const { length } = picture();
    expect(inspectBurst(bytes)).toEqual({ readable: true, bytes: 3 * length, mediaType: 'video/x-motion-jpeg', codec: 'mjpeg', width: 640, height: 480, durationMs: 0, frames: 3, pictures: [length, length, length] });
  });

  it.each<[string, readonly Bytes[], readonly number[]]>([
    ['cut', [picture(), picture().slice(0, -2), picture(), picture().slice(0, 30)], [1, 3]],
    ['of another size', [picture(), picture(480, 640), picture(), picture(320, 240)], [1, 3]],
    ['the first cut', [picture().slice(0, 20), picture()], [0]],
    ['noise behind the last', [picture(), Uint8Array.of(0, 0, 0)], [1]],
    ['noise between', [picture(), Uint8Array.of(1, 2, 3), picture()], [1]],
  ])('names the pictures that are wrong: %s', (_name, pictures, broken) => {
    const bytes = burst(...pictures);
    expect(inspectBurst(bytes)).toEqual({ readable: false, bytes: bytes.length, reason: 'undecodable', broken });
  });

  it('has the length that its times give it, the last picture as long as the others', () => {
    const facts = inspectBurst(burst(picture()));
    if (!facts.readable) throw new Error('not readable');
    const lasting = (...times: readonly number[]): number => withTimes(facts, times.map((time) => ({ at: time, bytes: 1 }))).durationMs;
    expect(lasting(0, 100, 200, 300)).toBe(400);
    expect(lasting(50, 150, 250)).toBe(300);
    expect(lasting(0, 2900)).toBe(3900);
    expect(lasting(40)).toBe(0);
    expect(lasting()).toBe(0);
  });
});

import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Bytes } from '../../transport/chain.js';
import type { EvidenceFacts } from './inspect.js';
import { marksOf } from './marks.js';

const FACTS: EvidenceFacts = { readable: true, bytes: 0, mediaType: 'video/webm', codec: 'vp8', width: 640, height: 480, durationMs: 3000, frames: 90 };
const filled = (length: number, value: number): Bytes => new Uint8Array(length).fill(value);
const digestOf = (bytes: Bytes): string => createHash('sha256').update(bytes).digest('hex');

describe('marksOf', () => {
  it('names the whole video, its key frames and the best frame', async () => {
    const [video, bestFrame] = [filled(5000, 1), filled(2000, 2)];
    expect(await marksOf({ video, bestFrame, facts: { ...FACTS, keyFrames: ['k'] } })).toEqual([
      { digest: digestOf(video), field: 'manifest.video' },
      { digest: digestOf(bestFrame), field: 'manifest.bestFrame' },
      { digest: 'k', field: 'manifest.video' },
    ]);
    expect(await marksOf({ video, bestFrame: undefined, facts: FACTS })).toHaveLength(1);
  });

  it('names every picture of a burst by its place, those too small to tell anything left out', async () => {
    const pictures = [filled(1024, 1), filled(1023, 2), filled(3000, 3)];
    const video = Uint8Array.from(pictures.flatMap((each) => [...each]));
    expect((await marksOf({ video, bestFrame: filled(1023, 4), facts: { ...FACTS, pictures: pictures.map(({ length }) => length) } })).slice(1)).toEqual([
      { digest: digestOf(pictures[0] as Bytes), field: 'manifest.video.frames[0]' },
      { digest: digestOf(pictures[2] as Bytes), field: 'manifest.video.frames[2]' },
    ]);
  });
});

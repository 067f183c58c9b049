import { describe, expect, it } from 'vitest';
import type { MediaPlatform } from '../platform/port.js';
import { fakeCanvas, fakeMediaRecorder, fakePlatform, FakeRecorder, fakeStream, FakeTrack, FakeVideo, settle } from './fake-hardware.js';
import * as burst from './jpeg-burst.js';
import { type EvidenceOptions, startEvidence } from './record-ladder.js';

function begin(recorders: Pick<MediaPlatform, 'mediaRecorder'>, options: Partial<EvidenceOptions> = {}) {
  const platform = fakePlatform({ ...recorders, ...fakeCanvas(() => 20_000) });
  const video = new FakeVideo();
  video.showFrame(1);
  let loads = 0;
  const loadBurst = async () => {
    loads += 1;
    return burst;
  };
  const result = startEvidence({ platform, stream: fakeStream(), video: video.asElement(), firstChunkTimeoutMs: 1_000, loadBurst, ...options });
  return { platform, result, loads: () => loads };
}

describe('startEvidence', () => {
  it('records where there is a recorder, and fetches nothing', async () => {
    const recorders = fakeMediaRecorder(['video/webm']);
    const { result, loads } = begin(recorders);
    recorders.made[0]?.chunk(2_000);
    expect(await result).toMatchObject({ ok: true, value: { rung: 'recording', mediaType: 'video/webm' } });
    expect(loads()).toBe(0);
  });

  it('takes a burst where there is no recorder, and says so', async () => {
    const { result } = begin({ mediaRecorder: () => undefined });
    expect(await result).toMatchObject({ ok: true, value: { rung: 'jpeg-burst', mediaType: burst.BURST_TYPE, rejectedTypes: [] } });
  });

  it('takes a burst where every container stays empty, names them, and starts anew', async () => {
    const starts: number[] = [];
    const { platform, result } = begin(fakeMediaRecorder(['video/mp4', 'video/webm']), { onStart: (at) => starts.push(at) });
    await platform.advance(1_000);
    await platform.advance(1_000);
    expect(await result).toMatchObject({ ok: true, value: { rung: 'jpeg-burst', rejectedTypes: ['video/mp4', 'video/webm'], startedAt: 2_000 } });
    expect(starts).toEqual([0, 1_000, 2_000]);
  });

  it('has nothing below a recorder for sound', async () => {
    const { result, loads } = begin({ mediaRecorder: () => undefined }, { stream: fakeStream(new FakeTrack(), new FakeTrack('audio')) });
    expect(await result).toMatchObject({ ok: false, code: 'recorder-unavailable' });
    expect(loads()).toBe(0);
  });

  it('does not go on where the camera is what failed, or the person has had enough', async () => {
    const stream = fakeStream();
    stream.tracks[0]?.stop();
    const lost = begin(fakeMediaRecorder(['video/webm']), { stream });
    expect(await lost.result).toMatchObject({ code: 'camera-lost' });
    const controller = new AbortController();
    const cancelled = begin({ mediaRecorder: () => undefined }, { signal: controller.signal, loadBurst: () => new Promise(() => undefined) });
    await settle();
    controller.abort();
    expect(await cancelled.result).toMatchObject({ code: 'cancelled' });
    expect([lost.loads(), cancelled.platform.pending]).toEqual([0, 0]);
  });

  it('keeps the reason of the recorder where the burst cannot be fetched', async () => {
    const missing = begin({ mediaRecorder: () => undefined }, { loadBurst: () => Promise.reject(new TypeError('404')) });
    expect(await missing.result).toMatchObject({ code: 'recorder-unavailable', detail: expect.stringContaining('TypeError: 404') });
    const slow = begin({ mediaRecorder: () => undefined }, { loadBurst: () => new Promise(() => undefined), loadTimeoutMs: 500 });
    await slow.platform.advance(500);
    expect(await slow.result).toMatchObject({ code: 'recorder-unavailable', detail: expect.stringContaining('not within 500 ms') });
  });

  it("gives the burst's reason where neither gives anything", async () => {
    const broken = class extends FakeRecorder {
      override start(): void {
        throw new DOMException('codec', 'NotSupportedError');
      }
    };
    const { platform, result } = begin(fakeMediaRecorder(['video/webm'], broken), { video: new FakeVideo().asElement() });
    await platform.advance(1_000);
    expect(await result).toMatchObject({ ok: false, code: 'recorder-empty', detail: 'no picture within 1000 ms' });
  });
});

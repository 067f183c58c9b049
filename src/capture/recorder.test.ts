import { describe, expect, it } from 'vitest';
import type { MediaPlatform } from '../platform/port.js';
import { fakeMediaRecorder, fakePlatform, FakeRecorder, fakeStream, FakeTrack, settle } from './fake-hardware.js';
import { bitrateAfter, recorderTypes } from './recorder-types.js';
import { type ActiveRecording, type RecordingOptions, startRecording } from './recorder.js';
import type { CaptureResult } from './result.js';

const MP4 = 'video/mp4';
const VP9 = 'video/webm;codecs=vp9';
const VP8 = 'video/webm;codecs=vp8';

/** Starts on the given recorders with an own clock. */
function begin(recorders: Pick<MediaPlatform, 'mediaRecorder'>, options: Partial<RecordingOptions> = {}) {
  const platform = fakePlatform(recorders);
  const stream = fakeStream();
  const result = startRecording({ platform, stream, firstChunkTimeoutMs: 1_000, stopTimeoutMs: 500, ...options });
  return { platform, stream, result };
}

function active(result: CaptureResult<ActiveRecording>): ActiveRecording {
  if (!result.ok) throw new Error(`${result.code}: ${result.detail}`);
  return result.value;
}

/** The test fires this recorder's events itself. */
class SilentRecorder extends FakeRecorder {
  override start(timeslice: number): void {
    this.timeslice = timeslice;
    this.state = 'recording';
  }

  override stop(): void {
    this.state = 'inactive';
  }
}

function isReleased(recorder: FakeRecorder | undefined): boolean {
  return recorder?.state === 'inactive' && !recorder.onstart && !recorder.ondataavailable && !recorder.onerror && !recorder.onstop;
}

describe('startRecording', () => {
  it('uses the first claimed type, and hands out every chunk, the kind and the length', async () => {
    const recorders = fakeMediaRecorder([VP9, VP8, MP4]);
    const { platform, result } = begin(recorders);
    await platform.advance(100);
    recorders.made[0]?.chunk(0);
    recorders.made[0]?.chunk(20_000);
    const recording = active(await result);
    expect([recording.mediaType, recording.startedAt, recording.rejectedTypes]).toEqual([MP4, 0, []]);
    expect(recorders.made.map(({ options, timeslice }) => ({ ...options, timeslice }))).toEqual([
      { mimeType: MP4, bitsPerSecond: 2_000_000, videoKeyFrameIntervalDuration: 500, timeslice: 250 },
    ]);
    await platform.advance(1_900);
    recorders.made[0]?.chunk(10_000);
    const stopping = recording.stop();
    expect(recording.stop()).toBe(stopping);
    const recorded = await stopping;
    expect(recorded).toMatchObject({ ok: true, value: { mediaType: MP4, durationMs: 2_000, bytes: 30_000, endedBy: 'stopped' } });
    expect(recorded.ok && recorded.value.chunks.map(({ size }) => size)).toEqual([20_000, 10_000]);
    expect([platform.pending, isReleased(recorders.made[0])]).toEqual([0, true]);
  });

  it('keeps the chunk that stop() flushes, and does not count the wait for it', async () => {
    const recorders = fakeMediaRecorder([VP8], SilentRecorder);
    const { platform, result } = begin(recorders);
    const [recorder] = recorders.made;
    recorder?.onstart?.();
    recorder?.chunk(20_000);
    const recording = active(await result);
    await platform.advance(700);
    const stopping = recording.stop();
    await platform.advance(300);
    recorder?.chunk(6_000);
    recorder?.onstop?.();
    expect(await stopping).toMatchObject({ ok: true, value: { durationMs: 700, bytes: 26_000 } });
  });

  it('gives up a type whose chunks stay empty for the next one, and says which', async () => {
    const recorders = fakeMediaRecorder([MP4, VP9, VP8]);
    const starts: number[] = [];
    const { platform, result } = begin(recorders, { onStart: (at) => starts.push(at) });
    expect(starts).toEqual([0]);
    recorders.made[0]?.chunk(0);
    await platform.advance(1_000);
    await platform.advance(1_000);
    recorders.made[2]?.chunk(2_000);
    const recording = active(await result);
    expect(starts).toEqual([0, 1_000, 2_000]);
    expect(recorders.made[2]?.options).not.toHaveProperty('videoKeyFrameIntervalDuration');
    expect([recording.mediaType, recording.rejectedTypes, recording.startedAt]).toEqual([VP8, [MP4, VP9], 2_000]);
    expect(recorders.made.slice(0, 2).every(isReleased)).toBe(true);
    recording.abort();
  });

  it('tries the type it is told first, claimed or not, and the others after it', async () => {
    const recorders = fakeMediaRecorder([VP8]);
    const { platform, result } = begin(recorders, { mediaType: VP9 });
    await platform.advance(1_000);
    recorders.made[1]?.chunk(2_000);
    expect(active(await result).rejectedTypes).toEqual([VP9]);
    expect(recorders.made.map(({ mimeType }) => mimeType)).toEqual([VP9, VP8]);
  });

  it('asks by trying where the browser cannot be asked', async () => {
    const recorders = fakeMediaRecorder([]);
    Object.assign(recorders.mediaRecorder(), { isTypeSupported: undefined });
    const { result } = begin(recorders);
    recorders.made[0]?.chunk(2_000);
    expect(active(await result).mediaType).toBe('video/mp4;codecs=avc1.42E01E');
  });

  it('lowers the bitrate so that the longest recording fits', async () => {
    const recorders = fakeMediaRecorder([VP8]);
    void begin(recorders, { maxBytes: 1_000_000, maxDurationMs: 10_000 });
    void begin(recorders, { maxBytes: 9_000_000, maxDurationMs: 10_000, bitsPerSecond: 1_500_000 });
    expect(recorders.made.map(({ options }) => options.bitsPerSecond)).toEqual([640_000, 1_500_000]);
  });

  it('stops by itself before it outgrows maxBytes', async () => {
    const recorders = fakeMediaRecorder([VP8]);
    const { platform, result } = begin(recorders, { maxBytes: 240_000 });
    recorders.made[0]?.chunk(60_000);
    const recording = active(await result);
    await platform.advance(250);
    recorders.made[0]?.chunk(60_000);
    expect(recorders.made[0]?.state).toBe('recording');
    await platform.advance(250);
    recorders.made[0]?.chunk(60_000);
    expect(recorders.made[0]?.state).toBe('inactive');
    await platform.advance(1_000);
    expect(await recording.stop()).toMatchObject({ ok: true, value: { bytes: 180_000, durationMs: 500, endedBy: 'size-limit' } });
  });

  it('remembers that size ended it when stop() comes before the last chunk', async () => {
    const recorders = fakeMediaRecorder([VP8], SilentRecorder);
    const { platform, result } = begin(recorders, { maxBytes: 50_000 });
    recorders.made[0]?.chunk(20_000);
    const recording = active(await result);
    await platform.advance(100);
    const stopping = recording.stop();
    recorders.made[0]?.chunk(5_000);
    recorders.made[0]?.onstop?.();
    expect(await stopping).toMatchObject({ ok: true, value: { bytes: 25_000, durationMs: 0, endedBy: 'size-limit' } });
  });

  it.each(['before stop() is called', 'and the recorder has not noticed'])('keeps what there was when the stream ends %s', async (how) => {
    const recorders = fakeMediaRecorder([VP8]);
    const { platform, stream, result } = begin(recorders);
    recorders.made[0]?.chunk(60_000);
    const recording = active(await result);
    await platform.advance(400);
    stream.tracks[0]?.stop();
    if (how === 'before stop() is called') {
      recorders.made[0]?.stop();
      await platform.advance(1_000);
    }
    expect(await recording.stop()).toMatchObject({ ok: true, value: { bytes: 60_000, durationMs: 400, endedBy: 'stream-ended' } });
  });
});

describe('startRecording, failing', () => {
  it.each([
    ['recorder-unavailable', 'no MediaRecorder', { mediaRecorder: () => undefined }],
    ['recorder-unavailable', 'no known type', fakeMediaRecorder([])],
    ['recorder-unavailable', 'a constructor that throws', fakeMediaRecorder([VP8], class extends FakeRecorder {
      constructor(stream: MediaStream, options: MediaRecorderOptions) {
        super(stream, options);
        throw new DOMException('type', 'NotSupportedError');
      }
    })],
    ['recorder-failed', 'a start() that throws', fakeMediaRecorder([VP8], class extends FakeRecorder {
      override start(): void {
        throw new DOMException('codec', 'NotSupportedError');
      }
    })],
    ['recorder-empty', 'a stop without a byte', fakeMediaRecorder([VP8], class extends FakeRecorder {
      override start(timeslice: number): void {
        super.start(timeslice);
        this.stop();
      }
    })],
    ['recorder-empty', 'a start that yields nothing', fakeMediaRecorder([VP8])],
    ['recorder-failed', 'a start that never fires', fakeMediaRecorder([VP8], SilentRecorder)],
  ] as readonly [string, string, Pick<MediaPlatform, 'mediaRecorder'>][])('is %s after %s', async (code, _what, recorders) => {
    const { platform, result } = begin(recorders);
    await platform.advance(1_000);
    expect(await result).toMatchObject({ ok: false, code });
    expect(platform.pending).toBe(0);
  });

  it('names the type and the browser\'s own error, and goes on to the next type', async () => {
    const recorders = fakeMediaRecorder([VP9, VP8]);
    const { platform, result } = begin(recorders);
    recorders.made[0]?.onerror?.({ error: new DOMException('hardware', 'EncodingError') });
    await settle();
    expect(recorders.made).toHaveLength(2);
    recorders.made[1]?.onerror?.({});
    expect(await result).toEqual({ ok: false, code: 'recorder-failed', detail: `${VP8}: the recorder reported an error` });
    expect([platform.pending, recorders.made.every(isReleased)]).toEqual([0, true]);
  });

  it('is recorder-empty when nothing follows the header of the container', async () => {
    const recorders = fakeMediaRecorder([MP4]);
    const { result } = begin(recorders);
    recorders.made[0]?.ondataavailable?.({ data: new Blob([new Uint8Array(729)]) });
    expect(await active(await result).stop()).toMatchObject({ code: 'recorder-empty', detail: 'stopped after 729 bytes' });
  });

  it('is camera-lost on a dead stream, and when the stream dies between two types', async () => {
    const recorders = fakeMediaRecorder([VP9, VP8]);
    const { platform, stream, result } = begin(recorders);
    stream.tracks[0]?.stop();
    await platform.advance(1_000);
    expect(await result).toMatchObject({ code: 'camera-lost' });
    expect(recorders.made).toHaveLength(1);
    expect(await begin(recorders, { stream }).result).toMatchObject({ code: 'camera-lost' });
  });

  it('is recorder-failed when an error comes in the middle', async () => {
    const recorders = fakeMediaRecorder([VP8]);
    const { result } = begin(recorders);
    recorders.made[0]?.chunk(2_000);
    const recording = active(await result);
    recorders.made[0]?.onerror?.({ error: new DOMException('gone', 'UnknownError') });
    expect(await recording.stop()).toEqual({ ok: false, code: 'recorder-failed', detail: 'UnknownError: gone' });
  });

  it('is recorder-failed when stop() has no effect or throws', async () => {
    const recorders = fakeMediaRecorder([VP8], SilentRecorder);
    const { platform, result } = begin(recorders);
    recorders.made[0]?.chunk(2_000);
    const stopping = active(await result).stop();
    await platform.advance(500);
    expect(await stopping).toMatchObject({ code: 'recorder-failed', detail: 'stop() had no effect within 500 ms' });
    expect([platform.pending, isReleased(recorders.made[0])]).toEqual([0, true]);

    const throwing = fakeMediaRecorder([VP8], class extends FakeRecorder {
      override stop(): void {
        throw new DOMException('state', 'InvalidStateError');
      }
    });
    const second = begin(throwing);
    throwing.made[0]?.chunk(2_000);
    expect(await active(await second.result).stop()).toMatchObject({ code: 'recorder-failed', detail: 'InvalidStateError: state' });
  });
});

describe('ActiveRecording.ended', () => {
  it('says at once what stop() would say later: an error, the size, the end of the stream', async () => {
    const failing = fakeMediaRecorder([VP8]);
    const first = begin(failing);
    failing.made[0]?.chunk(2_000);
    const failed = active(await first.result);
    failing.made[0]?.onerror?.({ error: new DOMException('gone', 'UnknownError') });
    expect(await failed.ended).toEqual({ ok: false, code: 'recorder-failed', detail: 'UnknownError: gone' });

    const growing = fakeMediaRecorder([VP8]);
    const second = begin(growing, { maxBytes: 50_000, maxDurationMs: 1_000 });
    growing.made[0]?.chunk(20_000);
    const large = active(await second.result);
    const ended = await large.ended;
    expect(ended).toMatchObject({ ok: true, value: { endedBy: 'size-limit', bytes: 20_000 } });

    const ending = fakeMediaRecorder([VP8]);
    const third = begin(ending);
    ending.made[0]?.chunk(2_000);
    const lost = active(await third.result);
    third.stream.tracks[0]?.end();
    ending.made[0]?.stop();
    expect(await lost.ended).toMatchObject({ ok: true, value: { endedBy: 'stream-ended' } });
    expect([first, second, third].map(({ platform }) => platform.pending)).toEqual([0, 0, 0]);
  });

  it('never leaves anybody waiting: not after abort(), not after a stop() without effect', async () => {
    const recorders = fakeMediaRecorder([VP8], SilentRecorder);
    const aborted = begin(recorders);
    recorders.made[0]?.chunk(2_000);
    const first = active(await aborted.result);
    first.abort();
    expect(await first.ended).toMatchObject({ code: 'cancelled' });
    const hung = begin(recorders);
    recorders.made[1]?.chunk(2_000);
    const second = active(await hung.result);
    void second.stop();
    await hung.platform.advance(500);
    expect(await second.ended).toMatchObject({ code: 'recorder-failed' });
  });

  it('tells the next try how much less to ask for', async () => {
    const recorders = fakeMediaRecorder([VP8]);
    const { platform, result } = begin(recorders, { maxBytes: 1_000_000, maxDurationMs: 8_000 });
    recorders.made[0]?.chunk(210_000);
    const recording = active(await result);
    expect(recording.bitsPerSecond).toBe(800_000);
    await platform.advance(1_000);
    recorders.made[0]?.chunk(210_000);
    recorders.made[0]?.chunk(210_000);
    const ended = await recording.ended;
    if (!ended.ok) throw new Error(ended.detail);
    expect(ended.value).toMatchObject({ endedBy: 'size-limit', bytes: 630_000, durationMs: 1_000 });
    // 5.04 Mb/s where 0.8 were asked: as much less next time.
    expect(bitrateAfter(ended.value, recording.bitsPerSecond)).toBe(126_984);
    expect(bitrateAfter({ bytes: 1_000, durationMs: 1_000 }, 800_000)).toBe(800_000);
  });
});

describe('a recording with sound', () => {
  it('names the codec of the sound, and does not ask for a type without one', async () => {
    const recorders = fakeMediaRecorder([MP4, VP8, 'video/webm;codecs=vp8,opus', 'video/mp4;codecs=avc1.42E01E,opus']);
    expect(recorderTypes(fakePlatform(recorders), 'picture-and-sound')).toEqual(['video/mp4;codecs=avc1.42E01E,opus', MP4, 'video/webm;codecs=vp8,opus']);
    const { result } = begin(recorders, { stream: fakeStream(new FakeTrack(), new FakeTrack('audio')) });
    recorders.made[0]?.chunk(2_000);
    expect(active(await result).mediaType).toBe('video/mp4;codecs=avc1.42E01E,opus');
  });
});

describe('startRecording, aborted', () => {
  it('makes no recorder when aborted already', async () => {
    const recorders = fakeMediaRecorder([VP8]);
    expect(await begin(recorders, { signal: AbortSignal.abort() }).result).toMatchObject({ code: 'cancelled' });
    expect(recorders.made).toEqual([]);
  });

  it('ends while it waits for the first chunk, and tries nothing else', async () => {
    const controller = new AbortController();
    const recorders = fakeMediaRecorder([VP9, VP8]);
    const { platform, result } = begin(recorders, { signal: controller.signal });
    controller.abort();
    expect(await result).toMatchObject({ code: 'cancelled' });
    expect([recorders.made.length, isReleased(recorders.made[0]), platform.pending]).toEqual([1, true, 0]);
  });

  it.each(['signal', 'abort()'])('ends a running recording by %s and forgets it', async (how) => {
    const controller = new AbortController();
    const recorders = fakeMediaRecorder([VP8]);
    const { platform, result } = begin(recorders, { signal: controller.signal });
    recorders.made[0]?.chunk(2_000);
    const recording = active(await result);
    if (how === 'signal') controller.abort();
    else recording.abort();
    recording.abort();
    expect(await recording.stop()).toMatchObject({ code: 'cancelled' });
    expect([isReleased(recorders.made[0]), platform.pending]).toEqual([true, 0]);
  });
});

import { describe, expect, it } from 'vitest';
import type { Observation } from '../liveness/observation.js';
import { promptFor } from '../codes/index.js';
import { fakePlatform, FakeVideo, settle } from './fake-hardware.js';
import { checkVideoFile, type CheckVideoFileOptions, type FileReport } from './system-camera.js';

interface Script {
  readonly seconds?: number;
  /** What the file says of that, until its end has been looked for. */
  readonly claims?: number;
  readonly size?: readonly [width: number, height: number];
  /** What the element does when it is given the file. */
  readonly opens?: 'well' | 'with an error' | 'never';
  /** Seeking gives no picture from this second on. */
  readonly deadFrom?: number;
}

/** A video element that shows a file as the script says; what only a real one can tell is tested in a real browser. */
class FakeFileVideo extends FakeVideo {
  src = '';
  error: { code: number; message: string } | null = null;
  duration = NaN;
  readonly script: Script;
  #time = 0;

  constructor(script: Script) {
    super();
    this.script = script;
    Object.defineProperty(this, 'currentTime', {
      get: () => this.#time,
      set: (seconds: number) => {
        this.#time = seconds;
        // A recorder's webm: the length is known once the end has been looked for.
        if (seconds > 1e6) this.duration = this.script.seconds ?? 4;
        if (seconds < (this.script.deadFrom ?? Infinity) || seconds > 1e6) setImmediate(() => this.dispatchEvent(new Event('seeked')));
      },
    });
  }

  load(): void {
    if (!this.src) return;
    setImmediate(() => {
      const { opens = 'well', seconds = 4, claims = seconds, size: [videoWidth, videoHeight] = [720, 1280] } = this.script;
      if (opens === 'never') return;
      if (opens === 'well') Object.assign(this, { readyState: 4, videoWidth, videoHeight, duration: claims });
      else this.error = { code: 4, message: 'DEMUXER_ERROR' };
      this.dispatchEvent(new Event(opens === 'well' ? 'loadeddata' : 'error'));
    });
  }
}

const face = (width = 0.3): Observation['faces'][number] => ({
  box: { x: 0.3, y: 0.3, width, height: width },
  score: 0.9,
  keypoints: { leftEye: { x: 0, y: 0 }, rightEye: { x: 0, y: 0 }, noseTip: { x: 0, y: 0 }, mouth: { x: 0, y: 0 } },
});

/** Sees the given faces, one list per picture, over and over. */
function detectorOf(...seen: (readonly Observation['faces'][number][])[]) {
  const times: number[] = [];
  return {
    times,
    detect: (_frame: unknown, time: number): Promise<Observation> => {
      const faces = seen[times.length % seen.length] ?? [];
      times.push(Math.round(time));
      return Promise.resolve({ time, frame: { width: 480, height: 270 }, faces });
    },
  };
}

function fileOf({ bytes = 1_000_000, type = 'video/mp4' } = {}): File {
  return new File([new Uint8Array(bytes)], 'video', { type, lastModified: 1_700_000_000_000 });
}

function check(script: Script, options: Partial<CheckVideoFileOptions> = {}) {
  const video = new FakeFileVideo(script);
  const revoked: string[] = [];
  const platform = fakePlatform({
    createVideo: () => video.asElement(),
    createObjectURL: () => ({ url: 'blob:file', revoke: () => revoked.push('blob:file') }),
    createImageBitmap: () => Promise.resolve({ close: () => undefined } as ImageBitmap),
  });
  const result = checkVideoFile({ platform, file: fileOf(), detector: detectorOf([face()]), timeoutMs: 1_000, ...options });
  return { platform, video, revoked, result };
}

async function report(...args: Parameters<typeof check>): Promise<FileReport> {
  const result = await check(...args).result;
  if (!result.ok) throw new Error(result.detail);
  return result.value;
}

const told = ({ checks }: FileReport): string[] => checks.filter(({ status }) => status !== 'ok').map(({ rule, status, code }) => `${rule} ${status} ${code?.code ?? ''}`.trim());

describe('checkVideoFile', () => {
  it('finds nothing wrong where nothing is, and gives everything back', async () => {
    const detector = detectorOf([face()]);
    const file = fileOf();
    const { platform, video, revoked, result } = check({}, { file, detector });
    expect(await result).toEqual({
      ok: true,
      value: {
        status: 'ok',
        checks: expect.arrayContaining([{ rule: 'face', status: 'ok', detail: 'faces in 6 pictures: 1 1 1 1 1 1' }]),
        width: 720,
        height: 1280,
        lastModified: 1_700_000_000_000,
        recording: { chunks: [file], mediaType: 'video/mp4', durationMs: 4_000, bytes: 1_000_000, endedBy: 'stopped' },
      },
    });
    expect(detector.times).toEqual([333, 1_000, 1_667, 2_333, 3_000, 3_667]);
    expect([platform.pending, video.listeners, revoked]).toEqual([0, 0, ['blob:file']]);
  });

  it('has an answer to every rule at once, each with a sentence for the person', async () => {
    const wrong = await report({ seconds: 1, size: [320, 240] }, { file: fileOf({ bytes: 9_000_000, type: 'image/jpeg' }), detector: detectorOf([]) });
    expect(told(wrong)).toEqual(['size fail video-too-large', 'kind fail not-a-video', 'duration fail 1303', 'resolution fail camera-too-small', 'face fail face-lost']);
    expect(wrong.status).toBe('fail');
    for (const { code } of wrong.checks) if (code) expect(promptFor(code, 'en')).not.toContain(code.code);
  });

  it.each([
    ['size', { limits: { maxBytes: 999_999 } }, {}],
    ['duration', { limits: { minDurationMs: 4_001 } }, {}],
    ['duration', { limits: { maxDurationMs: 3_999 } }, {}],
    ['resolution', { limits: { minWidth: 721 } }, {}],
    ['resolution', {}, { size: [480, 269] }],
  ] as readonly [string, Partial<CheckVideoFileOptions>, Script][])('holds a file to the %s the session takes', async (rule, options, script) => {
    expect(told(await report(script, options)).map((line) => line.split(' ')[0])).toEqual([rule]);
  });

  it('takes a file whose type the chooser did not tell, and one on its side', async () => {
    const fine = await report({ size: [480, 270] }, { file: fileOf({ type: '' }) });
    expect([fine.status, fine.recording?.mediaType]).toEqual(['ok', 'video/mp4']);
  });

  it('does not open an empty file', async () => {
    const empty = await report({ opens: 'never' }, { file: fileOf({ bytes: 0 }) });
    expect(told(empty)).toEqual(['not-empty fail 66664001', 'readable skipped', 'duration skipped', 'resolution skipped', 'face skipped']);
    expect(empty.recording).toBeUndefined();
  });

  it.each(['with an error', 'never'] as const)('says of a file that opens %s that it cannot be read', async (opens) => {
    const { platform, video, revoked, result } = check({ opens });
    await platform.advance(1_000);
    const broken = await result;
    if (!broken.ok) throw new Error(broken.detail);
    expect(told(broken.value)).toEqual(['readable fail 66664001', 'duration skipped', 'resolution skipped', 'face skipped']);
    expect([platform.pending, video.listeners, revoked]).toEqual([0, 0, ['blob:file']]);
  });

  it('finds the length of a file that does not say it', async () => {
    expect((await report({ claims: Infinity })).recording?.durationMs).toBe(4_000);
    const { platform, revoked, result } = check({ claims: Infinity, seconds: Infinity });
    await platform.advance(1_000);
    const endless = await result;
    expect(endless.ok && told(endless.value)[0]).toBe('readable fail 66664001');
    expect(revoked).toHaveLength(1);
  });

  it('fails a file that stops half way', async () => {
    const { platform, result } = check({ deadFrom: 2 });
    for (let picture = 0; picture < 8; picture += 1) await platform.advance(200);
    const broken = await result;
    expect(broken.ok && told(broken.value)).toEqual(['face fail 66664001']);
  });

  it.each([
    ['ok', 'one face in four of six', [[face()], [face()], []]],
    ['fail face-lost', 'one face in half', [[face()], []]],
    ['fail faces-multiple', 'two faces', [[face(), face(0.28)]]],
    ['ok', 'somebody small in the background', [[face(), face(0.1)]]],
  ] as const)('is %s for %s', async (expected, _what, seen) => {
    const looked = await report({}, { detector: detectorOf(...seen) });
    expect(told(looked)).toEqual(expected === 'ok' ? [] : [`face ${expected}`]);
  });

  it('does not blame the person for a detector that is not there, breaks or hangs', async () => {
    expect(told(await report({}, { detector: undefined }))).toEqual(['face skipped']);
    const broken = await report({}, { detector: { detect: () => Promise.reject(new Error('worker')) } });
    expect([broken.status, told(broken), broken.checks.at(-1)?.detail]).toEqual(['ok', ['face skipped'], 'the detector: Error: worker']);
    const { platform, result } = check({}, { detector: { detect: () => new Promise(() => undefined) } });
    for (let wait = 0; wait < 6; wait += 1) await platform.advance(500);
    const hung = await result;
    expect(hung.ok && told(hung.value)).toEqual(['face skipped']);
  });

  it.each(['opening', 'detecting'])('ends when aborted while %s', async (when) => {
    const controller = new AbortController();
    const script: Script = when === 'opening' ? { opens: 'never' } : {};
    const { platform, video, revoked, result } = check(script, { signal: controller.signal, detector: { detect: () => new Promise(() => undefined) } });
    for (let turn = 0; turn < 5; turn += 1) await settle();
    controller.abort();
    expect(await result).toMatchObject({ ok: false, code: 'cancelled' });
    expect([platform.pending, video.listeners, revoked]).toEqual([0, 0, ['blob:file']]);
  });
});

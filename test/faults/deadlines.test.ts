import { beforeAll, describe, expect, it } from 'vitest';
import { FakeAudioContext } from '../../src/capture/fake-hardware.js';
import type { Channel, ChannelTask } from '../../src/channels/channel.js';
import type { ClientCode } from '../../src/codes/client-codes.js';
import type { FlowPhase, VerifyResult } from '../../src/index.js';
import { PASSING } from '../server/service.js';
import { film, type Film } from './film.js';
import { NOTHING_LEFT, type Rig, type RigOptions, startRig } from './verification-rig.js';

// Loaded before, or the clock of the test runs on while it is.
import '../../src/capture/microphone.js';
import '../../src/flow/system-camera-run.js';

/* No state without a deadline: in every phase of the flow something never answers, and the run ends with a code all the same. */

/** Something that never answers. */
interface Silence {
  readonly what: string;
  readonly options?: Omit<RigOptions, 'film'>;
  /** What is so from the beginning. */
  readonly before?: (rig: Rig) => void;
  /** What leads to the phase, once there is guidance. */
  readonly lead?: (rig: Rig) => void;
  /** What happens once the phase is reached. */
  readonly happen?: (rig: Rig) => void;
  readonly code: ClientCode;
  /** @default 'failed' */
  readonly status?: VerifyResult['status'];
  /** From the phase to the end, seconds: at most so many, and no fewer than nine tenths. */
  readonly seconds: number;
}

const never = <T>(): Promise<T> => new Promise(() => undefined);
/** A backend that takes a request and never answers it; like `fetch` it gives up only when it is told to. */
const deaf = (path: RegExp): NonNullable<RigOptions['fault']> => (request, next) =>
  path.test(`${request.method} ${new URL(request.url).pathname}`)
    ? new Promise((_, reject) => request.signal.addEventListener('abort', () => reject(request.signal.reason as Error)))
    : next(request);
/** A backend that takes a request, and whose answers never arrive; nor do those to what is lost besides. */
const mute = (path: RegExp, besides = /^$/): NonNullable<RigOptions['fault']> => (request, next) => {
  const asked = `${request.method} ${new URL(request.url).pathname}`;
  if (path.test(asked)) void next(request.clone()).catch(() => undefined);
  return deaf(path.test(asked) ? path : besides)(request, next);
};
const STATE = /^GET .*\/sessions\/[^/]+$/;
/** A backend that chooses the vendor's channel, which does as told. */
const offered = (channel: Partial<Channel<ChannelTask>>): Pick<RigOptions, 'verify' | 'handler'> => ({
  verify: { channels: [{ name: 'eid-h5', start: never, resume: () => undefined, ...channel }] },
  handler: { vendor: { ...PASSING, confirm: never }, channel: () => ({ channel: 'eid-h5', task: { expiresInMs: 60_000, url: 'https://eid.faceid.qq.com/' }, expected: { token: 'T' } }) },
});
/** A vendor's window that gives a token, and a backend that takes it at once and has no verdict. */
const SHOWN = offered({ start: ({ nonce }) => Promise.resolve({ status: 'returned', channel: 'eid-h5', tokens: { token: 'T' }, nonce }) });
const TAKEN = { ...SHOWN, handler: { ...SHOWN.handler, inlineWaitMs: 1 } };
const DIGITS = { type: 'digits', digits: '4721', minimumMs: 2000 } as const;
const LIGHT = { type: 'light', colours: [{ r: 255, g: 40, b: 40, ms: 500 }], minimumMs: 2000 } as const;
const TYPES = ['video/mp4', 'video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/webm'];
const loseCamera = (rig: Rig): void => rig.tracks.at(-1)?.end();
const blocked = (rig: Rig): void => void (rig.video.playing = () => Promise.reject(new DOMException('tap first', 'NotAllowedError')));

/** A phone's browser that gives pages no camera, and opens the phone's own for a file. */
const PHONE = { mediaDevices: () => undefined, createInput: () => ({ capture: '' }) as HTMLInputElement, importModule: () => import('../../src/flow/system-camera-run.js') };

/** Every phase but two that wait for nothing: `preflight` asks nobody, `ended` is the end. */
const SILENCES: Readonly<Record<Exclude<FlowPhase, 'preflight' | 'ended'>, readonly Silence[]>> = {
  consent: [{ what: 'the person never answers', options: { verify: { consent: { text: 'x', textVersion: '1', ask: never } } }, code: 'consent-timeout', status: 'failed', seconds: 600 }],
  session: [
    { what: 'the backend never answers', options: { fault: deaf(/POST .*\/sessions$/) }, code: 'backend-timeout', seconds: 20 },
    { what: 'the module of its challenge never arrives', options: { challenge: DIGITS, platform: { importModule: never } }, code: 'model-missing', seconds: 40 },
  ],
  lightWarning: [{ what: 'the person never answers', options: { challenge: LIGHT, verify: { onLightWarning: never } }, code: 'guidance-timeout', seconds: 120 }],
  camera: [
    { what: 'getUserMedia never answers', options: { answers: [never] }, code: 'camera-timeout', seconds: 30 },
    { what: 'the integrator’s stream never comes', options: { verify: { stream: never } }, code: 'camera-timeout', seconds: 30 },
    { what: 'play() never resolves and no frame comes', before: (rig) => ((rig.video.playing = never), rig.freeze(true)), code: 'playback-blocked', seconds: 5 },
    { what: 'no first frame comes', happen: (rig) => rig.freeze(true), code: 'camera-no-frames', seconds: 8 },
  ],
  microphone: [
    { what: 'getUserMedia never answers', options: { challenge: DIGITS, answers: [undefined, never] }, code: 'microphone-failed', seconds: 30 },
    { what: 'its module never arrives', options: { challenge: DIGITS, platform: { importModule: (address) => (address.includes('/challenges.js') ? import('../../src/liveness/challenges/asked-kinds.js') : never()) } }, code: 'microphone-failed', seconds: 40 },
    { what: 'the audio never runs', options: { challenge: DIGITS, platform: { audioContext: () => function () { return new FakeAudioContext(false); } as unknown as typeof AudioContext } }, code: 'playback-blocked', seconds: 2 },
  ],
  tap: [
    { what: 'nobody taps', options: { verify: { onTapNeeded: never } }, before: blocked, code: 'playback-blocked', seconds: 120 },
  ],
  loading: [
    { what: 'the detector never loads', options: { detector: { load: never } }, code: 'model-timeout', seconds: 120 },
  ],
  guidance: [
    { what: 'nobody comes', happen: (rig) => rig.show(undefined), code: 'face-absent', seconds: 60 },
    { what: 'the mesh never arrives', options: { detector: { load: ({ onStage } = {}) => (onStage?.('face'), Promise.resolve()) } }, happen: (rig) => rig.show({ measures: false }), code: 'model-timeout', seconds: 60 },
    { what: 'the detector never answers to a frame', options: { detector: { detect: never } }, code: 'detector-timeout', seconds: 10 },
    { what: 'the camera gives no more frames, nor does the next one', happen: (rig) => rig.freeze(true), code: 'camera-no-frames', seconds: 3 + 8 },
  ],
  recording: [
    // Each type is tried, and only a recorder that breaks a fourth time ends the run: what one of them cannot finish another may.
    { what: 'no recorder ever stops', options: { types: TYPES, recorder: (Film) => class extends Film { override stop(): void { super.stop.call(Object.assign(this, { onstop: null })); } } }, code: 'recorder-failed', seconds: 4 * (3 + 5 + 0.7) },
    { what: 'the face leaves and never comes back', happen: (rig) => rig.show(undefined), code: 'face-absent', seconds: 61 },
  ],
  paused: [
    { what: 'the page stays hidden', lead: (rig) => rig.page.show(false), code: 'page-hidden', seconds: 60 },
  ],
  reacquiring: [
    { what: 'getUserMedia never answers again', options: { answers: [undefined, never] }, lead: loseCamera, code: 'camera-timeout', seconds: 30 },
    { what: 'the page is hidden and stays so', lead: (rig) => (rig.page.show(false), loseCamera(rig)), code: 'page-hidden', seconds: 60 },
  ],
  channel: [
    { what: 'the vendor’s window never closes', options: offered({ start: never }), code: 'channel-left', status: 'left', seconds: 600 },
    { what: 'the page is never left', options: offered({ start: () => Promise.resolve({ status: 'left' }) }), code: 'channel-left', status: 'left', seconds: 60 },
  ],
  returned: [
    { what: 'the backend takes the token, and all its answers are lost', options: { ...TAKEN, fault: mute(/tokens/, STATE) }, code: 'verdict-timeout', status: 'degraded', seconds: 20 + 60 },
    { what: 'the backend never takes the token', options: { ...offered({ resume: () => ({ status: 'returned', channel: 'eid-h5', tokens: { token: 'T' } }) }), fault: deaf(/tokens/) }, code: 'backend-timeout', seconds: 20 },
  ],
  // A file that never opens is system-camera.test.ts's.
  systemCamera: [{ what: 'the person gives no file', options: { verify: { onFileNeeded: never }, platform: PHONE }, code: 'guidance-timeout', seconds: 300 }],
  // A conversion that never ends is capture-mp4.test.ts's: it wants a browser.
  converting: [{ what: 'the converter never arrives', options: { handler: { containers: ['video/mp4'] }, platform: { importModule: never } }, code: 'recorder-unavailable', seconds: 40 }],
  uploading: [{ what: 'the backend never takes a part', options: { fault: deaf(/PUT/) }, code: 'upload-failed', seconds: 180 }],
  verdict: [
    { what: 'the backend never takes the submission', options: { fault: deaf(/submission/) }, code: 'backend-timeout', seconds: 20 },
    { what: 'the backend takes the submission, and all its answers are lost', options: { fault: mute(/submission/, STATE) }, code: 'verdict-timeout', status: 'degraded', seconds: 20 + 60 },
    { what: 'the vendor never decides', options: { handler: { vendor: { decide: async () => ({ status: 'pending', reference: 'v1' }) } } }, code: 'verdict-timeout', status: 'degraded', seconds: 60 },
  ],
};

let reel: Film;
beforeAll(async () => {
  reel = await film();
});

describe.each(Object.entries(SILENCES))('%s', (phase, silences) => {
  it.each(silences)('ends by itself: $what', async ({ options, before, lead, happen, code, status = 'failed', seconds }) => {
    const rig = startRig({ film: reel, ...options });
    before?.(rig);
    if (lead) {
      await rig.reach('guidance');
      lead(rig);
    }
    await rig.reach(phase as FlowPhase);
    const began = rig.platform.now();
    happen?.(rig);
    const result = await rig.end(700_000);
    const took = (rig.platform.now() - began) / 1000;
    expect(result).toMatchObject({ status, code: { system: 'facefront', table: 'client', code } });
    expect(took).toBeLessThanOrEqual(seconds + 1);
    expect(took).toBeGreaterThanOrEqual(seconds * 0.9);
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });
});

describe('a submission whose answer is lost', () => {
  /** Until the run ends, with what the backend was told. */
  const lose = async (fault: NonNullable<RigOptions['fault']>, more: Omit<RigOptions, 'film'> = {}) => {
    const asked: string[] = [];
    const rig = startRig({ film: reel, ...more, fault: (request, next) => (asked.push(`${request.method} ${new URL(request.url).pathname.replace(/.*\/sessions(\/[^/]+)?/, '')}`.trim()), fault(request, next)) });
    const result = await rig.end();
    await rig.pass(1000);
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
    return { result, asked: asked.slice(asked.indexOf('POST /submission')) };
  };

  it('was decided all the same: the question about the session finds the verdict', async () => {
    const { result, asked } = await lose(mute(/submission/));
    expect(result).toMatchObject({ status: 'finished', verdict: { decision: 'passed' } });
    expect(asked).toEqual([...Array<string>(4).fill('POST /submission'), 'GET']);
  });

  it('is waited for where the vendor takes its time', async () => {
    const lost = mute(/submission/);
    let questions = 0;
    const { result, asked } = await lose(async (request, next) => {
      const answer = await lost(request, next);
      if (!STATE.test(`${request.method} ${request.url}`) || questions++ > 0) return answer;
      const { sessionId, reference } = (await answer.json()) as { sessionId: string; reference: string };
      return Response.json({ sessionId, reference, state: 'pending' });
    });
    expect(result).toMatchObject({ status: 'finished', verdict: { decision: 'passed' } });
    expect(asked.slice(-2)).toEqual(['GET', 'GET']);
  });

  it('that never arrived has failed, and the backend is told that nothing will come: what is still on its way is not taken any more', async () => {
    const { result, asked } = await lose(deaf(/submission/));
    expect(result).toMatchObject({ status: 'failed', code: { code: 'backend-timeout' }, remedy: 'retry' });
    expect(asked.slice(-2)).toEqual(['GET', 'POST /abandonment']);
  });
});

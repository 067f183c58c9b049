/** Runs in the browser. */
import { load } from '@fingerprintjs/fingerprintjs';
import { webRiskHost } from '../../src/platform/web-risk.js';
import { fingerprint } from '../../src/risk/facts/fingerprint.js';
import { collectRisk } from '../../src/risk/index.js';
import { createSlices } from '../../src/risk/slices.js';

/** One run of one way. */
export interface RiskTime {
  /** Wall time. */
  readonly ms: number;
  /** The longest main-thread task, milliseconds; 0 where none was over 50. */
  readonly longestTaskMs: number;
}

/** Prepares a way, untimed; what it gives is timed. Nothing that is fetched is part of any time. */
const WAYS = {
  collectRisk: () => async () => collectRisk({ consent: { granted: true } }),
  // The id is computed when it is first read, and nobody runs the library for anything else.
  fingerprintAlone: () => async () => (await (await load({ monitoring: false })).get()).visitorId,
  // Whatever task is long in the next three is ours.
  withoutFingerprint: () => async () => collectRisk({ consent: { granted: true }, exclude: ['fingerprint'] }),
  async withCamera() {
    const stream = await navigator.mediaDevices.getUserMedia({ video: true });
    const [track] = stream.getVideoTracks();
    if (!track) throw new Error('the camera gives no picture');
    const video = Object.assign(document.createElement('video'), { srcObject: stream, muted: true, playsInline: true });
    document.body.append(video);
    await video.play();
    return async () => collectRisk({ consent: { granted: true }, exclude: ['fingerprint'], camera: { track, video, probe: 'clone' }, deadlineMs: 5000 });
  },
  // The third turn that it gives the page comes when the library has answered: what follows is ours, and what went before is not counted.
  afterFingerprint: () =>
    new Promise((ready, fail) => {
      const turn = createSlices(webRiskHost());
      let turns = 0;
      let goOn = (): void => undefined;
      const pause = async (): Promise<void> => {
        if (++turns !== 3) return turn();
        await new Promise<void>((resolve) => {
          goOn = resolve;
          ready(() => (goOn(), reading));
        });
      };
      const reading = fingerprint.read({ pause } as Parameters<typeof fingerprint.read>[0]) as Promise<unknown>;
      reading.catch(fail);
    }),
} as const satisfies Record<string, () => (() => Promise<unknown>) | Promise<() => Promise<unknown>>>;

/** What is timed. */
export type RiskWay = keyof typeof WAYS;

/** Times one way, once, in a page where nothing ran before. */
export async function timeRisk(way: RiskWay): Promise<RiskTime> {
  // FingerprintJS is part of this module; BotD is fetched here, so that no download is part of any time. A bundler drops an import for nothing.
  await import('@fingerprintjs/botd');
  const run = await WAYS[way]();
  // The preparation's own tasks are over by then.
  await new Promise((resolve) => setTimeout(resolve, 100));
  const tasks: number[] = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
  const before = performance.now();
  await run();
  const ms = performance.now() - before;
  // The observer hears of a task after it has ended.
  await new Promise((resolve) => setTimeout(resolve, 100));
  return { ms, longestTaskMs: Math.max(0, ...tasks) };
}

/** Runs in the browser. */
import { load } from '@fingerprintjs/fingerprintjs';
import { collectRisk } from '../../src/risk/index.js';

/** One run of one way. */
export interface RiskTime {
  /** Wall time. */
  readonly ms: number;
  /** The longest main-thread task, milliseconds; 0 where none was over 50. */
  readonly longestTaskMs: number;
}

const WAYS = {
  collectRisk: () => collectRisk({ consent: { granted: true } }),
  // The id is computed when it is first read, and nobody runs the library for anything else.
  fingerprintAlone: async () => (await (await load({ monitoring: false })).get()).visitorId,
  // Whatever task is long here is ours.
  withoutFingerprint: () => collectRisk({ consent: { granted: true }, exclude: ['fingerprint'] }),
};

/** What is timed. */
export type RiskWay = keyof typeof WAYS;

/** Times one way, once, in a page where nothing ran before. */
export async function timeRisk(way: RiskWay): Promise<RiskTime> {
  // FingerprintJS is part of this module; BotD is fetched here, so that no download is part of any time. A bundler drops an import for nothing.
  await import('@fingerprintjs/botd');
  const tasks: number[] = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
  const before = performance.now();
  await WAYS[way]();
  const ms = performance.now() - before;
  // The observer hears of a task after it has ended.
  await new Promise((resolve) => setTimeout(resolve, 100));
  return { ms, longestTaskMs: Math.max(0, ...tasks) };
}

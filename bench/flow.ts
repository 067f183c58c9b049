import { cameraFile, VIDEOS } from '../scripts/media.js';
import type { FlowPhase } from '../src/index.js';
import { launchChromium } from '../scripts/chromium.js';
import { openSite } from '../test/browser/site.js';
import { runVerification } from '../test/browser/verification.js';
import { type Measurement, quantile } from './measurement.js';

const RUNS = 5;

interface LongTask {
  readonly duration: number;
}

/** From consent to verdict with the built script: the main thread's long tasks, and how long a person with a good face waits. */
export async function benchFlow(): Promise<readonly Measurement[]> {
  const site = await openSite();
  const browser = await launchChromium({ fakeCamera: await cameraFile({ input: VIDEOS.cap12 }) });
  const toInstruction: number[] = [];
  const toCapture: number[] = [];
  const longTasks: number[] = [];
  try {
    for (let run = 0; run < RUNS; run++) {
      const page = await browser.newPage();
      // tsx wraps the functions that are sent into the page in this helper of esbuild's.
      await page.addInitScript('globalThis.__name = (value) => value');
      await page.addInitScript(() => {
        const tasks: number[] = [];
        Object.assign(window, { longTasks: tasks });
        const original = MediaDevices.prototype.getUserMedia;
        MediaDevices.prototype.getUserMedia = async function (constraints) {
          const stream = await original.call(this, constraints);
          Object.assign(window, { grantedAt: performance.now() });
          return stream;
        };
        new PerformanceObserver((list) => {
          for (const { duration } of list.getEntries() as unknown as LongTask[]) tasks.push(duration);
        }).observe({ entryTypes: ['longtask'] });
      });
      await page.goto(site.barePage);
      // What the page itself took to load is not ours.
      await page.evaluate(() => void (window as unknown as { longTasks: number[] }).longTasks.splice(0));
      const { result, times, instructedAt } = await runVerification(page);
      if (result.status !== 'finished') throw new Error(`the run ended ${result.status}`);
      const at = (phase: FlowPhase): number => times[phase] ?? NaN;
      const grantedAt = await page.evaluate(() => (window as unknown as { grantedAt: number }).grantedAt);
      toInstruction.push((instructedAt ?? NaN) - grantedAt);
      toCapture.push(at('uploading') - grantedAt);
      longTasks.push(...(await page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks)));
      await page.close();
    }
  } finally {
    await browser.close();
    await site.close();
  }
  return [
    { name: `flow: main-thread tasks over 50 ms, consent to verdict, ${RUNS} runs`, value: longTasks.length, goal: 0 },
    { name: 'flow: longest of them, ms', value: Math.max(0, ...longTasks) },
    { name: 'flow: camera granted to the first instruction on a face that was seen, the models fetched meanwhile, ms (median)', value: quantile(toInstruction, 0.5) },
    { name: 'flow: camera granted to a finished capture of 2 s on a good face, ms (median)', value: quantile(toCapture, 0.5) },
  ];
}

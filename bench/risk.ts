import { launchChromium } from '../scripts/chromium.js';
import { cameraFile, VIDEOS } from '../scripts/media.js';
import { bundleForPage, gzippedBytes } from '../test/risk/page-bundle.js';
import { servePage } from '../test/risk/page-server.js';
import { type Measurement, ratio } from './measurement.js';
import type * as risk from './page/risk.js';

/** Enough for the median of the ratios to settle within 0.02. */
const ROUNDS = 50;
const WAYS: readonly risk.RiskWay[] = ['collectRisk', 'fingerprintAlone', 'withoutFingerprint', 'withCamera', 'afterFingerprint'];

/**
 * `collectRisk` against FingerprintJS alone, side by side: each in a page of its own, in an order that changes with the round; and
 * the longest main-thread tasks, ours apart from FingerprintJS's.
 */
export async function benchRisk(): Promise<readonly Measurement[]> {
  const server = await servePage(await bundleForPage({ input: 'bench/page/risk.ts', minify: true }));
  const browser = await launchChromium({ fakeCamera: await cameraFile({ input: VIDEOS.franck, start: 14, seconds: 4 }) });
  try {
    const times: Record<risk.RiskWay, risk.RiskTime[]> = { collectRisk: [], fingerprintAlone: [], withoutFingerprint: [], withCamera: [], afterFingerprint: [] };
    // The first round warms up the browser and does not count.
    for (let round = 0; round <= ROUNDS; round++) {
      const turn = round % WAYS.length;
      for (const way of [...WAYS.slice(turn), ...WAYS.slice(0, turn)]) {
        const page = await browser.newPage({ permissions: ['camera'] });
        await page.goto(server.origin);
        const room = await page.evaluateHandle<typeof risk>("import('/entry.js')");
        const time = await page.evaluate(({ room: { timeRisk }, way }) => timeRisk(way), { room, way });
        if (round > 0) times[way].push(time);
        await page.close();
      }
    }
    const ms = (way: risk.RiskWay): readonly number[] => times[way].map((time) => time.ms);
    const longest = (way: risk.RiskWay): number => Math.max(...times[way].map(({ longestTaskMs }) => longestTaskMs));
    return [
      ratio('risk: collectRisk / FingerprintJS alone, ms', ms('collectRisk'), ms('fingerprintAlone'), 1.15),
      { name: 'risk: longest main-thread task that is ours, ms (0: none over 50)', value: longest('withoutFingerprint'), goal: 50 },
      { name: 'risk: the same with an open camera, ms', value: longest('withCamera'), goal: 50 },
      { name: "risk: the same of what we make of FingerprintJS's components, ms", value: longest('afterFingerprint'), goal: 50 },
      { name: "risk: longest main-thread task of FingerprintJS alone, ms (0: none over 50)", value: longest('fingerprintAlone') },
      ...(await bytes()),
    ];
  } finally {
    await browser.close();
    await server.close();
  }
}

async function bytes(): Promise<readonly Measurement[]> {
  const chunks = await bundleForPage({ input: 'src/risk/index.ts', external: ['@fingerprintjs/fingerprintjs', '@fingerprintjs/botd'], minify: true });
  const camera = chunks.filter(({ exports, isEntry }) => !isEntry && exports.includes('cameraFrames'));
  return [
    { name: 'risk: bytes gz, without FingerprintJS and BotD', value: gzippedBytes(chunks.filter((chunk) => !camera.includes(chunk))), goal: 8_192 },
    { name: 'risk: bytes gz more with an open camera', value: gzippedBytes(camera), goal: 2_048 },
  ];
}

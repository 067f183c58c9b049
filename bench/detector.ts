import { join } from 'node:path';
import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import typescript from '@rollup/plugin-typescript';
import { rollup } from 'rollup';
import { trimTensorflow } from '../rollup.config.mjs';
import { launchChromium } from '../scripts/chromium.js';
import { VIDEOS } from '../scripts/media.js';
import { serveFrames } from '../scripts/trace/observe-video.js';
import type { Pairs } from './page/detector.js';
import { type Measurement, quantile, ratio } from './measurement.js';

const FRAMES = 150;

/** Per-frame latency of the worker against Human on the same frames, and against the bare execution of the mesh model. */
export async function benchDetector(): Promise<readonly Measurement[]> {
  await bundlePage();
  const server = await serveFrames({ video: VIDEOS.cap12, folders: ['bench', 'node_modules/@tensorflow', '.cache/bench'] });
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(`${server.origin}/scripts/trace/page.html`);
    const script = `Promise.all([import('/.cache/bench/detector.js'), import('/scripts/trace/page.js')]).then(([bench, { frames }]) => bench.timeDetectors(frames(), ${FRAMES}))`;
    const times = (await page.evaluate(script)) as { readonly human: Pairs; readonly mesh: Pairs };
    return [
      ratio('detector: ours / Human 3.3.6, ms a frame', times.human.ours, times.human.theirs, 0.2),
      ratio('detector: ours / bare mesh execution, ms a frame', times.mesh.ours, times.mesh.theirs, 1.5),
      { name: 'detector: p95, ms a frame', value: quantile(times.human.ours, 0.95) },
    ];
  } finally {
    await browser.close();
    server.close();
  }
}

async function bundlePage(): Promise<void> {
  const bundle = await rollup({
    input: 'bench/page/detector.ts',
    logLevel: 'silent',
    plugins: [trimTensorflow(), nodeResolve({ browser: true }), commonjs(), typescript({ tsconfig: './tsconfig.bench.json' })],
    treeshake: { moduleSideEffects: true },
  });
  await bundle.write({ file: join('.cache', 'bench', 'detector.js'), format: 'es', inlineDynamicImports: true });
}

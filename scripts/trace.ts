/**
 * `npm run trace -- VIDEO [--out FILE] [--fps N] [--seconds N]`
 *
 * Runs a video through the built detector and the engine, writes the observations as JSON Lines, and prints one JSON object
 * last. Given a trace (`.jsonl`) instead of a video it replays that, without a browser.
 */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { decodeTrace, encodeTrace, replayTrace } from '../src/liveness/index.js';
import { observeVideo } from './trace/observe-video.js';

const USAGE = 'usage: npm run trace -- VIDEO|TRACE.jsonl [--out FILE] [--fps 25] [--seconds N]';

try {
  await main();
} catch (error) {
  process.stderr.write(`trace: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { out: { type: 'string' }, fps: { type: 'string', default: '25' }, seconds: { type: 'string' } },
  });
  const [input, ...rest] = positionals;
  if (input === undefined || rest.length > 0) throw new Error(USAGE);
  if (!existsSync(input)) throw new Error(`${input}: no such file`);
  const framesPerSecond = positive('--fps', values.fps);
  const seconds = values.seconds === undefined ? undefined : positive('--seconds', values.seconds);

  let trace: string;
  let latencies: readonly number[] = [];
  if (input.endsWith('.jsonl')) {
    trace = await readFile(input, 'utf8');
  } else {
    if (!existsSync('dist/worker/detector.js')) throw new Error('the detector is not built; run `npm run build` first');
    const observed = await observeVideo({
      video: input,
      framesPerSecond,
      ...(seconds !== undefined && { seconds }),
      onProgress: (frames) => process.stderr.write(`\r${frames} frames`),
    });
    process.stderr.write('\n');
    latencies = [...observed.latencies].sort((a, b) => a - b);
    trace = encodeTrace(observed.observations, { source: basename(input) });
    if (values.out !== undefined) await writeFile(values.out, trace);
  }
  // What the file holds is rounded; replaying that, live as well, makes a trace and its replay agree to the letter.
  const { note, entries } = decodeTrace(trace);
  const { frames, faceFrames, events, instructions } = replayTrace(entries, note.engine);
  const latencyMs = latencies.length === 0 ? null : { median: quantile(latencies, 0.5), p95: quantile(latencies, 0.95) };
  process.stdout.write(`${JSON.stringify({ video: basename(input), frames, faceFrames, events, instructions, latencyMs })}\n`);
}

function quantile(sorted: readonly number[], share: number): number {
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0 && value < 1e6)) throw new Error(`${name}: must be a positive number`);
  return value;
}

/**
 * `npm run bench`: measures side by side in one run, prints a table, writes `bench/results.json`. Not a test: a missed goal is a line
 * to read. Names choose single benches; `--real-time` lets `memory` take ten minutes by the clock.
 */
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { benchBackend } from './backend.js';
import { benchBestFrame } from './best-frame.js';
import { benchCodes } from './codes.js';
import { benchDetector } from './detector.js';
import { benchEngine } from './engine.js';
import { benchFlow } from './flow.js';
import { isMet, type Measurement } from './measurement.js';
import { benchMemory } from './memory.js';
import { benchParts } from './parts.js';
import { benchRisk } from './risk.js';
import { benchUpload } from './upload.js';

const BENCHES: Readonly<Record<string, () => Promise<readonly Measurement[]>>> = {
  detector: benchDetector,
  flow: benchFlow,
  'best-frame': benchBestFrame,
  memory: () => benchMemory({ realTime: process.argv.includes('--real-time') }),
  engine: benchEngine,
  codes: benchCodes,
  risk: benchRisk,
  backend: benchBackend,
  parts: benchParts,
  upload: benchUpload,
};

const chosen = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const results: Measurement[] = [];
for (const [name, bench] of Object.entries(BENCHES)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  process.stderr.write(`${name} …\n`);
  for (const measurement of await bench()) {
    results.push(measurement);
    const { value, goal, direction, ours, theirs } = measurement;
    const target = goal === undefined ? '' : `goal ${direction === 'at-least' ? '≥' : '≤'} ${goal} ${isMet(measurement) ? 'met' : 'MISSED'}`;
    const sides = ours === undefined ? '' : `(${ours} / ${theirs})`;
    process.stdout.write(`${String(value).padStart(8)}  ${measurement.name} ${sides} ${target}\n`);
  }
}
await writeFile('bench/results.json', `${JSON.stringify({ node: process.version, cores: cpus().length, results }, null, 2)}\n`);

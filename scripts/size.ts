/**
 * `npm run size`: gzip of each entry, and of everything a page fetches up to the first instruction. Fails over its budget.
 * Entries are bundled and minified alone, so that each row is what an app pays that imports only that one.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { rollup } from 'rollup';
import terser from '@rollup/plugin-terser';

/** One row: files that are fetched as they are, or an entry that is bundled first. */
interface Row {
  readonly name: string;
  readonly files?: readonly string[];
  readonly entry?: string;
  /** gzip, KB of 1,024 bytes. */
  readonly budget: number;
}

const SCRIPT = 'dist/facefront.min.js';
const FIRST_INSTRUCTION = [SCRIPT, 'dist/worker/detector.js', 'dist/assets/tfjs-backend-wasm-simd.wasm', 'dist/assets/face-detector.json', 'dist/assets/face-detector.bin'];

const ROWS: readonly Row[] = [
  { name: 'facefront.min.js (script tag)', files: [SCRIPT], budget: 61 },
  { name: 'facefront-channels.min.js (a second script tag)', files: ['dist/facefront-channels.min.js'], budget: 6 },
  { name: 'up to the first instruction', files: FIRST_INSTRUCTION, budget: 520 },
  { name: 'with the mesh', files: [...FIRST_INSTRUCTION, 'dist/assets/face-mesh.json', 'dist/assets/face-mesh.bin'], budget: 1120 },
  { name: 'assets/mp4.js (where the backend takes mp4 and the browser records another container)', files: ['dist/assets/mp4.js'], budget: 112 },
  { name: 'assets/system-camera.js (where there is no live camera)', files: ['dist/assets/system-camera.js'], budget: 4 },
  { name: 'assets/best-frame.js', files: ['dist/assets/best-frame.js'], budget: 4 },
  { name: 'assets/challenges.js (where the person is asked for more than to stay)', files: ['dist/assets/challenges.js'], budget: 6 },
  { name: 'assets/microphone.js (where the challenge is spoken)', files: ['dist/assets/microphone.js'], budget: 4 },
  { name: 'assets/jpeg-burst.js (where nothing records)', files: ['dist/assets/jpeg-burst.js'], budget: 3 },
  { name: 'worker/detector.js', files: ['dist/worker/detector.js'], budget: 85 },
  { name: 'facefront', entry: 'index', budget: 50 },
  { name: 'facefront/codes (two FaceID families, one locale)', entry: 'codes/core', budget: 14 },
  { name: 'facefront/liveness (guidance, four challenges, traces)', entry: 'liveness/index', budget: 13 },
  { name: 'facefront/capture', entry: 'capture/index', budget: 8.5 },
  { name: 'facefront/channels', entry: 'channels/index', budget: 6 },
  { name: 'facefront/detector (page half)', entry: 'detector/index', budget: 3 },
  { name: 'facefront/transport', entry: 'transport/index', budget: 9 },
  { name: 'facefront/transport/miniprogram', entry: 'platform/miniprogram-request', budget: 2 },
  { name: 'facefront/element', entry: 'element/index', budget: 62 },
  { name: 'facefront/risk (without its two libraries)', entry: 'risk/index', budget: 8 },
];

let over = 0;
for (const row of ROWS) {
  const { bytes, later } = row.entry === undefined ? { bytes: await sum(row.files ?? []), later: 0 } : await bundled(`dist/esm/${row.entry}.js`);
  const size = bytes / 1024;
  const verdict = size > row.budget ? 'OVER' : 'ok';
  if (size > row.budget) over++;
  const rest = later > 0 ? `, and ${(later / 1024).toFixed(1)} KB when it is needed` : '';
  process.stdout.write(`${verdict.padEnd(5)}${size.toFixed(1).padStart(8)} KB of ${String(row.budget).padStart(5)} KB gz  ${row.name}${rest}\n`);
}
if (over > 0) {
  process.stderr.write(`size: ${over} over budget\n`);
  process.exitCode = 1;
}

async function sum(files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(files.map(async (file) => gzipSync(await readFile(file), { level: 9 }).byteLength));
  return sizes.reduce((total, size) => total + size, 0);
}

/** What an import of the entry costs at once, and what it may load later. */
async function bundled(file: string): Promise<{ readonly bytes: number; readonly later: number }> {
  if (!existsSync(file)) throw new Error(`${file} is missing; run npm run build first`);
  // An app imports it from a module of its own, and pays for no second file that does nothing but hand on names.
  const bundle = await rollup({ input: file, external: /^[^./]/, logLevel: 'silent', preserveEntrySignatures: 'allow-extension', plugins: [terser()] });
  const { output } = await bundle.generate({ format: 'es' });
  const chunks = new Map(output.flatMap((part) => (part.type === 'chunk' ? [[part.fileName, part] as const] : [])));
  const atOnce = new Set<string>();
  const visit = (name: string): void => {
    if (atOnce.has(name) || !chunks.has(name)) return;
    atOnce.add(name);
    chunks.get(name)?.imports.forEach(visit);
  };
  for (const chunk of chunks.values()) if (chunk.isEntry) visit(chunk.fileName);
  const gzipped = [...chunks.values()].map(({ fileName, code }) => ({ fileName, bytes: gzipSync(code, { level: 9 }).byteLength }));
  const total = (wanted: boolean): number => gzipped.filter(({ fileName }) => atOnce.has(fileName) === wanted).reduce((all, { bytes }) => all + bytes, 0);
  return { bytes: total(true), later: total(false) };
}

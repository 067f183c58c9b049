import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import alias from '@rollup/plugin-alias';
import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import typescript from '@rollup/plugin-typescript';

const compile = () => typescript({ tsconfig: './tsconfig.build.json' });

/** Sizes and digests of `dist/assets`, written by scripts/build-assets.ts just before. */
const assetManifest = () => ({
  name: 'asset-manifest',
  resolveId: (id) => (id === 'virtual:asset-manifest' ? '\0asset-manifest' : null),
  load: async (id) => (id === '\0asset-manifest' ? `export default ${await readFile('.cache/asset-manifest.json', 'utf8')}` : null),
});

const workerSource = (name) => fileURLToPath(new URL(`./src/detector/tfjs/worker/${name}.ts`, import.meta.url));
const UNUSED_OPERATIONS = 'control|dynamic|evaluation|creation|hash_table|image|logical|matrices|normalization|ragged|reduction|sparse|spectral|string';
/** Imports of the worker's dependencies that lead to code which never runs here; the files that replace them say why. */
const trimTensorflow = () =>
  alias({
    entries: [
      { find: /^@mediapipe\/face_(mesh|detection)$/, replacement: workerSource('absent') },
      { find: /.*\/tfjs-backend-wasm-threaded-simd(\.worker)?(\.js)?$/, replacement: workerSource('absent') },
      { find: /^@tensorflow\/tfjs-core\/dist\/ops\/ops_for_converter$/, replacement: workerSource('graph-operations') },
      { find: new RegExp(`^\\./executors/(${UNUSED_OPERATIONS})_executor$`), replacement: workerSource('absent-operations') },
      { find: new RegExp(`^\\./op_list/(${UNUSED_OPERATIONS})$`), replacement: workerSource('absent-operations') },
    ],
  });

const worker = {
  input: 'src/detector/tfjs/worker/worker.ts',
  output: { file: 'dist/worker/detector.js', format: 'iife', sourcemap: true, generatedCode: 'es2015' },
  plugins: [
    assetManifest(),
    trimTensorflow(),
    nodeResolve({ browser: true }),
    commonjs(),
    compile(),
    terser({ compress: { passes: 2 } }),
  ],
  treeshake: { moduleSideEffects: true },
};

const esm = {
  input: { 'detector/index': 'src/detector/index.ts' },
  output: { dir: 'dist/esm', format: 'es', preserveModules: true, preserveModulesRoot: 'src', sourcemap: true },
  plugins: [compile()],
};

const ONLY = process.env.ONLY;
export default ({ worker, esm }[ONLY] ?? [worker, esm]);

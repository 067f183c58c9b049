import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import alias from '@rollup/plugin-alias';
import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import typescript from '@rollup/plugin-typescript';
import { ENTRIES } from './scripts/entries.mjs';

const compile = () => typescript({ tsconfig: './tsconfig.build.json' });
// One pass: with two, terser 5.51 has been seen to drop the assignment of a `let` that a closure above it sets.
const minify = () => terser({ ecma: 2020 });

/** Sizes and digests of `dist/assets`, written by scripts/build-assets.ts just before. */
const assetManifest = () => ({
  name: 'asset-manifest',
  resolveId: (id) => (id === 'virtual:asset-manifest' ? '\0asset-manifest' : null),
  load: async (id) => (id === '\0asset-manifest' ? `export default ${await readFile('.cache/asset-manifest.json', 'utf8')}` : null),
});

const workerSource = (name) => fileURLToPath(new URL(`./src/detector/tfjs/worker/${name}.ts`, import.meta.url));
const UNUSED_OPERATIONS = 'control|dynamic|evaluation|creation|hash_table|image|logical|matrices|normalization|ragged|reduction|sparse|spectral|string';
/** Imports of the worker's dependencies that lead to code which never runs here; the files that replace them say why. */
export const trimTensorflow = () =>
  alias({
    entries: [
      { find: /^@mediapipe\/face_(mesh|detection)$/, replacement: workerSource('absent') },
      { find: /.*\/tfjs-backend-wasm-threaded-simd(\.worker)?(\.js)?$/, replacement: workerSource('absent') },
      { find: /^@tensorflow\/tfjs-core\/dist\/ops\/ops_for_converter$/, replacement: workerSource('graph-operations') },
      { find: new RegExp(`^\\./executors/(${UNUSED_OPERATIONS})_executor$`), replacement: workerSource('absent-operations') },
      { find: new RegExp(`^\\./op_list/(${UNUSED_OPERATIONS})$`), replacement: workerSource('absent-operations') },
    ],
  });

/** The classic script that runs the face models off the main thread. */
const worker = {
  input: 'src/detector/tfjs/worker/worker.ts',
  output: { file: 'dist/worker/detector.js', format: 'iife', sourcemap: true, generatedCode: 'es2015' },
  plugins: [assetManifest(), trimTensorflow(), nodeResolve({ browser: true }), commonjs(), compile(), minify()],
  treeshake: { moduleSideEffects: true },
};

/** One file per module, so that what an app does not import is not there to be shaken off. */
const modules = {
  input: ENTRIES.map((entry) => `src/${entry}`),
  external: /^[^./\0]/,
  output: [
    { dir: 'dist/esm', format: 'es', preserveModules: true, preserveModulesRoot: 'src', sourcemap: true },
    { dir: 'dist/cjs', format: 'cjs', preserveModules: true, preserveModulesRoot: 'src', sourcemap: true, entryFileNames: '[name].cjs', exports: 'named' },
  ],
  plugins: [compile()],
};

const script = (input, file, name) => ({
  input,
  output: { file, format: 'iife', sourcemap: true, inlineDynamicImports: true, ...(name && { name }) },
  plugins: [nodeResolve({ browser: true }), commonjs(), compile(), minify()],
});

/** What few pages need, or none before the person is looked at: fetched by `import()`, from beside the models. The same file serves a script tag and an app. */
const ON_DEMAND = { 'best-frame': 'capture/best-frame', challenges: 'liveness/challenges/asked-kinds', mp4: 'capture/mp4', 'system-camera': 'flow/system-camera-run', microphone: 'capture/microphone', 'jpeg-burst': 'capture/jpeg-burst' };
const onDemand = Object.entries(ON_DEMAND).map(([name, source]) => ({
  input: `src/${source}.ts`,
  output: { file: `dist/assets/${name}.js`, format: 'es' },
  plugins: [nodeResolve({ browser: true }), compile(), minify()],
}));

/** For a script tag. */
const iife = script('src/script.ts', 'dist/facefront.min.js', 'Facefront');

/** The channels that lead through a vendor's page, as a script of their own: most pages have none. */
const channels = script('src/channels/index.ts', 'dist/facefront-channels.min.js', 'FacefrontChannels');

/** The demo's own pages; not part of the package. */
const PAGES = [
  ['page', 'demo'],
  ['explorer', 'explorer'],
  ['replay', 'replay'],
  ['channel', 'channel'],
];
const demo = PAGES.map(([folder, name]) => script(`demo/${folder}/main.ts`, `dist/demo/${name}.js`));

export default [worker, modules, ...onDemand, iife, channels, ...demo];

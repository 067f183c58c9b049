import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { type OutputChunk, rollup } from 'rollup';
import ts from 'typescript';

const ROOT = new URL('../../', import.meta.url);

/** Options of {@link bundleForPage}. */
export interface BundleOptions {
  /** Path from the project's root. */
  readonly input: string;
  /** Modules left as bare imports. Default: none. */
  readonly external?: readonly string[];
  /** Default false. */
  readonly minify?: boolean;
  /** Makes a script that defines a global of this name, all in one file. Default: modules. */
  readonly global?: string;
}

/** Bundles a TypeScript module with everything it imports, as the browser's own modules: the entry is `entry.js`, what it loads later lies beside it. */
export async function bundleForPage({ input, external = [], minify = false, global }: BundleOptions): Promise<readonly OutputChunk[]> {
  const compilerOptions = { target: ts.ScriptTarget.ES2020, module: ts.ModuleKind.ESNext };
  const bundle = await rollup({
    input: fileURLToPath(new URL(input, ROOT)),
    external: [...external],
    // An app imports it from a module of its own, and pays for no second file that does nothing but hand on names.
    preserveEntrySignatures: 'allow-extension',
    plugins: [
      {
        name: 'typescript',
        // Sources import each other as `.js`.
        resolveId: (id, importer) => (importer?.endsWith('.ts') && id.startsWith('.') ? fileURLToPath(new URL(id.replace(/\.js$/, '.ts'), `file://${importer}`)) : null),
        transform: (code, id) => (id.endsWith('.ts') ? { code: ts.transpileModule(code, { compilerOptions }).outputText, map: null } : null),
      },
      nodeResolve({ browser: true }),
      commonjs(),
    ],
  });
  const { output } = await bundle.generate({
    ...(global === undefined ? { format: 'es' } : { format: 'iife', name: global, inlineDynamicImports: true }),
    entryFileNames: 'entry.js',
    chunkFileNames: '[name].js',
    plugins: minify ? [terser({ ecma: 2020, module: true, compress: {} })] : [],
  });
  await bundle.close();
  return output.filter((chunk) => chunk.type === 'chunk');
}

/** Bytes of all chunks together, each compressed by gzip at its best. */
export function gzippedBytes(chunks: readonly OutputChunk[]): number {
  return chunks.reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).length, 0);
}

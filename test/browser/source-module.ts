import { readFile } from 'node:fs/promises';
import ts from 'typescript';

const ROOT = new URL('../../', import.meta.url);

/** A source file as a browser's own module, so that what is tested is what is written. @param path such as `/src/transport/index.js`; rejects where there is none */
export async function sourceModule(path: string): Promise<string> {
  if (!/^\/src\/[\w/-]+\.js$/.test(path)) throw new Error(`nothing at ${path}`);
  const source = await readFile(new URL(`.${path.replace(/js$/, 'ts')}`, ROOT), 'utf8');
  return ts.transpileModule(source, { compilerOptions: { target: ts.ScriptTarget.ES2020, module: ts.ModuleKind.ESNext } }).outputText;
}

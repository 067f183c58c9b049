import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import type { Page } from 'playwright-core';
import { rollup } from 'rollup';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { privacyManifest } from '../../src/risk/manifest.js';
import { cameraFile, launchBrowser, VIDEOS } from '../browser/launch.js';
import { openCustomerSite } from './customer-site.js';
import { type FreshFolder, installPacked } from './pack.js';
import { codeBlocks } from './readme.js';

interface PackageJson {
  readonly exports: Readonly<Record<string, unknown>>;
}

let folder: FreshFolder;
let entries: readonly string[];

beforeAll(async () => {
  folder = await installPacked();
  const { exports } = JSON.parse(await readFile('package.json', 'utf8')) as PackageJson;
  entries = Object.keys(exports).filter((name) => !name.includes('*') && !/\.(js|json)$/.test(name)).map((name) => `facefront${name.slice(1)}`);
});

afterAll(() => folder?.remove());

describe('the packed package in a fresh folder', () => {
  it('has entries', () => expect(entries.length).toBeGreaterThan(8));

  it('imports every entry in plain Node, with nothing of a browser there', async () => {
    await folder.write('import.mjs', `for (const name of ${JSON.stringify(entries)}) console.log(name, Object.keys(await import(name)).length);`);
    const lines = (await folder.exec('node', ['import.mjs'])).trim().split('\n');
    expect(lines).toHaveLength(entries.length);
    expect(lines.filter((line) => line.endsWith(' 0'))).toEqual([]);
  });

  it('requires every entry in plain Node', async () => {
    await folder.write('require.cjs', `for (const name of ${JSON.stringify(entries)}) console.log(name, Object.keys(require(name)).length);`);
    const lines = (await folder.exec('node', ['require.cjs'])).trim().split('\n');
    expect(lines.filter((line) => line.endsWith(' 0'))).toEqual([]);
  });

  it('has types for modules and for scripts under node16 resolution', async () => {
    const source = `
      import { verify, type VerifyResult } from 'facefront';
      import { promptFor } from 'facefront/codes';
      import { createHandler } from 'facefront/server';
      export const sentence: string = promptFor({ system: 'faceid-sdk', table: 'result', code: '0' }, 'zh-CN');
      export const decide = (result: VerifyResult): string => (result.status === 'finished' ? result.verdict.decision : result.prompt);
      // @ts-expect-error a result that did not finish has no verdict
      export const wrong = (result: VerifyResult): string => result.verdict.decision;
      export { createHandler, verify };
    `;
    const files = ['module.mts', 'script.cts'].map((name) => join(folder.path, name));
    for (const file of files) await writeFile(file, source);
    const program = ts.createProgram(files, {
      strict: true,
      noEmit: true,
      skipLibCheck: false,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.Node16,
      moduleResolution: ts.ModuleResolutionKind.Node16,
      lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
      // The server's half runs in Node, whose types a customer has.
      types: ['node'],
      typeRoots: [resolve('node_modules/@types')],
    });
    const ours = ts.getPreEmitDiagnostics(program).filter(({ file: at }) => at === undefined || files.includes(at.fileName) || at.fileName.includes('node_modules/facefront/'));
    expect(ours.map(({ messageText, file: at }) => `${at?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`)).toEqual([]);
  });

  it('hands out the privacy manifest that the docs are made of', async () => {
    await folder.write('manifest.cjs', "process.stdout.write(JSON.stringify(require('facefront/privacy-manifest.json')));");
    expect(JSON.parse(await folder.exec('node', ['manifest.cjs']))).toEqual(privacyManifest());
  });

  it('keeps tests, sources of the demo and this machine’s paths out', async () => {
    const listing = await folder.exec('find', ['node_modules/facefront', '-type', 'f']);
    expect(listing).not.toMatch(/\.test\.|\.fixture\.|\/demo\//);
    const grep = await folder.exec('sh', ['-c', `grep -rlF -- "${resolve('.')}/" node_modules/facefront || true`]);
    expect(grep).toBe('');
  });
});

describe('the examples of the README, from the packed package, with a real face', () => {
  let site: Awaited<ReturnType<typeof openCustomerSite>>;
  beforeAll(async () => {
    await mkdir(join(folder.path, 'public'), { recursive: true });
    site = await openCustomerSite(folder.path);
  });
  afterAll(() => site.close());

  it('are at most fifteen lines, and the same in both languages', () => {
    for (const language of ['html', 'ts', 'sh']) expect(codeBlocks('README.zh-CN.md', language)).toEqual(codeBlocks('README.md', language));
    const [script] = codeBlocks('README.md', 'html');
    const [module] = codeBlocks('README.md', 'ts');
    for (const example of [script, module]) expect(example?.trimEnd().split('\n').length).toBeLessThanOrEqual(15);
  });

  async function run(path: string, start: (page: Page) => Promise<void>): Promise<string> {
    const browser = await launchBrowser({ fakeCamera: await cameraFile({ input: VIDEOS.cap12, rate: 15 }) });
    try {
      const page = await browser.newPage();
      page.on('dialog', (dialog) => void dialog.accept());
      await page.goto(site.origin + path);
      await start(page);
      await page.waitForFunction(() => document.title.startsWith('passed') || document.title.startsWith('rejected'), undefined, { timeout: 60_000 });
      return await page.title();
    } finally {
      await browser.close();
    }
  }

  it('the script tag', async () => {
    await cp(join(folder.path, 'node_modules/facefront/dist'), join(folder.path, 'public/facefront'), { recursive: true });
    await folder.write('public/script.html', codeBlocks('README.md', 'html')[0] ?? '');
    const title = await run('/script.html', (page) => page.getByRole('button', { name: '同意并开始' }).click());
    expect(title).toMatch(/^passed \S+/);
  });

  /** Bundles an example as a customer would, and serves it in a page of its own. */
  async function bundleExample(name: string, example: string | undefined): Promise<string> {
    const { outputText } = ts.transpileModule(example ?? '', { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext } });
    await folder.write(`${name}.js`, outputText);
    const bundle = await rollup({ input: join(folder.path, `${name}.js`), plugins: [nodeResolve({ browser: true, rootDir: folder.path })], logLevel: 'silent' });
    await bundle.write({ dir: join(folder.path, 'public'), entryFileNames: `${name}.bundle.js`, chunkFileNames: `${name}-[name].js`, format: 'es' });
    await folder.write(`public/${name}.html`, `<!doctype html><meta charset="utf-8"><video></video><script type="module" src="/${name}.bundle.js"></script>`);
    return `/${name}.html`;
  }

  it('the npm import', async () => {
    const path = await bundleExample('app', codeBlocks('README.md', 'ts')[0]);
    expect(await run(path, async () => undefined)).toBe('passed');
  });

  it('the risk report', async () => {
    const path = await bundleExample('risk', codeBlocks('README.md', 'ts').find((block) => block.includes('facefront/risk')));
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      const logged = page.waitForEvent('console');
      await page.goto(site.origin + path);
      expect((await logged).text()).toMatch(/^[\da-f]{32} ok$/);
      expect(await page.title()).toContain('A script drives the browser.');
    } finally {
      await browser.close();
    }
  });
});

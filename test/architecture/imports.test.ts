import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const SRC = resolve('src');

/**
 * What each room may import besides itself. Imports run one way: element, miniprogram → flow → channels, capture, detector,
 * transport, risk, liveness → codes, platform → digest. Neighbours in the middle name the one thing they share.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  codes: [],
  // A mini-program's platform brings SHA-256 along.
  platform: ['digest'],
  digest: [],
  liveness: ['codes'],
  detector: ['liveness', 'codes', 'platform'],
  // Which frame is the best is liveness's to say.
  capture: ['liveness', 'detector', 'codes', 'platform'],
  // The engine's challenge types are the wire's; types only.
  transport: ['liveness', 'digest', 'codes', 'platform'],
  risk: ['digest', 'codes', 'platform'],
  channels: ['transport', 'codes', 'platform', 'digest'],
  flow: ['channels', 'capture', 'detector', 'transport', 'risk', 'liveness', 'codes', 'platform'],
  element: ['flow', 'capture', 'liveness', 'codes', 'platform'],
  miniprogram: ['flow', 'liveness', 'codes', 'platform'],
  server: ['codes', 'liveness', 'transport', 'digest', 'risk'],
};

/** The list of public names and the script build put everything together. */
const ROOT_FILES = ['index.ts', 'script.ts'];

/** Of the transport's files, those a server may use: the protocol and what both halves compute alike. Nothing that fetches. */
const SHARED_WITH_SERVER = ['transport/protocol.ts', 'transport/manifest.ts', 'transport/shape.ts', 'transport/wire-shapes.ts', 'transport/chain.ts', 'transport/retry-policy.ts', 'transport/attempt-address.ts', 'transport/canonical-json.ts'];

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

function sources(): string[] {
  return readdirSync(SRC, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts') && !name.endsWith('.test.ts'))
    .map((name) => name.split(sep).join('/'));
}

function importsOf(file: string): Import[] {
  const source = ts.createSourceFile(file, readFileSync(join(SRC, file), 'utf8'), ts.ScriptTarget.ES2022);
  const found: Import[] = [];
  const add = (specifier: string, typeOnly: boolean): void => {
    if (!specifier.startsWith('.')) return;
    const target = relative(SRC, resolve(SRC, dirname(file), specifier)).split(sep).join('/').replace(/\.js$/, '.ts');
    found.push({ from: file, to: target, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      add(node.moduleSpecifier.text, ts.isImportDeclaration(node) ? node.importClause?.isTypeOnly === true : node.isTypeOnly);
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword && node.arguments[0] && ts.isStringLiteral(node.arguments[0])) add(node.arguments[0].text, false);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const roomOf = (file: string): string => file.split('/')[0] ?? '';

describe('imports', () => {
  const files = sources();
  const imports = files.flatMap(importsOf);

  it('finds the source', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(imports.length).toBeGreaterThan(100);
  });

  it('run one way', () => {
    const wrong = imports.filter(({ from, to }) => {
      if (ROOT_FILES.includes(from) || roomOf(from) === roomOf(to)) return false;
      return !(MAY_IMPORT[roomOf(from)] ?? []).includes(roomOf(to));
    });
    expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it('keep the browser out of the server', () => {
    const wrong = imports.filter(({ from, to, typeOnly }) => roomOf(from) === 'server' && roomOf(to) === 'transport' && !typeOnly && !SHARED_WITH_SERVER.includes(to));
    expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it('never form a ring', () => {
    const edges = new Map(files.map((file) => [file, imports.filter(({ from, typeOnly }) => from === file && !typeOnly).map(({ to }) => to)]));
    const done = new Set<string>();
    const rings: string[] = [];
    const walk = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) {
        rings.push([...path.slice(path.indexOf(file)), file].join(' → '));
        return;
      }
      if (done.has(file)) return;
      for (const next of edges.get(file) ?? []) walk(next, [...path, file]);
      done.add(file);
    };
    for (const file of files) walk(file, []);
    expect(rings).toEqual([]);
  });
});

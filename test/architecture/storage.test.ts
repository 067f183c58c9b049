import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/* Biometrics are never written to the person's device. The rooms that hold them name nothing that could. */

const ROOMS = ['capture', 'detector', 'element', 'flow', 'liveness', 'transport'];

/** Every way for a page to keep bytes beyond itself, by the name that leads to it. */
const KEEPERS = [
  'localStorage', 'sessionStorage', 'indexedDB', 'caches', 'CacheStorage', 'cookie', 'cookieStore', 'openDatabase', 'serviceWorker', 'SharedWorker', 'sharedStorage',
  'getDirectory', 'createWritable', 'createSyncAccessHandle', 'showSaveFilePicker', 'requestFileSystem', 'webkitRequestFileSystem', 'backgroundFetch', 'setStorage', 'setStorageSync', 'getFileSystemManager',
];

/** Names and texts of a file; what a comment says is neither. */
function namesOf(text: string): readonly string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) || ts.isStringLiteralLike(node)) names.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('file.ts', text, ts.ScriptTarget.ES2022));
  return names;
}

describe('rooms that hold biometrics', () => {
  it.each(ROOMS)('%s names no storage', (room) => {
    const files = readdirSync(join('src', room), { recursive: true }).map(String).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
    expect(files.length).toBeGreaterThan(2);
    const found = files.flatMap((name) => namesOf(readFileSync(join('src', room, name), 'utf8')).flatMap((word) => (KEEPERS.includes(word) ? [`${room}/${name}: ${word}`] : [])));
    expect(found).toEqual([]);
  });

  it.each(['localStorage.setItem("a", "b")', 'host["indexedDB"]', 'const { caches: kept } = globalThis', 'document.cookie = ""'])('%s would be seen', (code) => {
    expect(namesOf(code).filter((word) => KEEPERS.includes(word))).toHaveLength(1);
  });
});

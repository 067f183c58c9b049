import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A folder into which the packed package was installed, as a customer would. */
export interface FreshFolder {
  readonly path: string;
  /** Runs a program there; rejects with what it printed when it fails. */
  exec(file: string, args: readonly string[]): Promise<string>;
  write(name: string, content: string): Promise<void>;
  remove(): Promise<void>;
}

/** Packs the built package and installs the tarball in a new folder. */
export async function installPacked(): Promise<FreshFolder> {
  const path = await mkdtemp(join(tmpdir(), 'facefront-pack-'));
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', path], { cwd: resolve('.') });
  const packed = JSON.parse(stdout) as unknown;
  const [{ filename }] = (Array.isArray(packed) ? packed : Object.values(packed as object)) as [{ filename: string }];
  const folder: FreshFolder = {
    path,
    async exec(file, args) {
      try {
        return (await run(file, [...args], { cwd: path, maxBuffer: 1 << 26 })).stdout;
      } catch (error) {
        const { stdout: out, stderr } = error as { stdout?: string; stderr?: string };
        throw new Error(`${file} ${args.join(' ')}\n${out ?? ''}${stderr ?? ''}`, { cause: error });
      }
    },
    write: (name, content) => writeFile(join(path, name), content),
    remove: () => rm(path, { recursive: true, force: true }),
  };
  await folder.write('package.json', JSON.stringify({ name: 'customer', private: true, type: 'module' }));
  await folder.exec('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', `./${filename}`]);
  return folder;
}

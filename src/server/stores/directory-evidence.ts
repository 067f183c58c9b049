import type * as Files from 'node:fs/promises';
import type { ManifestPart } from '../../transport/protocol.js';
import type { EvidenceStore } from './port.js';
import { createSweeper } from './sweeper.js';

/** What is used of `node:fs/promises`. */
export type FileSystem = Pick<typeof Files, 'access' | 'mkdir' | 'mkdtemp' | 'readFile' | 'readdir' | 'rename' | 'rm' | 'stat' | 'statfs' | 'writeFile'>;

/** Options of {@link createDirectoryEvidenceStore}. */
export interface DirectoryEvidenceStoreOptions {
  /**
   * Where the parts go, a folder for each session; made if it is not there. Instances may share it. Default a new folder
   * below the system's temporary ones, for this process alone and
   * removed with it: what a process leaves that is killed stays until the system clears such files.
   */
  readonly directory?: string;
  /** Parts are refused for the time being when the file system has less left than this. Default 67,108,864. */
  readonly minFreeBytes?: number;
  /** Milliseconds between two looks for what has expired. Default 60,000. */
  readonly sweepIntervalMs?: number;
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly now?: () => number;
  /** Default `node:fs/promises`. */
  readonly files?: FileSystem;
}

/** The directory store, and what its owner may ask of it. */
export interface DirectoryEvidenceStore extends EvidenceStore {
  /** Deletes what has expired, all that it can; rejects with the first failure. Runs by itself too. */
  sweep(): Promise<void>;
  /** Nothing is stored from here on. The default folder goes, with what is in it, once what is being written is. */
  close(): Promise<void>;
}

/** Holds the moment at which the session's folder is deleted. */
const EXPIRY_FILE = 'expires';

/** A folder without that file was left by a crash between two steps; this old, nobody is at work in it any more. */
const ORPHAN_MS = 3_600_000;

/** What file systems say when there is no room: the disk, the user's quota. */
const FULL: readonly unknown[] = ['ENOSPC', 'EDQUOT'];

/** Session ids as the handler makes them, and nothing that could lead out of the directory. */
const SESSION_ID = /^[A-Za-z0-9_-]{1,128}$/;

/** What this process has made below the system's temporary files; one listener for all. */
const temporaryRoots = new Set<string>();

/** True on runtimes that have `node:fs`. */
export function hasFiles(): boolean {
  return typeof (globalThis as { process?: { versions?: { node?: string } } }).process?.versions?.node === 'string';
}

/**
 * Evidence as files, readable by the server's own user only. A part appears under its name when it is whole, so that a
 * crash or a full disk leaves no half of one.
 */
export function createDirectoryEvidenceStore(options: DirectoryEvidenceStoreOptions = {}): DirectoryEvidenceStore {
  const { minFreeBytes = 67_108_864, sweepIntervalMs = 60_000, now = Date.now } = options;
  const temporary = options.directory === undefined;
  let fileSystem: Promise<FileSystem> | undefined;
  let root: Promise<string> | undefined;
  let closed = false;
  /** What writes at this moment. */
  const writing = new Set<Promise<unknown>>();
  // Loaded when it is needed: the handler also runs where there are no files.
  const load = (): Promise<FileSystem> => (fileSystem ??= options.files ? Promise.resolve(options.files) : import('node:fs/promises'));
  const place = async (): Promise<string> => {
    // Awaited first: two callers that both wait inside the assignment would each make a folder.
    const files = await load();
    if (closed) throw new Error('the evidence store is closed');
    root ??= makeRoot(options.directory, files);
    const path = await root.catch((error: unknown) => {
      root = undefined;
      throw error;
    });
    sweeper.start();
    return path;
  };
  const folderOf = async (sessionId: string): Promise<string> => {
    if (!SESSION_ID.test(sessionId)) throw new TypeError('sessionId must be 1 to 128 base64url characters');
    return `${await place()}/${sessionId}`;
  };
  const writeWhole = async (path: string, content: Uint8Array | string): Promise<void> => {
    const files = await load();
    const draft = `${path}.${toName(globalThis.crypto.getRandomValues(new Uint8Array(8)))}.tmp`;
    try {
      await files.writeFile(draft, content, { mode: 0o600, flush: true });
      await files.rename(draft, path);
    } catch (error) {
      await files.rm(draft, { force: true });
      throw error;
    }
  };
  const putPart: EvidenceStore['putPart'] = async (sessionId, part, bytes, expiresAt) => {
    const files = await load();
    try {
      const folder = await folderOf(sessionId);
      const { bavail, bsize } = await files.statfs(await place());
      if (bavail * bsize < minFreeBytes + bytes.length) return 'full';
      await files.mkdir(folder, { recursive: true, mode: 0o700 });
      // First, so that nothing is ever without a moment at which it goes. Not over a later one's: that is expireSession's.
      await files.access(`${folder}/${EXPIRY_FILE}`).catch(() => writeWhole(`${folder}/${EXPIRY_FILE}`, String(expiresAt)));
      await writeWhole(`${folder}/${nameOf(part)}`, bytes);
      return 'stored';
    } catch (error) {
      if (FULL.includes((error as { code?: unknown }).code)) return 'full';
      throw error;
    }
  };
  const remove = async (folder: string): Promise<void> => {
    await (await load()).rm(folder, { recursive: true, force: true });
  };
  const sweep = async (): Promise<void> => {
    const [files, directory] = [await load(), await place()];
    const failures: unknown[] = [];
    for (const name of await files.readdir(directory)) {
      const folder = `${directory}/${name}`;
      const marked = await files.readFile(`${folder}/${EXPIRY_FILE}`, 'utf8').then(Number, () => undefined);
      const expiresAt = marked ?? (await files.stat(folder).then(({ mtimeMs }) => mtimeMs + ORPHAN_MS, () => Infinity));
      // One that cannot be deleted must not keep all those behind it.
      if (SESSION_ID.test(name) && expiresAt <= now()) await remove(folder).catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  };
  const sweeper = createSweeper(sweep, sweepIntervalMs);
  // Not with the first part: what an earlier process left behind is to go in a quiet service too. A folder of this process alone is not even there.
  if (!temporary) sweeper.start();

  return {
    async putPart(...write) {
      const written = putPart(...write);
      writing.add(written);
      return written.finally(() => writing.delete(written));
    },

    async readPart(sessionId, part) {
      const files = await load();
      const folder = await folderOf(sessionId);
      try {
        if (Number(await files.readFile(`${folder}/${EXPIRY_FILE}`, 'utf8')) <= now()) return undefined;
        return new Uint8Array(await files.readFile(`${folder}/${nameOf(part)}`));
      } catch (error) {
        if ((error as { code?: unknown }).code === 'ENOENT') return undefined;
        throw error;
      }
    },

    async deletePart(sessionId, part) {
      await (await load()).rm(`${await folderOf(sessionId)}/${nameOf(part)}`, { force: true });
    },

    async expireSession(sessionId, expiresAt) {
      const files = await load();
      const folder = await folderOf(sessionId);
      if (await files.access(folder).then(() => true, () => false)) await writeWhole(`${folder}/${EXPIRY_FILE}`, String(expiresAt));
    },

    async deleteSession(sessionId) {
      if (root === undefined && temporary) return;
      await remove(await folderOf(sessionId));
    },

    sweep,
    async close() {
      sweeper.stop();
      closed = true;
      if (!temporary || root === undefined) return;
      // A part that is half written would come back after its folder has gone.
      await Promise.allSettled(writing);
      await removeRoot(await root);
    },

    async ping() {
      await (await load()).access(await place());
    },
  };
}

async function makeRoot(directory: string | undefined, files: FileSystem): Promise<string> {
  if (directory !== undefined) {
    await files.mkdir(directory, { recursive: true, mode: 0o700 });
    return directory;
  }
  const { tmpdir } = await import('node:os');
  const path = await files.mkdtemp(`${tmpdir()}/facefront-evidence-`);
  if (temporaryRoots.size === 0) {
    const { rmSync } = await import('node:fs');
    // Nothing asynchronous runs any more by then.
    process.once('exit', () => temporaryRoots.forEach((root) => rmSync(root, { recursive: true, force: true })));
  }
  temporaryRoots.add(path);
  return path;
}

async function removeRoot(path: string): Promise<void> {
  await (await import('node:fs/promises')).rm(path, { recursive: true, force: true });
}

function nameOf({ index, digest }: ManifestPart): string {
  return `${index}-${digest}`;
}

function toName(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

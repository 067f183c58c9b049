import type { ManifestPart } from '../../transport/protocol.js';
import type { EvidenceStore } from './port.js';
import { createSweeper } from './sweeper.js';

/** What is used of class `S3` of `@aws-sdk/client-s3` 3, which speaks to any store of that interface. */
export interface S3Client {
  putObject(input: { Bucket: string; Key: string; Body: Uint8Array | string; ContentType: string }): Promise<unknown>;
  getObject(input: { Bucket: string; Key: string }): Promise<{ Body?: { transformToByteArray(): Promise<Uint8Array> } | undefined }>;
  deleteObject(input: { Bucket: string; Key: string }): Promise<unknown>;
  listObjectsV2(input: { Bucket: string; Prefix: string; ContinuationToken?: string }): Promise<{
    Contents?: { Key?: string | undefined }[] | undefined;
    IsTruncated?: boolean | undefined;
    NextContinuationToken?: string | undefined;
  }>;
  headBucket(input: { Bucket: string }): Promise<unknown>;
}

/** Options of {@link createS3EvidenceStore}. */
export interface S3EvidenceStoreOptions {
  /** `new S3({ … })` of `@aws-sdk/client-s3`. Its time limits and retries are yours to set. */
  readonly s3: S3Client;
  /** Private, encrypted, without versions: a version of a face is kept although it was deleted. */
  readonly bucket: string;
  /** Begins every key. Default `facefront/`. */
  readonly prefix?: string;
  /** Milliseconds between two looks for what has expired, a request for each session that is there. Default 300,000. */
  readonly sweepIntervalMs?: number;
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly now?: () => number;
}

/** The S3 store, and what its owner may ask of it. */
export interface S3EvidenceStore extends EvidenceStore {
  /** Deletes what has expired, all that it can; rejects with the first failure. Runs by itself too. */
  sweep(): Promise<void>;
  close(): void;
}

/** Holds an object for each session, with the moment at which the session's parts are deleted. Apart from the parts, so that looking for what has expired lists no part. */
const EXPIRIES = 'expires/';

/** Sessions whose moment is known to be written; more than are ever open at once in one instance. */
const MAX_KNOWN = 10_000;

/** Evidence in an object store, shared by any number of instances. Add a lifecycle rule of a day as a net under it. */
export function createS3EvidenceStore({ s3, bucket, prefix = 'facefront/', sweepIntervalMs = 300_000, now = Date.now }: S3EvidenceStoreOptions): S3EvidenceStore {
  const known = new Set<string>();
  const keyOf = (sessionId: string, name: string): string => `${prefix}${sessionId}/${name}`;
  const expiryKeyOf = (sessionId: string): string => `${prefix}${EXPIRIES}${sessionId}`;
  const read = async (key: string): Promise<Uint8Array<ArrayBuffer> | undefined> => {
    try {
      const { Body } = await s3.getObject({ Bucket: bucket, Key: key });
      return Body && new Uint8Array(await Body.transformToByteArray());
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  };
  const expiryOf = async (sessionId: string): Promise<number | undefined> => {
    const marked = await read(expiryKeyOf(sessionId));
    return marked && Number(new TextDecoder().decode(marked));
  };
  const writeExpiry = async (sessionId: string, expiresAt: number): Promise<void> => {
    await s3.putObject({ Bucket: bucket, Key: expiryKeyOf(sessionId), Body: String(expiresAt), ContentType: 'text/plain' });
    if (known.size >= MAX_KNOWN) known.clear();
    known.add(sessionId);
  };
  const list = async (listPrefix: string): Promise<string[]> => {
    const found: string[] = [];
    let token: string | undefined;
    do {
      const page = await s3.listObjectsV2({ Bucket: bucket, Prefix: listPrefix, ...(token !== undefined && { ContinuationToken: token }) });
      for (const { Key } of page.Contents ?? []) if (Key !== undefined) found.push(Key);
      token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
    } while (token !== undefined);
    return found;
  };
  const deleteSession = async (sessionId: string): Promise<void> => {
    let keys = await list(keyOf(sessionId, ''));
    do {
      known.delete(sessionId);
      for (const key of keys) await s3.deleteObject({ Bucket: bucket, Key: key });
      // Last: were this to break off, the next sweep still finds when the rest is to go.
      await s3.deleteObject({ Bucket: bucket, Key: expiryKeyOf(sessionId) });
      // Another instance's part may have come in between. Of one that comes later, that instance sees that it has no moment any more.
      keys = await list(keyOf(sessionId, ''));
      if (keys.length > 0) await writeExpiry(sessionId, now());
    } while (keys.length > 0);
  };
  const sweep = async (): Promise<void> => {
    const failures: unknown[] = [];
    const look = async (sessionId: string): Promise<void> => {
      const expiresAt = await expiryOf(sessionId);
      if (expiresAt !== undefined && expiresAt <= now()) await deleteSession(sessionId);
    };
    // One that cannot be deleted must not keep all those behind it.
    for (const key of await list(expiryKeyOf(''))) await look(key.slice(expiryKeyOf('').length)).catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  };
  const sweeper = createSweeper(sweep, sweepIntervalMs);
  // Not with the first part: what an earlier process left behind is to go in a quiet service too.
  sweeper.start();

  return {
    async putPart(sessionId, part, bytes, expiresAt) {
      sweeper.start();
      // First, so that nothing is ever without a moment at which it goes. Not over a later one's: that is expireSession's.
      if (!known.has(sessionId) && (await expiryOf(sessionId)) === undefined) await writeExpiry(sessionId, expiresAt);
      known.add(sessionId);
      await s3.putObject({ Bucket: bucket, Key: keyOf(sessionId, nameOf(part)), Body: bytes, ContentType: 'application/octet-stream' });
      // Another instance may have deleted the session meanwhile. What comes too late is deleted by whoever sent it, but that may fail.
      if ((await expiryOf(sessionId)) === undefined) await writeExpiry(sessionId, expiresAt);
      return 'stored';
    },

    async readPart(sessionId, part) {
      const [expiresAt, bytes] = await Promise.all([expiryOf(sessionId), read(keyOf(sessionId, nameOf(part)))]);
      return expiresAt !== undefined && expiresAt > now() ? bytes : undefined;
    },

    async deletePart(sessionId, part) {
      await s3.deleteObject({ Bucket: bucket, Key: keyOf(sessionId, nameOf(part)) });
    },

    async expireSession(sessionId, expiresAt) {
      if ((await expiryOf(sessionId)) !== undefined) await writeExpiry(sessionId, expiresAt);
    },

    deleteSession,
    sweep,
    close: () => sweeper.stop(),

    async ping() {
      await s3.headBucket({ Bucket: bucket });
    },
  };
}

function nameOf({ index, digest }: ManifestPart): string {
  return `${index}-${digest}`;
}

/** The SDK names the error; stores that are only compatible may do so by status alone. */
function isMissing(error: unknown): boolean {
  const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  return name === 'NoSuchKey' || name === 'NotFound' || $metadata?.httpStatusCode === 404;
}

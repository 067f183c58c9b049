import type { S3ClientConfig } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createS3EvidenceStore } from '../../src/server/index.js';
import type { S3Client, S3EvidenceStore, S3EvidenceStoreOptions } from '../../src/server/index.js';
import { recording } from './recordings.js';
import { PASSING, openSession, pieces, postJson, problemOf, putPart, startService, submissionFor } from './service.js';
import { startS3 } from './s3-server.js';
import type { S3Server } from './s3-server.js';

const part = (index: number, mark = 'a') => ({ index, bytes: 3, digest: mark.repeat(64) });
const BYTES = new Uint8Array([1, 2, 3]);
const [ONE, TWO] = ['A'.repeat(22), 'B'.repeat(22)];
/** What a page of a listing holds at most in these tests; S3's own is 1,000. */
const PAGE = 3;

let s3: S3Server;
const stores: S3EvidenceStore[] = [];
let clock = 1000;
beforeAll(async () => {
  s3 = await startS3('evidence');
});
afterAll(() => s3.close());
beforeEach(() => {
  clock = 1000;
});
afterEach(async () => {
  s3.onTheWay = () => 'pass';
  for (const store of stores.splice(0)) store.close();
  const left = await s3.keys();
  if (left.length > 0) await s3.connect().deleteObjects({ Bucket: 'evidence', Delete: { Objects: left.map((Key) => ({ Key })) } });
});
function create(options: Partial<S3EvidenceStoreOptions> = {}, client: S3ClientConfig = {}): S3EvidenceStore {
  const real = s3.connect(client);
  const paged: S3Client = {
    putObject: (input) => real.putObject(input),
    getObject: (input) => real.getObject(input),
    deleteObject: (input) => real.deleteObject(input),
    headBucket: (input) => real.headBucket(input),
    listObjectsV2: (input) => real.listObjectsV2({ ...input, MaxKeys: PAGE }),
  };
  const store = createS3EvidenceStore({ s3: paged, bucket: 'evidence', now: () => clock, ...options });
  stores.push(store);
  return store;
}
const keysOf = async (sessionId: string): Promise<string[]> => (await s3.keys()).filter((key) => key.includes(sessionId));

describe('evidence in an object store, through the real SDK', () => {
  it('takes the SDK’s client as it is', async () => {
    const store = create({ s3: s3.connect() });
    expect(await store.putPart(ONE, part(0), BYTES, 2000)).toBe('stored');
    expect(await store.readPart(ONE, part(0))).toEqual(BYTES);
    await store.deleteSession(ONE);
    expect(await s3.keys()).toEqual([]);
  });

  it('is given back by another instance', async () => {
    const [one, two] = [create(), create()];
    expect(await one.putPart(ONE, part(0), BYTES, 2000)).toBe('stored');
    expect(await two.readPart(ONE, part(0))).toEqual(BYTES);
    expect(await two.readPart(ONE, part(1))).toBeUndefined();
    expect(await two.readPart(TWO, part(0))).toBeUndefined();
    await two.deletePart(ONE, part(0));
    expect(await one.readPart(ONE, part(0))).toBeUndefined();
    await one.deleteSession(ONE);
    expect(await s3.keys()).toEqual([]);
  });

  it('a part of a mebibyte comes back as it was, with the checksums the SDK adds by itself and without', async () => {
    const bytes = Uint8Array.from({ length: 1_048_576 }, (_, index) => (index * 31) % 251);
    for (const checksums of ['WHEN_SUPPORTED', 'WHEN_REQUIRED'] as const) {
      const store = create({}, { requestChecksumCalculation: checksums, responseChecksumValidation: checksums });
      await store.putPart(ONE, part(0, checksums === 'WHEN_REQUIRED' ? 'c' : 'd'), bytes, 2000);
      expect(Buffer.compare((await store.readPart(ONE, part(0, checksums === 'WHEN_REQUIRED' ? 'c' : 'd'))) ?? BYTES, bytes)).toBe(0);
    }
  });

  it('goes when its time comes, whichever instance looks, over any number of pages', async () => {
    const [one, two] = [create(), create()];
    for (let index = 0; index < 7; index++) await one.putPart(ONE, part(index), BYTES, 2000);
    for (const letter of 'CDEFG') await one.putPart(letter.repeat(22), part(0), BYTES, 3000);
    await one.putPart(TWO, part(0), BYTES, 2000);
    await one.expireSession(TWO, 5000);
    await two.putPart(TWO, part(1), BYTES, 2000);
    await one.expireSession('X'.repeat(22), 5000);
    clock = 2000;
    expect(await two.readPart(ONE, part(0))).toBeUndefined();
    await two.sweep();
    expect(await keysOf(ONE)).toEqual([]);
    expect(await s3.keys()).toHaveLength(13);
    clock = 4999;
    await two.sweep();
    expect(await s3.keys()).toHaveLength(3);
    expect(await two.readPart(TWO, part(1))).toEqual(BYTES);
    clock = 5000;
    await two.sweep();
    expect(await s3.keys()).toEqual([]);
  });

  it('is looked through without anybody asking', async () => {
    const store = create({ now: Date.now, sweepIntervalMs: 20 });
    await store.putPart(ONE, part(0), BYTES, Date.now() + 50);
    await expect.poll(() => s3.keys(), { timeout: 10_000 }).toEqual([]);
  });

  it('that an instance left behind goes though nothing is asked of the next one', async () => {
    const crashed = create();
    await crashed.putPart(ONE, part(0), BYTES, 2000);
    crashed.close();
    clock = 2000;
    create({ sweepIntervalMs: 20 });
    await expect.poll(() => s3.keys(), { timeout: 10_000 }).toEqual([]);
  });

  it('says when the bucket is there and when it is not', async () => {
    await expect(create().ping?.()).resolves.toBeUndefined();
    await expect(create({ bucket: 'another' }).ping?.()).rejects.toMatchObject({ name: 'NotFound' });
    await expect(create({ bucket: 'another' }).putPart(ONE, part(0), BYTES, 2000)).rejects.toMatchObject({ name: 'NoSuchBucket' });
    await expect(create({}, { credentials: { accessKeyId: 'unknown', secretAccessKey: 's' } }).putPart(ONE, part(0), BYTES, 2000)).rejects.toMatchObject({ name: 'InvalidAccessKeyId' });
  });

  it('another session’s objects are not touched by a name that begins alike', async () => {
    const store = create({ prefix: 'face' });
    await store.putPart(ONE, part(0), BYTES, 2000);
    await store.putPart(ONE.slice(1), part(0), BYTES, 2000);
    await store.deleteSession(ONE.slice(1));
    expect(await store.readPart(ONE, part(0))).toEqual(BYTES);
  });
});

describe('an object store that fails', () => {
  it('a part that breaks off is not stored, and is whole after a repetition, the SDK’s or ours', async () => {
    const store = create({}, { maxAttempts: 1 });
    await store.putPart(ONE, part(0), BYTES, 2000);
    const bytes = new Uint8Array(300_000).fill(7);
    s3.onTheWay = (method, key) => (method === 'PUT' && key.includes('/1-') ? 'within' : 'pass');
    // S3 has no half objects; what this implementation leaves of one counts for nothing, as the part was never acknowledged.
    await expect(store.putPart(ONE, part(1), bytes, 2000)).rejects.toThrow();
    s3.onTheWay = () => 'pass';
    expect(await store.putPart(ONE, part(1), bytes, 2000)).toBe('stored');
    expect(Buffer.compare((await store.readPart(ONE, part(1))) ?? BYTES, bytes)).toBe(0);
    let broken = 0;
    s3.onTheWay = (method) => (method === 'PUT' && broken++ === 0 ? 'within' : 'pass');
    expect(await create({}, { maxAttempts: 2 }).putPart(ONE, part(2), bytes, 2000)).toBe('stored');
    expect(broken).toBe(2);
    expect(Buffer.compare((await store.readPart(ONE, part(2))) ?? BYTES, bytes)).toBe(0);
  });

  it('a part whose session’s end could not be written is not stored', async () => {
    const store = create({}, { maxAttempts: 1 });
    s3.onTheWay = (method, key) => (method === 'PUT' && key.startsWith('facefront/expires/') ? 'slow-down' : 'pass');
    await expect(store.putPart(ONE, part(0), BYTES, 2000)).rejects.toMatchObject({ name: 'SlowDown' });
    expect(await s3.keys()).toEqual([]);
    s3.onTheWay = () => 'pass';
    await store.putPart(ONE, part(0), BYTES, 2000);
    expect(await s3.keys()).toHaveLength(2);
  });

  it('a deletion that breaks off is finished by the next look, of any instance', async () => {
    const [one, two] = [create({}, { maxAttempts: 1 }), create()];
    for (let index = 0; index < 5; index++) await one.putPart(ONE, part(index), BYTES, 2000);
    s3.onTheWay = (method, key) => (method === 'DELETE' && key.includes('/3-') ? 'before' : 'pass');
    await expect(one.deleteSession(ONE)).rejects.toThrow();
    s3.onTheWay = () => 'pass';
    const left = await keysOf(ONE);
    expect(left.length).toBeGreaterThan(1);
    expect(left).toContain(`facefront/expires/${ONE}`);
    clock = 2000;
    await two.sweep();
    expect(await s3.keys()).toEqual([]);
  });

  it('a part that comes when another instance has deleted the session goes in time, though it cannot be deleted at once', async () => {
    const [one, two] = [create(), create({}, { maxAttempts: 1 })];
    await one.putPart(ONE, part(0), BYTES, 2000);
    await two.putPart(ONE, part(1), BYTES, 2000);
    await one.deleteSession(ONE);
    expect(await s3.keys()).toEqual([]);
    // On its way since before; its claim is refused then, and what it left is to be taken back.
    await two.putPart(ONE, part(2), BYTES, 2000);
    s3.onTheWay = (method) => (method === 'DELETE' ? 'slow-down' : 'pass');
    await expect(two.deletePart(ONE, part(2))).rejects.toMatchObject({ name: 'SlowDown' });
    s3.onTheWay = () => 'pass';
    expect(await keysOf(ONE)).toContain(`facefront/${ONE}/2-${'a'.repeat(64)}`);
    clock = 2000;
    await one.sweep();
    expect(await s3.keys()).toEqual([]);
  });

  it.each(['before', 'after'])('a part that comes just %s the deletion of its session’s end is not left without one', async (when) => {
    const real = s3.connect();
    const two = create();
    await two.putPart(ONE, part(0), BYTES, 2000);
    let late = 1;
    const one = create({
      s3: {
        putObject: (input) => real.putObject(input),
        getObject: (input) => real.getObject(input),
        headBucket: (input) => real.headBucket(input),
        listObjectsV2: (input) => real.listObjectsV2(input),
        async deleteObject(input) {
          const race = input.Key === `facefront/expires/${ONE}` && late-- > 0;
          if (race && when === 'before') await two.putPart(ONE, part(1), BYTES, 2000);
          await real.deleteObject(input);
          if (race && when === 'after') await two.putPart(ONE, part(1), BYTES, 2000);
        },
      },
    });
    await one.deleteSession(ONE);
    clock = 2000;
    await one.sweep();
    expect(await s3.keys()).toEqual([]);
  });

  it('one session that cannot be deleted does not keep the others', async () => {
    const store = create({}, { maxAttempts: 1 });
    for (const letter of 'CDEFG') await store.putPart(letter.repeat(22), part(0), BYTES, 2000);
    clock = 2000;
    s3.onTheWay = (method, key) => (method === 'DELETE' && key.includes('CCC') ? 'slow-down' : 'pass');
    await expect(store.sweep()).rejects.toMatchObject({ name: 'SlowDown' });
    expect(await s3.keys()).toHaveLength(2);
    s3.onTheWay = () => 'pass';
    await store.sweep();
    expect(await s3.keys()).toEqual([]);
  });

  it('ended and started again in the middle of a verification: the parts that it took are there', async () => {
    const service = await startService({ evidence: create({ now: Date.now }, { maxAttempts: 1 }) });
    const session = await openSession(service);
    const parts = pieces(await recording(), 100_000);
    expect((await putPart(service, session.sessionId, 0, parts[0] ?? BYTES)).status).toBe(204);
    await s3.kill();
    expect(problemOf(await putPart(service, session.sessionId, 1, parts[1] ?? BYTES))).toMatchObject({ status: 500, name: 'internal' });
    await s3.restart();
    for (const [index, piece] of parts.entries()) expect((await putPart(service, session.sessionId, index, piece)).status).toBe(204);
    expect(await postJson(service, `sessions/${session.sessionId}/submission`, await submissionFor(session, parts))).toMatchObject({ status: 200, body: { verdict: { decision: 'passed' } } });
    expect(await s3.keys()).toEqual([]);
    await service.close();
  });

  it('carries a verification, and a store that is too busy is a 500 that a retry mends', async () => {
    const service = await startService({ evidence: create({ now: Date.now }) });
    const session = await openSession(service);
    const parts = pieces(await recording(), 100_000);
    s3.onTheWay = (method, key) => (method === 'PUT' && !key.startsWith('facefront/expires/') ? 'slow-down' : 'pass');
    expect(problemOf(await putPart(service, session.sessionId, 0, parts[0] ?? BYTES))).toMatchObject({ status: 500, name: 'internal' });
    s3.onTheWay = () => 'pass';
    for (const [index, piece] of parts.entries()) expect((await putPart(service, session.sessionId, index, piece)).status).toBe(204);
    expect(await s3.keys()).toHaveLength(parts.length + 1);
    expect(await postJson(service, `sessions/${session.sessionId}/submission`, await submissionFor(session, parts))).toMatchObject({ status: 200, body: { verdict: { decision: 'passed' } } });
    expect(await s3.keys()).toEqual([]);
    await service.close();
  });

  it('too busy to note that evidence is kept longer keeps no verdict', async () => {
    let asked = 0;
    const service = await startService({ evidence: create({ now: Date.now }, { maxAttempts: 1 }), vendor: { decide: async (question) => ((asked += 1), PASSING.decide(question)) } });
    const session = await openSession(service);
    const parts = pieces(await recording(), 100_000);
    for (const [index, piece] of parts.entries()) await putPart(service, session.sessionId, index, piece);
    s3.onTheWay = (method) => (method === 'PUT' ? 'slow-down' : 'pass');
    expect(await postJson(service, `sessions/${session.sessionId}/submission`, await submissionFor(session, parts))).toMatchObject({ status: 200, body: { verdict: { decision: 'passed' } } });
    expect(asked).toBe(1);
    expect(service.log).toContainEqual(expect.objectContaining({ event: 'failed', error: expect.objectContaining({ name: 'SlowDown' }) }));
    await service.close();
  });
});

import { S3 } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createS3EvidenceStore } from '../../src/server/index.js';
import type { S3EvidenceStore } from '../../src/server/index.js';
import { recording } from './recordings.js';
import { openSession, pieces, postJson, problemOf, putPart, startService, submissionFor } from './service.js';
import { startS3Subset } from './s3-subset.js';
import type { S3Subset } from './s3-subset.js';

const part = (index: number, mark = 'a') => ({ index, bytes: 3, digest: mark.repeat(64) });
const BYTES = new Uint8Array([1, 2, 3]);
const [ONE, TWO] = ['A'.repeat(22), 'B'.repeat(22)];

let s3: S3Subset;
const open: S3[] = [];
const stores: S3EvidenceStore[] = [];
let clock = 1000;
beforeEach(async () => {
  clock = 1000;
  s3 = await startS3Subset('evidence');
});
afterEach(async () => {
  for (const store of stores.splice(0)) store.close();
  for (const client of open.splice(0)) client.destroy();
  await s3.close();
});
function create(options: { readonly bucket?: string; readonly now?: () => number; readonly sweepIntervalMs?: number } = {}): S3EvidenceStore {
  const client = new S3({ endpoint: s3.endpoint, region: 'us-east-1', forcePathStyle: true, credentials: { accessKeyId: 'a', secretAccessKey: 's' }, maxAttempts: 2 });
  open.push(client);
  const store = createS3EvidenceStore({ s3: client, bucket: 'evidence', now: () => clock, ...options });
  stores.push(store);
  return store;
}

describe('evidence in an object store, through the real SDK', () => {
  it('is given back by another instance', async () => {
    const [one, two] = [create(), create()];
    expect(await one.putPart(ONE, part(0), BYTES, 2000)).toBe('stored');
    expect(await two.readPart(ONE, part(0))).toEqual(BYTES);
    expect(await two.readPart(ONE, part(1))).toBeUndefined();
    expect(await two.readPart(TWO, part(0))).toBeUndefined();
    await two.deletePart(ONE, part(0));
    expect(await one.readPart(ONE, part(0))).toBeUndefined();
    await one.deleteSession(ONE);
    expect(s3.keys()).toEqual([]);
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
    expect(s3.keys().filter((key) => key.includes(ONE))).toEqual([]);
    expect(s3.keys()).toHaveLength(13);
    clock = 4999;
    await two.sweep();
    expect(s3.keys()).toHaveLength(3);
    expect(await two.readPart(TWO, part(1))).toEqual(BYTES);
    clock = 5000;
    await two.sweep();
    expect(s3.keys()).toEqual([]);
  });

  it('is looked through without anybody asking', async () => {
    const store = create({ now: Date.now, sweepIntervalMs: 20 });
    await store.putPart(ONE, part(0), BYTES, Date.now() + 50);
    await expect.poll(() => s3.keys(), { timeout: 10_000 }).toEqual([]);
  });

  it('says when the bucket is there and when it is not', async () => {
    await expect(create().ping?.()).resolves.toBeUndefined();
    await expect(create({ bucket: 'another' }).ping?.()).rejects.toThrow();
    await expect(create({ bucket: 'another' }).putPart(ONE, part(0), BYTES, 2000)).rejects.toThrow();
  });

  it('carries a verification, and a store that is too busy is a 500 that a retry mends', async () => {
    const service = await startService({ evidence: create({ now: Date.now }) });
    const session = await openSession(service);
    const parts = pieces(await recording(), 100_000);
    s3.slowDown = (method, key) => method === 'PUT' && !key.endsWith('expires');
    expect(problemOf(await putPart(service, session.sessionId, 0, parts[0] ?? BYTES))).toMatchObject({ status: 500, name: 'internal' });
    s3.slowDown = () => false;
    for (const [index, piece] of parts.entries()) expect((await putPart(service, session.sessionId, index, piece)).status).toBe(204);
    expect(s3.keys()).toHaveLength(parts.length + 1);
    expect(await postJson(service, `sessions/${session.sessionId}/submission`, await submissionFor(session, parts))).toMatchObject({ status: 200, body: { verdict: { decision: 'passed' } } });
    expect(s3.keys()).toEqual([]);
    await service.close();
  });
});

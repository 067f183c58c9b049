import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { createSourceInspector } from '../../demo/source-inspector.js';
import { InspectorUnavailableError, createWorkerInspector } from '../../src/server/index.js';
import type { Bytes } from '../../src/transport/chain.js';
import { recording } from './recordings.js';
import { PASSING, startService, verify } from './service.js';

const UNDECODABLE = { readable: false, reason: 'undecodable' };

/** Writes a 32-bit number behind the first box of this type. */
function patchBox(file: Bytes, type: string, offset: number, value: number): Bytes {
  const patched = file.slice();
  const at = Buffer.from(patched.buffer).indexOf(type);
  if (at < 0) throw new Error(`no ${type}`);
  new DataView(patched.buffer).setUint32(at + 4 + offset, value);
  return patched;
}

describe('a recording made to hurt', () => {
  const inspect = createSourceInspector({ timeoutMs: 1500, memoryMb: 64 });

  it('that keeps the demuxer in a loop costs its own inspection only', async () => {
    const sound = await recording();
    const zeros = sound.slice().fill(0, 3000);
    let ticks = 0;
    const ticking = setInterval(() => (ticks += 1), 20);
    const results = await Promise.all([inspect(sound), inspect(zeros), inspect(sound)]);
    clearInterval(ticking);
    expect(results).toMatchObject([{ readable: true, frames: 72 }, UNDECODABLE, { readable: true, frames: 72 }]);
    // This thread went on meanwhile.
    expect(ticks).toBeGreaterThan(20);
  });

  it('that claims four billion frames in a few bytes', async () => {
    // trun: version and flags 0 (nothing per sample), sample_count 2³²−1; the fragment's defaults stand for each.
    const fragmented = await recording({ container: 'fragmented-mp4' });
    const claims = patchBox(patchBox(fragmented, 'trun', 0, 0x000001), 'trun', 4, 0xffff_ffff);
    expect(await inspect(claims)).toMatchObject({ readable: false });
    expect(await inspect(await recording())).toMatchObject({ readable: true });
  });

  it('that has four billion frames in a chunk', async () => {
    // stsc: samples_per_chunk of the first entry.
    expect(await inspect(patchBox(await recording({ container: 'mp4' }), 'stsc', 12, 0xffff_ffff))).toMatchObject({ readable: false });
  });

  it('gets its answer like any other, and the next person too', async () => {
    const service = await startService({ inspect });
    const hostile = await verify(service, (await recording()).fill(0, 3000));
    expect(hostile.answer).toMatchObject({ status: 200, body: { verdict: { decision: 'rejected', code: { code: '66660016' } } } });
    expect((await verify(service, await recording())).answer).toMatchObject({ status: 200, body: { verdict: { decision: 'passed' } } });
    await service.close();
  });
});

describe('an inspector without its worker', () => {
  it.each([
    ['cannot be made', () => { throw new Error('no threads here'); }],
    ['dies at once', (options: object) => new Worker('process.exit(1)', { ...options, eval: true })],
    ['has no file', (options: object) => new Worker(new URL('./none.js', import.meta.url), options)],
  ])('says so: it %s', async (_name, startThread) => {
    const inspect = createWorkerInspector({ startThread });
    await expect(inspect(new Uint8Array(5))).rejects.toThrow(InspectorUnavailableError);
    await expect(inspect(new Uint8Array(5))).rejects.toThrow(InspectorUnavailableError);
  });

  it('sends attempts to review, never to the vendor', async () => {
    const service = await startService({ vendor: PASSING, inspect: createWorkerInspector({ startThread: () => { throw new Error('no threads here'); } }) });
    expect((await verify(service, await recording())).answer).toMatchObject({ status: 200, body: { verdict: { decision: 'review' } } });
    expect(service.log).toContainEqual(expect.objectContaining({ event: 'failed', error: expect.objectContaining({ name: 'InspectorUnavailableError' }) as object }));
    await service.close();
  });

  it('starts again after its worker ended between two questions', async () => {
    const threads: Worker[] = [];
    const echo = `const { parentPort } = require('node:worker_threads'); parentPort.on('message', (b) => parentPort.postMessage({ readable: false, bytes: b.length, reason: 'empty' })); parentPort.postMessage('ready');`;
    const inspect = createWorkerInspector({
      startThread(options) {
        const thread = new Worker(echo, { ...options, eval: true });
        threads.push(thread);
        return thread;
      },
    });
    expect(await inspect(new Uint8Array(5))).toMatchObject({ bytes: 5 });
    await threads[0]?.terminate();
    await sleep(0);
    expect(await inspect(new Uint8Array(6))).toMatchObject({ bytes: 6 });
    expect(threads).toHaveLength(2);
    await threads[1]?.terminate();
  });
});

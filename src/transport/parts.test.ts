import { describe, expect, it } from 'vitest';
import { fakePlatform } from '../capture/fake-hardware.js';
import type { BackendClient } from './client.js';
import { failure } from './failure.js';
import type { Bytes } from './chain.js';
import { uploadParts, type UploadPartsOptions } from './parts.js';

const SESSION: UploadPartsOptions['session'] = { sessionId: 's', nonce: 'n', limits: { maxBytes: 1000, maxPartBytes: 100, maxParts: 3, minWidth: 1, minHeight: 1, minDurationMs: 0, maxDurationMs: 1 } };
type Progress = Parameters<NonNullable<UploadPartsOptions['onProgress']>>[0];

describe('parts', () => {
  const sizes = async (bytes: number, maxParts: number): Promise<readonly number[]> => {
    const sent: Bytes[] = [];
    const client = {
      putPart: async (_session: unknown, index: number, content: Bytes) => ((sent[index] = content), { ok: true, part: { index, bytes: content.length, digest: '' } }),
    } as unknown as UploadPartsOptions['client'];
    const content = new Uint8Array(bytes).map((_, index) => index);
    const uploaded = await uploadParts({ client, session: { ...SESSION, limits: { ...SESSION.limits, maxParts } }, chunks: [content], partBytes: 100, platform: { now: () => 0, setTimeout: () => 0 as never, clearTimeout: () => undefined } });
    expect(sent.flatMap((part) => [...part])).toEqual([...content]);
    expect(uploaded).toMatchObject({ ok: true, bytes, parts: sent.map(({ length }) => ({ bytes: length })) });
    return sent.map(({ length }) => length);
  };

  it('do not end together, where their number allows', async () => {
    expect(await sizes(450, 10)).toEqual([34, 67, 100, 100, 100, 49]);
    expect(await sizes(300, 4)).toEqual([34, 67, 100, 99]);
    expect(await sizes(300, 3)).toEqual([100, 100, 100]);
    expect(await sizes(20, 10)).toEqual([20]);
    expect(await sizes(0, 10)).toEqual([]);
  });
});

describe('progress', () => {
  it('counts what is on its way, and never goes back', async () => {
    const told: Progress[] = [];
    let attempts = 0;
    const client: UploadPartsOptions['client'] = {
      async putPart(_session, index, bytes, onProgress) {
        onProgress?.(bytes.length / 2);
        if (index === 1 && (attempts += 1) === 1) {
          onProgress?.(90);
          // Sent again from its start, then given up.
          onProgress?.(10);
          return failure('network-failed', 'cut', { transient: true });
        }
        onProgress?.(bytes.length);
        return { ok: true, part: { index, bytes: bytes.length, digest: 'd' } };
      },
      state: async () => ({ ok: true, state: { sessionId: 's', state: 'open', expiresAt: '', parts: [] } }) satisfies Awaited<ReturnType<BackendClient['state']>>,
    };
    let time = 0;
    const platform = { setTimeout: () => 0 as never, clearTimeout: () => undefined, now: () => (time += 10) };
    const uploaded = await uploadParts({ client, session: SESSION, chunks: [new Uint8Array(300)], partBytes: 100, concurrency: 1, platform, onProgress: (progress) => told.push(progress) });
    expect(uploaded.ok).toBe(true);
    expect(told.map(({ sentBytes }) => sentBytes)).toEqual([50, 100, 150, 190, 200, 250, 300]);
    expect(told[1]).toEqual({ sentBytes: 100, totalBytes: 300, remainingMs: 40 });
    expect(told.at(-1)?.remainingMs).toBe(0);
  });
});

describe('the deadline of an upload', () => {
  /** A clock that a test moves, and a client whose parts arrive when the test says so. */
  function running({ deadlineMs }: { readonly deadlineMs: number }) {
    const network = { online: true };
    const put: (() => void)[] = [];
    const client: UploadPartsOptions['client'] = {
      putPart: (_session, index, bytes, _onProgress, call) =>
        new Promise((resolve) => {
          put.push(() => resolve({ ok: true, part: { index, bytes: bytes.length, digest: 'd' } }));
          call?.signal?.addEventListener('abort', () => resolve(failure('cancelled', 'part: cancelled')));
        }),
      state: async () => ({ ok: true, state: { sessionId: 's', state: 'open', expiresAt: '', parts: [] } }),
    };
    const platform = fakePlatform({ isOnline: () => network.online });
    let ended: Awaited<ReturnType<typeof uploadParts>> | undefined;
    void uploadParts({ client, session: SESSION, chunks: [new Uint8Array(300)], partBytes: 100, concurrency: 1, deadlineMs, platform }).then((result) => (ended = result));
    return {
      network,
      put,
      ended: () => ended,
      pending: () => platform.pending,
      pass: platform.advance,
    };
  }

  it('stands still while there is no network', async () => {
    const { network, put, pass, ended, pending } = running({ deadlineMs: 100_000 });
    for (let outage = 0; outage < 3; outage++) {
      await pass(20_000);
      network.online = false;
      await pass(55_000);
      network.online = true;
      await pass(1000);
      put[outage]?.();
    }
    await pass(0);
    expect(ended()).toMatchObject({ ok: true });
    expect(pending()).toBe(0);
  });

  it('ends the upload when the time with a network is over', async () => {
    const { network, pass, ended, pending } = running({ deadlineMs: 100_000 });
    await pass(60_000);
    network.online = false;
    await pass(55_000);
    network.online = true;
    await pass(39_000);
    expect(ended()).toBeUndefined();
    // Each end of the outage is seen a look late.
    await pass(1500);
    expect(ended()).toMatchObject({ ok: false, code: 'upload-failed', detail: 'upload: not finished within 100000 ms' });
    expect(pending()).toBe(0);
  });

  it('is the clock’s where timers come late', async () => {
    let time = 0;
    const platform = { now: () => time, isOnline: () => true, setTimeout: (run: () => void) => setImmediate(() => ((time += 1000), run())) as never, clearTimeout: (timer: unknown) => clearImmediate(timer as NodeJS.Immediate) };
    const client: UploadPartsOptions['client'] = {
      putPart: (_session, _index, _bytes, _onProgress, call) =>
        new Promise((resolve) => {
          const cancel = (): void => resolve(failure('cancelled', 'part: cancelled'));
          // The digest may take longer than this clock's ten seconds.
          if (call?.signal?.aborted) cancel();
          call?.signal?.addEventListener('abort', cancel);
        }),
      state: () => Promise.reject(new Error('not asked')),
    };
    expect(await uploadParts({ client, session: SESSION, chunks: [new Uint8Array(10)], deadlineMs: 10_000, platform })).toMatchObject({ code: 'upload-failed' });
    expect(time).toBe(10_000);
  });
});

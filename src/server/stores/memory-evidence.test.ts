import { afterEach, describe, expect, it, vi } from 'vitest';
import { createMemoryEvidenceStore } from './memory-evidence.js';

const part = (index: number) => ({ index, bytes: 3, digest: String(index).repeat(64) });
const BYTES = Uint8Array.of(1, 2, 3);

afterEach(() => void vi.useRealTimers());

describe('createMemoryEvidenceStore', () => {
  it('keeps what was put until it expires, then deletes it by itself', async () => {
    vi.useFakeTimers({ now: 0 });
    const store = createMemoryEvidenceStore();
    await store.putPart('a', part(0), BYTES, 1000);
    await store.putPart('b', part(0), BYTES, 2000);
    expect(await store.readPart('a', part(0))).toEqual(BYTES);
    vi.advanceTimersByTime(999);
    expect(store.totalBytes).toBe(6);
    vi.advanceTimersByTime(1);
    expect(store.totalBytes).toBe(3);
    vi.advanceTimersByTime(1000);
    expect(store.totalBytes).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('moves the moment of deletion both ways', async () => {
    vi.useFakeTimers({ now: 0 });
    const store = createMemoryEvidenceStore();
    await store.putPart('a', part(0), BYTES, 1000);
    await store.expireSession('a', 5000);
    vi.advanceTimersByTime(1500);
    expect(store.totalBytes).toBe(3);
    await store.expireSession('a', 2000);
    vi.advanceTimersByTime(500);
    expect(store.totalBytes).toBe(0);
  });

  it('counts a part put twice once, and forgets what is deleted', async () => {
    const store = createMemoryEvidenceStore({ now: () => 0 });
    await store.putPart('a', part(0), BYTES, 1000);
    await store.putPart('a', part(0), BYTES, 1000);
    await store.putPart('a', part(1), BYTES, 1000);
    expect(store.totalBytes).toBe(6);
    await store.deletePart('a', part(0));
    await store.deletePart('a', part(0));
    expect(store.totalBytes).toBe(3);
    expect(await store.readPart('a', part(0))).toBeUndefined();
    await store.deleteSession('a');
    expect(store.totalBytes).toBe(0);
  });

  it('has room again when something has expired', async () => {
    let clock = 0;
    const store = createMemoryEvidenceStore({ maxTotalBytes: 5, now: () => clock });
    expect(await store.putPart('a', part(0), BYTES, 1000)).toBe('stored');
    expect(await store.putPart('b', part(0), BYTES, 1000)).toBe('full');
    clock = 1000;
    expect(await store.readPart('a', part(0))).toBeUndefined();
    expect(await store.putPart('b', part(0), BYTES, 2000)).toBe('stored');
    await store.deleteSession('b');
  });
});

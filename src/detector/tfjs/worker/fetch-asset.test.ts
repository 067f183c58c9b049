import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RETRY_AFTER_MS } from '../retry-after.js';
import { type AssetError, fetchAsset } from './fetch-asset.js';

const MODEL = Uint8Array.from({ length: 1_000 }, (_, index) => (index * 31) % 251);
const EXPECTATION = { bytes: MODEL.byteLength, sha256: createHash('sha256').update(MODEL).digest('hex') };
const STALL_MS = 20_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A server that sends these chunks, one each `everyMs`, and then closes, or never does; or whose connection breaks. */
function serve(chunks: readonly Uint8Array[], { everyMs = 0, hangs = false, status = 200, breaksAfter = Infinity } = {}): void {
  vi.stubGlobal('fetch', (_url: string, { signal }: RequestInit) => {
    const left = [...chunks];
    const body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => signal?.addEventListener('abort', () => controller.error(signal.reason)),
        async pull(controller) {
          await new Promise((resolve) => setTimeout(resolve, everyMs));
          if (chunks.length - left.length >= breaksAfter) return controller.error(new TypeError('network error'));
          const chunk = left.shift();
          if (chunk) controller.enqueue(chunk);
          else if (hangs) await new Promise(() => undefined);
          else controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    return Promise.resolve(new Response(body, { status }));
  });
}

const quarters = [0, 250, 500, 750].map((from) => MODEL.subarray(from, from + 250));

/** Fetches, the clock running as far as needed. */
async function fetchModel() {
  const progress: number[] = [];
  const fetching = fetchAsset({ url: 'https://example.test/assets/face-mesh.bin', expectation: EXPECTATION, stallMs: STALL_MS, onBytes: (bytes) => progress.push(bytes) }).then(
    (bytes) => ({ bytes, failure: undefined }),
    (error: AssetError) => ({ bytes: undefined, failure: error.failure }),
  );
  await vi.advanceTimersByTimeAsync(10 * STALL_MS);
  return { ...(await fetching), progress };
}

describe('a model', () => {
  it('on a slow line arrives in its own time, and says how far it is', async () => {
    serve(quarters, { everyMs: STALL_MS - 1 });
    expect(await fetchModel()).toEqual({ bytes: MODEL, failure: undefined, progress: [250, 500, 750, 1_000] });
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each<[string, number, () => void]>([
    ['that the network lost on its way', 2, () => serve(quarters, { breaksAfter: 2 })],
    ['that nobody could be asked for', 0, () => vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))],
    ['whose server was out of order', 0, () => serve([], { status: 503 })],
  ])('%s is tried again, from the start', async (_what, chunks, set) => {
    set();
    const fetching = fetchModel();
    await vi.advanceTimersByTimeAsync(RETRY_AFTER_MS[0] - 1);
    serve(quarters);
    expect(await fetching).toEqual({ bytes: MODEL, failure: undefined, progress: [...[250, 500].slice(0, chunks), 250, 500, 750, 1_000] });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is tried three times at most, and once only where another try would be the same', async () => {
    for (const [status, tries] of [[503, 3], [404, 1]] as const) {
      let asked = 0;
      vi.stubGlobal('fetch', () => (asked++, Promise.resolve(new Response('', { status }))));
      expect((await fetchModel()).failure).toMatchObject({ code: 'model-missing' });
      expect(asked).toBe(tries);
    }
  });

  it.each<[string, string, () => void, RegExp]>([
    ['that is not there', 'model-missing', () => serve([], { status: 404 }), /answered 404/],
    ['whose server is out of order', 'model-missing', () => serve(quarters, { status: 503 }), /answered 503/],
    ['that nobody can be asked for', 'model-missing', () => vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch'))), /Failed to fetch/],
    ['that stops on its way', 'model-missing', () => serve(quarters.slice(0, 2), { hangs: true }), /stalled for 20000 ms/],
    ['that never begins', 'model-missing', () => vi.stubGlobal('fetch', (_url: string, { signal }: RequestInit) => new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error)))), /stalled for 20000 ms/],
    ['that is cut short', 'model-corrupt', () => serve(quarters.slice(0, 3)), /has 750 bytes instead of 1000/],
    ['that is too long', 'model-corrupt', () => serve([...quarters, MODEL]), /is larger than 1000 bytes/],
    ['that is another one of the same size', 'model-corrupt', () => serve([...quarters].reverse()), /another digest/],
  ])('%s is %s', async (_what, code, set, detail) => {
    set();
    const { bytes, failure } = await fetchModel();
    expect(bytes).toBeUndefined();
    expect(failure).toEqual({ code, detail: expect.stringMatching(detail) });
    expect(failure?.detail).toContain('face-mesh.bin');
    expect(vi.getTimerCount()).toBe(0);
  });
});

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readBody } from './body.js';

/** A body that comes when the test says so. */
function slowly(headers: Readonly<Record<string, string>> = {}): { readonly request: Request; readonly send: (text: string) => void; readonly end: () => void; readonly isCancelled: () => boolean } {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({ start: (own) => void (controller = own), cancel: () => void (cancelled = true) });
  const request = new Request('http://backend.example/', { method: 'PUT', body, headers, duplex: 'half' } as RequestInit);
  return { request, send: (text) => controller?.enqueue(new TextEncoder().encode(text)), end: () => controller?.close(), isCancelled: () => cancelled };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it.each([{}, { 'content-length': '10' }])('a body that moves is read to its end, however long it takes (%j)', async (headers) => {
  const { request, send, end } = slowly(headers);
  const read = readBody(request, { maxBytes: 10, timeoutMs: 100_000, stallMs: 1000 });
  for (let time = 0; time < 10; time++) {
    await vi.advanceTimersByTimeAsync(999);
    send('x');
  }
  await vi.advanceTimersByTimeAsync(999);
  end();
  expect(await read).toMatchObject({ ok: true, value: new TextEncoder().encode('x'.repeat(10)) });
  expect(vi.getTimerCount()).toBe(0);
});

it.each([{}, { 'content-length': '10' }])('one that stands still is given up (%j)', async (headers) => {
  const { request, send, isCancelled } = slowly(headers);
  const read = readBody(request, { maxBytes: 10, timeoutMs: 100_000, stallMs: 1000 });
  await vi.advanceTimersByTimeAsync(999);
  send('x');
  await vi.advanceTimersByTimeAsync(1000);
  expect(await read).toMatchObject({ ok: false, name: 'request-timeout', detail: 'the body stood still: no byte for 1000 ms' });
  expect(isCancelled()).toBe(true);
});

it.each([{}, { 'content-length': '10' }])('one that trickles is given up when its time is over (%j)', async (headers) => {
  const { request, send, isCancelled } = slowly(headers);
  const read = readBody(request, { maxBytes: 10, timeoutMs: 3000, stallMs: 1000 });
  for (let time = 0; time < 6; time++) {
    send('x');
    await vi.advanceTimersByTimeAsync(500);
  }
  expect(await read).toMatchObject({ ok: false, name: 'request-timeout', detail: 'the body did not arrive within 3000 ms' });
  expect(isCancelled()).toBe(true);
});

it.each([{}, { 'content-length': '10' }])('without a stall timer only the whole time counts (%j)', async (headers) => {
  const { request } = slowly(headers);
  const read = readBody(request, { maxBytes: 10, timeoutMs: 3000 });
  await vi.advanceTimersByTimeAsync(3000);
  expect(await read).toMatchObject({ ok: false, name: 'request-timeout', detail: 'the body did not arrive within 3000 ms' });
});

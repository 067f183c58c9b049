import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, JSHandle, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type * as Transport from '../../src/transport/index.js';
import { startService, openSession, type Service } from '../server/service.js';
import { launchBrowser } from './launch.js';
import { sourceModule } from './source-module.js';

/* Parts in a real browser, over real HTTP, to a server that reads as it likes. The sources run as they are written. */

/** A system's buffers swallow some 4 MB of a loopback connection: a part has to be larger for anybody to see it stall. */
const PART = 8_000_000;
const ID = 'A'.repeat(22);
const PUT = `/api/sessions/${ID}/parts/0`;

interface Arrival {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  bytes: number;
  /** What became of its body. */
  end: 'reading' | 'whole' | 'cut';
}

type Behaviour = (request: IncomingMessage, response: ServerResponse, arrival: Arrival) => void;

/** A page's own worker, which sends what its page would. */
const WORKER = `import { createBackendClient } from '/src/transport/index.js';
onmessage = async () => {
  const progress = [];
  const result = await createBackendClient({ endpoint: '/api' }).putPart({ sessionId: '${ID}' }, 0, new Uint8Array(1000), (sent) => progress.push(sent));
  postMessage({ result, progress });
};`;

let server: Server;
let origin: string;
let browser: Browser;
let page: Page;
let arrivals: Arrival[];
/** What is done with one PUT after the other; the last one stays. */
let script: readonly Behaviour[];

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? '';
    if (path.startsWith('/src/')) {
      sourceModule(path).then((text) => response.writeHead(200, { 'content-type': 'text/javascript' }).end(text), () => response.writeHead(404).end());
    } else if (path === '/worker.js') {
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(WORKER);
    } else if (request.method === 'GET') {
      response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': `default-src 'none'; script-src 'self'; connect-src ${path === '/mute' ? "'none'" : "'self' http://localhost:*"}`, 'set-cookie': 'login=yes; Path=/' });
      response.end('<!doctype html><link rel="icon" href="data:,">');
    } else {
      const arrival: Arrival = { path, headers: request.headers, bytes: 0, end: 'reading' };
      const behaviour = script[Math.min(arrivals.push(arrival), script.length) - 1];
      request.on('error', () => undefined);
      request.on('close', () => (arrival.end = request.complete ? 'whole' : 'cut'));
      behaviour?.(request, response, arrival);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(async () => {
  arrivals = [];
  page = await browser.newPage();
  await page.goto(origin);
});
afterEach(() => page.close());

/** Reads to the end, then answers. @param pause milliseconds after each chunk of some 64 KB */
const read = (status = 204, headers: Readonly<Record<string, string>> = {}, { pause = 0, body = '' } = {}): Behaviour => async (request, response, arrival) => {
  try {
    for await (const chunk of request) {
      arrival.bytes += (chunk as Buffer).length;
      if (pause > 0) await sleep(pause);
    }
    response.writeHead(status, headers).end(body);
  } catch {
    // Cut; the arrival says so.
  }
};
/** Reads a little and then nothing more, not even that the other side has gone. */
const stop: Behaviour = (request) => void request.once('data', () => request.pause());
const cut: Behaviour = (request) => void request.once('data', () => request.socket.destroy());

interface Sent {
  readonly result: Awaited<ReturnType<Transport.BackendClient['putPart']>>;
  readonly progress: readonly number[];
  readonly ms: number;
}

/** The transport in the page. */
// As text: the test runner rewrites an import that it sees.
const transport = (): Promise<JSHandle<typeof Transport>> => page.evaluateHandle<typeof Transport>("import('/src/transport/index.js')");

/** Puts a part. */
async function put(options: Partial<Transport.BackendClientOptions> = {}, { bytes = PART, cancelAt = Infinity } = {}): Promise<Sent> {
  return page.evaluate(
    async ({ transport: { createBackendClient }, options, bytes, cancelAt, sessionId }) => {
      const progress: number[] = [];
      const stopped = new AbortController();
      const client = createBackendClient({ endpoint: '/api', headers: { authorization: 'Bearer t' }, signal: stopped.signal, retry: { maxAttempts: 3, baseMs: 10, capMs: 20, maxRetryAfterMs: 2000 }, ...options });
      const began = performance.now();
      const onProgress = (sent: number): void => {
        progress.push(sent);
        if (sent >= cancelAt) stopped.abort();
      };
      const result = await client.putPart({ sessionId }, 0, new Uint8Array(bytes).fill(7), onProgress);
      return { result, progress, ms: performance.now() - began };
    },
    { transport: await transport(), options, bytes, cancelAt, sessionId: ID },
  );
}

describe('a line that is slow', () => {
  it('and moves is not cut, and every step of it is seen', async () => {
    const bytes = 4 * PART;
    script = [read(204, {}, { pause: 18 })];
    // The system hands its buffers on in lumps of some megabytes, and a busy machine late.
    const { result, progress, ms } = await put({ partStallMs: 6000, partAttemptMs: 2000 }, { bytes });
    expect(result).toMatchObject({ ok: true, part: { bytes } });
    expect(ms).toBeGreaterThan(8000);
    expect(arrivals.map(({ bytes: arrived, end }) => [arrived, end])).toEqual([[bytes, 'whole']]);
    expect(progress.length).toBeGreaterThan(4);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).toBe(bytes);
  });

  it('and stands still is given up, and the part arrives once', async () => {
    script = [stop, stop, read()];
    const { result, progress, ms } = await put({ partStallMs: 2000 });
    expect(result).toMatchObject({ ok: true });
    expect(ms).toBeGreaterThan(4000);
    expect(arrivals.map(({ end }) => end)).toEqual(['reading', 'reading', 'whole']);
    expect(arrivals[2]?.bytes).toBe(PART);
    expect(progress.at(-1)).toBe(PART);
  });

  it('and never moves again ends with its code', async () => {
    script = [stop];
    expect((await put({ partStallMs: 1500 })).result).toMatchObject({ ok: false, code: 'backend-timeout', transient: true, detail: expect.stringMatching(/no further byte within 1500 ms .attempt 3/) as string });
    expect(arrivals.map(({ end }) => end)).toEqual(['reading', 'reading', 'reading']);
  });
});

describe('a part', () => {
  it('that is cut on its way is sent again', async () => {
    script = [cut, cut, read()];
    expect((await put()).result).toMatchObject({ ok: true });
    expect(arrivals.filter(({ end, bytes }) => end === 'whole' && bytes === PART)).toHaveLength(1);
    expect(arrivals).toHaveLength(3);
  });

  it('says what a fetch would: headers, digest, key and the page’s cookies', async () => {
    script = [read()];
    const { result } = await put({}, { bytes: 3 });
    expect(result).toMatchObject({ ok: true });
    const digest = result.ok ? Buffer.from(result.part.digest, 'hex').toString('base64') : '';
    expect(arrivals[0]).toMatchObject({ path: PUT, headers: { authorization: 'Bearer t', 'content-type': 'application/octet-stream', 'content-digest': `sha-256=:${digest}:`, 'content-length': '3', cookie: 'login=yes' } });
  });

  it('hears what a fetch would: Retry-After and problems', async () => {
    const problem = { type: 'urn:facefront:problem:part-conflict', title: 'No', status: 409, detail: 'another part' };
    script = [read(429, { 'retry-after': '1' }), read(409, { 'content-type': 'application/problem+json' }, { body: JSON.stringify(problem) })];
    const { result, ms } = await put({}, { bytes: 100 });
    expect(ms).toBeGreaterThanOrEqual(1000);
    expect(result).toMatchObject({ ok: false, code: 'backend-rejected', status: 409, transient: false, problem });
    expect(arrivals).toHaveLength(2);
  });

  it('that is called off is gone from the line at once', async () => {
    // Read on only behind the calling off: a page on a busy machine may hear of its progress when the last byte has gone.
    let readOn = (): void => undefined;
    const calledOff = new Promise<void>((resolve) => (readOn = resolve));
    script = [(request, response, arrival) => void request.once('readable', () => void calledOff.then(() => read()(request, response, arrival)))];
    const { result, ms } = await put({}, { cancelAt: 1 });
    expect(result).toMatchObject({ ok: false, code: 'cancelled' });
    expect(ms).toBeLessThan(5000);
    readOn();
    await expect.poll(() => arrivals.map(({ end }) => end), { timeout: 20_000 }).toEqual(['cut']);
    expect(arrivals[0]?.bytes).toBeLessThan(PART);
  });

  it('that is answered from elsewhere has not been taken', async () => {
    script = [read(307, { location: '/elsewhere' }), read()];
    const { result } = await put({ retry: { maxAttempts: 1, baseMs: 1, capMs: 1, maxRetryAfterMs: 1 } }, { bytes: 100 });
    expect(result).toMatchObject({ ok: false, code: 'network-failed', detail: expect.stringContaining('redirected') as string });
  });

  it('arrives from a worker, which has no document', async () => {
    script = [read()];
    const sent = await page.evaluate(
      () =>
        new Promise<unknown>((resolve) => {
          const worker = new Worker('/worker.js', { type: 'module' });
          worker.onerror = ({ message }) => resolve(message);
          worker.onmessage = ({ data }) => resolve(data);
          worker.postMessage('go');
        }),
    );
    expect(sent).toMatchObject({ result: { ok: true, part: { bytes: 1000 } }, progress: [1000, 1000] });
    expect(arrivals).toMatchObject([{ path: PUT, bytes: 1000 }]);
  });

  it('does not leave where the page’s policy forbids it', async () => {
    script = [read()];
    await page.goto(`${origin}/mute`);
    expect((await put({}, { bytes: 100 })).result).toMatchObject({ ok: false, code: 'network-failed' });
    expect(arrivals).toEqual([]);
  });

  it('without cookies is a fetch’s, as a request of its own kind cannot leave them out', async () => {
    script = [read()];
    const { result, progress } = await put({ credentials: 'omit' }, { bytes: 100 });
    expect(result).toMatchObject({ ok: true });
    expect(arrivals[0]?.headers.cookie).toBeUndefined();
    expect(progress).toEqual([100]);
  });
});

describe('a backend of another origin', () => {
  let service: Service;
  beforeEach(async () => {
    service = await startService({ origins: [origin] });
  });
  afterEach(() => service.close());

  it('takes parts with their progress seen, and says when to come back', async () => {
    const { sessionId } = await openSession(service);
    const endpoint = service.endpoint.replace('127.0.0.1', 'localhost');
    const sent = await page.evaluate(
      async ({ transport: { createBackendClient }, endpoint, sessionId }) => {
        const client = createBackendClient({ endpoint, credentials: 'include' });
        return [await client.putPart({ sessionId }, 0, new Uint8Array(500_000)), await client.putPart({ sessionId }, 0, new Uint8Array(4)), await client.abandon(sessionId, 'cancelled')];
      },
      { transport: await transport(), endpoint, sessionId },
    );
    expect(sent).toMatchObject([{ ok: true, part: { bytes: 500_000 } }, { ok: false, status: 409, problem: { type: 'urn:facefront:problem:part-conflict' } }, 'told']);
    expect((await service.send('GET', `sessions/${sessionId}`)).body).toMatchObject({ state: 'expired' });
  });

  it('is told of a page that is left', async () => {
    const { sessionId } = await openSession(service);
    await page.evaluate(
      async ({ transport: { createBackendClient }, endpoint, sessionId }) => {
        const client = createBackendClient({ endpoint, headers: { authorization: 'Bearer t' } });
        await client.state(sessionId);
        addEventListener('pagehide', () => void client.abandon(sessionId, 'page-hide'));
      },
      { transport: await transport(), endpoint: service.endpoint.replace('127.0.0.1', 'localhost'), sessionId },
    );
    await page.goto('about:blank');
    await expect.poll(async () => (await service.send('GET', `sessions/${sessionId}`)).body, { timeout: 10_000 }).toMatchObject({ state: 'expired' });
  });
});

it('a page that has used up what may outlive it hears that the news could not leave', async () => {
  script = [(request) => void request.resume(), read()];
  const outcome = await page.evaluate(async ({ transport: { createBackendClient }, sessionId }) => {
    // 64 KiB for all requests of a page that may outlive it; this one is never answered.
    void fetch('/hog', { method: 'POST', body: new Uint8Array(65_530), keepalive: true }).catch(() => undefined);
    return createBackendClient({ endpoint: '/api' }).abandon(sessionId, 'page-hide');
  }, { transport: await transport(), sessionId: ID });
  expect(outcome).toBe('refused');
  expect(arrivals.map(({ path }) => path)).toEqual(['/hog']);
});

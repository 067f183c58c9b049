import { afterEach, describe, expect, it } from 'vitest';
import { miniProgramFetch } from '../../src/platform/miniprogram-request.js';
import type { MiniProgramFetchOptions } from '../../src/platform/miniprogram-request.js';
import { createBackendClient } from '../../src/transport/index.js';
import type { BackendClientOptions } from '../../src/transport/index.js';
import { hangUp, json, raw, silence, startMisbehaving } from './misbehaving.js';
import type { Behaviour, MisbehavingServer } from './misbehaving.js';
import { openSession, startService } from './service.js';
import { wechat } from './wechat-host.js';
import type { AfterRedirect } from './wechat-host.js';

const ID = 'A'.repeat(22);
const PENDING = { sessionId: ID, state: 'pending', reference: 'ABCD-EFGH-2345' };

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
async function against(script: readonly Behaviour[], { host = wechat(), fetch = {}, ...options }: Partial<Omit<BackendClientOptions, 'fetch'>> & { readonly host?: ReturnType<typeof wechat>; readonly fetch?: MiniProgramFetchOptions } = {}) {
  const server: MisbehavingServer = await startMisbehaving(...script);
  closing.push(() => server.close());
  const client = createBackendClient({ endpoint: server.endpoint, fetch: miniProgramFetch(host.wx, fetch), ...options });
  return { server, client, host };
}

describe('over wx.request', () => {
  it('the policy of the web waits as a 503 says, and asks again with the same key', async () => {
    const { client, server } = await against([raw(503, '', { 'Retry-After': '1' }), hangUp, json(202, PENDING)]);
    const began = performance.now();
    expect(await client.submit(ID, { manifest: { text: '正脸' } } as never)).toEqual({ ok: true, response: PENDING });
    expect(performance.now() - began).toBeGreaterThanOrEqual(990);
    expect(server.requests.map(({ method, headers }) => [method, headers['idempotency-key'], headers['content-type']])).toEqual(Array(3).fill(['POST', ID, 'application/json']));
    expect(server.requests.map(({ body }) => body.toString())).toEqual(Array(3).fill('{"manifest":{"text":"正脸"}}'));
  });

  it('what is asked of the host is what is documented', async () => {
    const { client, host } = await against([json(200, PENDING)], { headers: { authorization: 'Bearer t' } });
    await client.state(ID);
    expect(host.asked[0]).toMatchObject({ method: 'GET', header: { authorization: 'Bearer t' }, dataType: 'text', responseType: 'text', redirect: 'manual', timeout: 180_000 });
    expect(host.asked[0]).not.toHaveProperty('data');
  });

  it('a part arrives byte for byte, also where it is a piece of a larger buffer', async () => {
    const service = await startService();
    closing.push(() => service.close());
    const session = await openSession(service);
    const client = createBackendClient({ endpoint: service.endpoint, fetch: miniProgramFetch(wechat().wx) });
    const whole = Uint8Array.from({ length: 5000 }, (_, index) => (index * 7) % 256);
    // The server holds each against its digest.
    for (const [index, bytes] of [whole, whole.subarray(1000, 3000), whole.subarray(0, 10)].entries()) {
      expect(await client.putPart(session, index, bytes)).toMatchObject({ ok: true, part: { bytes: bytes.length } });
    }
    expect(await client.state(session.sessionId)).toMatchObject({ ok: true, state: { parts: [{ bytes: 5000 }, { bytes: 2000 }, { bytes: 10 }] } });
  });

  it.each(['Retry-After', 'retry-after', 'RETRY-AFTER'])('headers are found by any case: %s', async (name) => {
    const { server } = await against([raw(204, '', { [name]: '7' })]);
    const answer = await miniProgramFetch(wechat().wx)(server.endpoint, { method: 'GET', headers: {}, signal: new AbortController().signal, credentials: 'omit', redirect: 'error', cache: 'no-store' });
    expect([answer.status, answer.headers.get('Retry-after'), answer.headers.get('x-other'), await answer.text()]).toEqual([204, '7', null, '']);
  });

  it.each<AfterRedirect>(['success', 'fail', 'nothing'])('no redirect is followed, where the host then says %s', async (afterRedirect) => {
    const { client, server } = await against([raw(307, '', { location: '/elsewhere' })], { host: wechat(afterRedirect), retry: { maxAttempts: 1, baseMs: 1, capMs: 1, maxRetryAfterMs: 1 } });
    expect(await client.state(ID)).toMatchObject({ ok: false, code: 'network-failed', detail: expect.stringContaining('redirected') as string });
    expect(server.requests.map(({ path }) => path)).toEqual([`/api/sessions/${ID}`]);
  });

  it('a call that is called off is gone from the line, and one that had not begun is not begun', async () => {
    const stop = new AbortController();
    const { client, server, host } = await against([silence], { signal: stop.signal });
    const call = client.state(ID);
    await expect.poll(() => server.requests.length, { timeout: 5000 }).toBe(1);
    stop.abort();
    expect(await call).toMatchObject({ ok: false, code: 'cancelled' });
    expect(host.aborted()).toBe(1);
    const late = miniProgramFetch(host.wx)(server.endpoint, { method: 'GET', headers: {}, signal: stop.signal, credentials: 'omit', redirect: 'error', cache: 'no-store' });
    await expect(late).rejects.toMatchObject({ name: 'AbortError' });
    expect(host.asked).toHaveLength(1);
  });

  it('an attempt that takes too long is given up by the client', async () => {
    const { client, server, host } = await against([silence, json(200, PENDING)], { attemptMs: 200 });
    expect(await client.state(ID)).toMatchObject({ ok: true });
    expect([server.requests.length, host.aborted()]).toEqual([2, 1]);
  });

  it.each<[string, Behaviour, MiniProgramFetchOptions, string]>([
    ['a closed connection', hangUp, {}, 'TypeError: request:fail errcode:-101 cronet_error_code:-101 (600001)'],
    ['the host’s own time', silence, { timeoutMs: 100 }, 'TimeoutError: request:fail timeout (5)'],
  ])('a failure says which: %s', async (_name, behaviour, fetch, detail) => {
    const { client } = await against([behaviour], { fetch, retry: { maxAttempts: 1, baseMs: 1, capMs: 1, maxRetryAfterMs: 1 } });
    expect(await client.state(ID)).toMatchObject({ ok: false, code: 'network-failed', transient: true, detail: expect.stringContaining(detail) as string });
  });
});

import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import vectors from '../../test/vectors/risk/cookie-hash.json';
import { hashCookies as hashInPage } from '../risk/payloads/index.js';
import { hashCookies } from './index.js';

describe('hashCookies', () => {
  it.each(vectors as { why: string; header: string; names?: string[]; hash: string | null }[])('$why', async ({ header, names, hash }) => {
    // A header's bytes, one character each, and one that was decoded before.
    for (const arrived of [Buffer.from(header).toString('latin1'), header]) expect(await hashCookies(arrived, names)).toBe(hash ?? undefined);
  });
});

describe('hashCookies of a real header', () => {
  let seen = '';
  const server = createServer(({ headers }, response) => {
    seen = headers.cookie ?? '';
    response.end();
  });
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => void server.close());

  /** Sends a header of these bytes, and gives what Node makes of it. */
  const send = async (cookie: Buffer): Promise<string> => {
    const sent = request({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', headers: { cookie: cookie.toString('latin1') } }).end();
    const [response] = (await once(sent, 'response')) as [NodeJS.ReadableStream];
    response.resume();
    await once(response, 'end');
    return seen;
  };

  it.each(['a=1; b=2', 'name=张三; a=1', 'größe=é', 'face=🙂'])('%s: as the page has it', async (cookies) => {
    const header = await send(Buffer.from(cookies));
    expect(await hashCookies(header)).toBe(await hashInPage(cookies));
  });

  it('by names that are not ASCII', async () => {
    expect(await hashCookies(await send(Buffer.from('größe=1; b=2')), ['größe'])).toBe(await hashInPage('größe=1'));
  });

  it('what is no UTF-8, or was decoded before, stays as it is', async () => {
    const header = await send(Buffer.from('a=\xe9', 'latin1'));
    expect(await hashCookies(header)).toBe(await hashInPage('a=é'));
    expect(await hashCookies('name=张三')).toBe(await hashInPage('name=张三'));
    expect(await hashCookies('')).toBeUndefined();
  });
});

import { randomBytes } from 'node:crypto';
import { request as send } from 'node:http';
import { types } from 'node:util';
import type { MiniProgramHost, MiniProgramNetwork, MiniProgramRequest } from '../../src/platform/miniprogram-request.js';

/** See {@link wechat}. */
export interface WeChatHost {
  readonly wx: MiniProgramNetwork & MiniProgramHost;
  /** What `wx.request` was called with so far. */
  readonly asked: readonly MiniProgramRequest[];
  /** How many requests were called off. */
  readonly aborted: () => number;
}

/** What becomes of a redirect that is not followed; WeChat documents no more than the headers. */
export type AfterRedirect = 'success' | 'fail' | 'nothing';

/** A `wx` whose requests are real ones, with the manners that WeChat documents. */
export function wechat(afterRedirect: AfterRedirect = 'success'): WeChatHost {
  const asked: MiniProgramRequest[] = [];
  let aborted = 0;
  const wx: WeChatHost['wx'] = {
    getRandomValues: ({ length, success }) => void setTimeout(() => success({ randomValues: Uint8Array.from(randomBytes(length)).buffer })),
    request(options) {
      asked.push(options);
      const listeners: ((answer: { statusCode: number }) => void)[] = [];
      let ended = false;
      const end = (settle: () => void): void => {
        if (ended) return;
        ended = true;
        clearTimeout(timer);
        settle();
      };
      const fail = (errMsg: string, errno?: number): void => end(() => options.fail({ errMsg: `request:fail ${errMsg}`, ...(errno !== undefined && { errno }) }));
      const outgoing = send(options.url, { method: options.method, headers: options.header }, (incoming) => {
        const chunks: Buffer[] = [];
        const statusCode = incoming.statusCode ?? 0;
        // As they came: a phone hands on the case of the server.
        const header = Object.fromEntries(Array.from({ length: incoming.rawHeaders.length / 2 }, (_, index) => incoming.rawHeaders.slice(2 * index, 2 * index + 2)) as [string, string][]);
        listeners.forEach((listener) => listener({ statusCode }));
        if (statusCode >= 300 && statusCode <= 399 && afterRedirect !== 'success') return afterRedirect === 'fail' ? fail('redirect') : undefined;
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', () => fail('errcode:-100 cronet_error_code:-100', 600001));
        incoming.on('end', () => end(() => options.success({ statusCode, header, data: Buffer.concat(chunks).toString() })));
      });
      const timer = setTimeout(() => (fail('timeout', 5), outgoing.destroy()), options.timeout);
      outgoing.on('error', () => fail('errcode:-101 cronet_error_code:-101', 600001));
      const { data } = options;
      // No views: anything but a text or a buffer would go out as JSON.
      outgoing.end(data === undefined || typeof data === 'string' ? data : types.isArrayBuffer(data) ? Buffer.from(data) : JSON.stringify(data));
      return {
        abort() {
          aborted += 1;
          fail('abort');
          outgoing.destroy();
        },
        onHeadersReceived: (listener) => void listeners.push(listener),
      };
    },
  };
  return { wx, asked, aborted: () => aborted };
}

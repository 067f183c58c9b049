import type { Fetch, HttpAnswer } from './port.js';

export { createAbortController, miniProgramPlatform } from './miniprogram-platform.js';
export type { MiniProgramHost, MiniProgramPlatform } from './miniprogram-platform.js';

/** What is used of `wx`. Structural, so that no typings of WeChat's are needed; `wx` itself fits. */
export interface MiniProgramNetwork {
  request(options: MiniProgramRequest): MiniProgramTask;
}

/** Options of `wx.request`. */
export interface MiniProgramRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD' | 'OPTIONS';
  readonly header: Record<string, string>;
  readonly data?: string | ArrayBuffer;
  /** Milliseconds. */
  readonly timeout: number;
  /** Anything but `json`: the text stays one. */
  readonly dataType: 'text';
  readonly responseType: 'text';
  /** From base library 3.2.2 on. */
  readonly redirect: 'manual';
  success(answer: { readonly statusCode: number; readonly header: Readonly<Record<string, unknown>>; readonly data: unknown }): void;
  fail(error: { readonly errMsg: string; readonly errno?: number }): void;
}

/** What `wx.request` returns. */
export interface MiniProgramTask {
  abort(): void;
  onHeadersReceived?(listener: (answer: { readonly statusCode?: number }) => void): void;
}

/** Options of {@link miniProgramFetch}. */
export interface MiniProgramFetchOptions {
  /** Milliseconds after which the host gives up a request of which its caller has not. Default 180,000: longer than any attempt. */
  readonly timeoutMs?: number;
}

/**
 * A `fetch` over `wx.request`, for the option of that name: messages, parts and their retries are then those of the web, but for one
 * thing. The host does not tell how far a body has gone (`wx.uploadFile` does, which cannot PUT and sends a form), so that a part has
 * `partAttemptMs` for an attempt instead of being watched, and progress is told part by part. {@link miniProgramPlatform} has to go along,
 * as `platform`.
 *
 * Redirects are refused as everywhere, by `redirect: 'manual'`. WeChat documents that from base library 3.2.2 on, for phones and the
 * developer tools, and for computers as to come; where it is not there they are followed, and nothing in an answer tells.
 * `credentials`, `cache` and `keepalive` have no counterpart; the host caches only where it is told to. The endpoint has to be a whole
 * address, `https` and of a domain listed for the mini-program.
 *
 * @param wx The global of a mini-program.
 */
export function miniProgramFetch(wx: MiniProgramNetwork, { timeoutMs = 180_000 }: MiniProgramFetchOptions = {}): Fetch {
  return (url, { method, headers, body, signal }) =>
    new Promise<HttpAnswer>((resolve, reject) => {
      const end = (settle: () => void): void => {
        signal.removeEventListener('abort', abort);
        settle();
      };
      const fail = (name: string, message: string): void => end(() => reject(Object.assign(new Error(message), { name })));
      const abort = (): void => {
        fail('AbortError', 'the request was aborted');
        task.abort();
      };
      if (signal.aborted) return fail('AbortError', 'the request was aborted');
      const task = wx.request({
        url,
        method: method as MiniProgramRequest['method'],
        header: headers,
        ...(body !== undefined && { data: typeof body === 'string' ? body : ownBuffer(body) }),
        timeout: timeoutMs,
        dataType: 'text',
        responseType: 'text',
        redirect: 'manual',
        success({ statusCode, header, data }) {
          if (isRedirect(statusCode)) return fail('TypeError', 'redirected');
          end(() => resolve({ status: statusCode, headers: readHeader(header), text: async () => textOf(data) }));
        },
        // Its words are the host's, such as "request:fail timeout" or "request:fail url not in domain list".
        fail: ({ errMsg, errno }) => fail(/timeout/i.test(errMsg) ? 'TimeoutError' : 'TypeError', errno === undefined ? errMsg : `${errMsg} (${errno})`),
      });
      signal.addEventListener('abort', abort);
      // A redirect that is not followed ends the request after this; which callback comes then is not documented.
      task.onHeadersReceived?.(({ statusCode = 0 }) => {
        if (isRedirect(statusCode)) fail('TypeError', 'redirected');
      });
    });
}

function isRedirect(status: number): boolean {
  return status >= 300 && status <= 399;
}

/** A view may show a piece of a larger buffer, and `wx` takes buffers, not views. */
function ownBuffer(bytes: Uint8Array<ArrayBuffer>): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = bytes;
  return byteLength === buffer.byteLength ? buffer : buffer.slice(byteOffset, byteOffset + byteLength);
}

/** Names come as the server, a proxy or the phone's own client wrote them. */
function readHeader(header: Readonly<Record<string, unknown>>): HttpAnswer['headers'] {
  const values = new Map(Object.entries(header).map(([name, value]) => [name.toLowerCase(), String(value)]));
  return { get: (name) => values.get(name.toLowerCase()) ?? null };
}

/** Documented as text, object or buffer, whatever was asked for; parsed JSON is as good as its text. */
function textOf(data: unknown): string {
  return typeof data === 'string' ? data : data === undefined || data === null ? '' : JSON.stringify(data);
}

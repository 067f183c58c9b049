import { fromHex } from '../digest/web-crypto.js';
import { sha256Hex } from '../digest/sha256.js';
import type { Platform, Primitives } from './port.js';
import { uuidOf } from './uuid.js';

/** What is used of `wx` besides its requests. Structural; `wx` itself fits. */
export interface MiniProgramHost {
  /** From base library 2.15.0 on. */
  getRandomValues?(options: { readonly length: number; success(answer: { readonly randomValues: ArrayBuffer }): void; fail(): void }): void;
}

/** What {@link miniProgramPlatform} makes. */
export interface MiniProgramPlatform extends Pick<Platform, 'now' | 'setTimeout' | 'clearTimeout'>, Primitives {
  /** RFC 9562 version 4. It names a request and is no secret: where the host has no secure generator it comes from `Math.random`. */
  randomUUID(): Promise<string>;
}

/**
 * The platform of a mini-program, whose JavaScript has the language and timers and hardly more: no `AbortController`, `performance`,
 * `crypto`, `btoa` or `TextEncoder`. Goes with {@link miniProgramFetch} into `createBackendClient` and `postToken`, and into `uploadParts`,
 * `digestOf` and `chainOf`. SHA-256 is computed in JavaScript, some 0.1 s for a part of 256 KiB and several times that on a slow phone.
 *
 * @param wx The global of a mini-program.
 */
export function miniProgramPlatform(wx: MiniProgramHost): MiniProgramPlatform {
  let latest = 0;
  let ahead = 0;
  return {
    // The only clock there is may be set back; deadlines must not move with it.
    now() {
      const time = Date.now();
      ahead += Math.max(0, latest - time);
      latest = time;
      return time + ahead;
    },
    setTimeout: (callback, ms) => setTimeout(callback, ms),
    clearTimeout: (handle) => clearTimeout(handle),
    randomUUID: async () => uuidOf(await randomBytes(wx, 16)),
    createAbortController,
    sha256: async (data) => fromHex(sha256Hex(data)),
    toBase64,
  };
}

/**
 * For `signal` options where there is no `AbortController`. Of its signal there is what is used: `aborted`, and listeners to `abort`.
 */
export function createAbortController(): AbortController {
  const listeners = new Set<() => void>();
  const signal = {
    aborted: false,
    addEventListener: (_type: 'abort', listener: () => void) => void listeners.add(listener),
    removeEventListener: (_type: 'abort', listener: () => void) => void listeners.delete(listener),
  };
  const abort = (): void => {
    if (signal.aborted) return;
    signal.aborted = true;
    for (const listener of [...listeners]) listener();
  };
  return { signal, abort } as unknown as AbortController;
}

function randomBytes(wx: MiniProgramHost, length: number): Promise<Uint8Array> {
  const guessed = (): Uint8Array => Uint8Array.from({ length }, () => Math.random() * 256);
  return new Promise<Uint8Array>((resolve) => {
    if (!wx.getRandomValues) return resolve(guessed());
    wx.getRandomValues({ length, success: ({ randomValues }) => resolve(new Uint8Array(randomValues)), fail: () => resolve(guessed()) });
  }).catch(guessed);
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const [first = 0, second = 0, third = 0] = bytes.subarray(index, index + 3);
    const triple = (first << 16) | (second << 8) | third;
    const digits = [18, 12, 6, 0].map((shift) => DIGITS.charAt((triple >> shift) & 63)).join('');
    const padding = Math.max(0, index + 3 - bytes.length);
    text += digits.slice(0, 4 - padding) + '='.repeat(padding);
  }
  return text;
}

import { describe, expect, it } from 'vitest';
import type { UploadRequest } from './port.js';
import { webUpload } from './web-upload.js';

const REQUEST: UploadRequest = { method: 'PUT', headers: {}, body: new Uint8Array(3), signal: new AbortController().signal, withCredentials: false, onProgress: () => undefined };

/** A request that is answered as soon as it is sent. @param answer what it has to say */
function answering(answer: object): object {
  return class {
    readonly upload = {};
    readonly status = 204;
    readonly responseText = '';
    readonly responseURL = '';
    onload = (): void => undefined;
    constructor() {
      Object.defineProperties(this, Object.getOwnPropertyDescriptors(answer));
    }
    open(): void {}
    setRequestHeader(): void {}
    getResponseHeader(): null {
      return null;
    }
    send(): void {
      queueMicrotask(() => this.onload());
    }
  };
}

const upload = (host: object): ReturnType<NonNullable<ReturnType<typeof webUpload>>> | undefined => webUpload(host as typeof globalThis)?.('/p', REQUEST);

describe('an upload', () => {
  it('is none where the host has no XMLHttpRequest', () => expect(webUpload({} as typeof globalThis)).toBeUndefined());

  it('from a worker, which has no document, goes by the worker’s own address', async () => {
    const location = { href: 'https://shop.example/app/worker.js' };
    const from = (responseURL: string) => upload({ XMLHttpRequest: answering({ responseURL }), location });
    expect(await from('https://shop.example/p')).toMatchObject({ status: 204 });
    await expect(from('https://evil.example/p')).rejects.toThrow('redirected');
  });

  it('from a page goes by the document’s base', async () => {
    const document = { baseURI: 'https://backend.example/' };
    expect(await upload({ XMLHttpRequest: answering({ responseURL: 'https://backend.example/p' }), document, location: { href: 'https://shop.example/' } })).toMatchObject({ status: 204 });
  });

  it('whose answer cannot be read rejects rather than never ending', async () => {
    const broken = {
      get responseText(): string {
        throw new Error('not a text');
      },
    };
    await expect(upload({ XMLHttpRequest: answering(broken), location: { href: 'https://shop.example/' } })).rejects.toThrow('not a text');
  });
});

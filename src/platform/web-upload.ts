import type { Upload } from './port.js';

/**
 * Sends with `XMLHttpRequest`, since `fetch` does not tell how far a body has gone. Unlike a `fetch` it cannot be forbidden to
 * follow a redirect; an answer that came from elsewhere is an error. `undefined` where there is none.
 *
 * @param page The global object to work on: the page's own, or that of a same-origin iframe.
 */
export function webUpload(page: typeof globalThis = globalThis): Upload | undefined {
  const { XMLHttpRequest: Client } = page as Partial<typeof globalThis>;
  if (Client === undefined) return undefined;
  return (url, { method, headers, body, signal, withCredentials, onProgress }) =>
    new Promise((resolve, reject) => {
      const request = new Client();
      const abort = (): void => request.abort();
      request.open(method, url);
      request.withCredentials = withCredentials;
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
      request.upload.onprogress = ({ loaded }) => onProgress(loaded);
      request.onload = () => {
        const { responseURL, responseText, status } = request;
        if (responseURL !== '' && responseURL !== new URL(url, page.document.baseURI).href) reject(new TypeError('redirected'));
        else resolve({ status, headers: { get: (name) => request.getResponseHeader(name) }, text: () => Promise.resolve(responseText) });
      };
      request.onerror = () => reject(new TypeError('the request failed'));
      request.onabort = () => reject(new DOMException('the request was aborted', 'AbortError'));
      request.onloadend = () => signal.removeEventListener('abort', abort);
      signal.addEventListener('abort', abort);
      request.send(body);
      if (signal.aborted) abort();
    });
}

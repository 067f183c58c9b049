import type { Upload } from './port.js';

/**
 * Sends with `XMLHttpRequest`, since `fetch` does not tell how far a body has gone. Unlike a `fetch` it cannot be forbidden to
 * follow a redirect; an answer that came from elsewhere is an error. `undefined` where there is none.
 *
 * @param page The global object to work on: the page's own, that of a same-origin iframe, or a worker's.
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
      // What is thrown in a listener ends nothing; in here it rejects.
      const answer: () => ReturnType<Upload> = async () => {
        const { responseURL, responseText, status } = request;
        // A worker has no document.
        if (responseURL !== '' && responseURL !== new URL(url, page.document?.baseURI ?? page.location.href).href) throw new TypeError('redirected');
        return { status, headers: { get: (name) => request.getResponseHeader(name) }, text: async () => responseText };
      };
      request.onload = () => resolve(answer());
      request.onerror = () => reject(new TypeError('the request failed'));
      request.onabort = () => reject(new DOMException('the request was aborted', 'AbortError'));
      request.onloadend = () => signal.removeEventListener('abort', abort);
      signal.addEventListener('abort', abort);
      request.send(body);
      if (signal.aborted) abort();
    });
}

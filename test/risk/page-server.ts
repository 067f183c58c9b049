import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OutputChunk } from 'rollup';

/** What a path answers with. */
export interface Answer {
  readonly type: string;
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A running server. */
export interface PageServer {
  /** `http://localhost:…`, without a slash at the end. */
  readonly origin: string;
  close(): Promise<void>;
}

/** The policy the SDK has to work under, word for word from the guide. */
export const STRICT_POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; worker-src 'self'; media-src 'self' blob:; img-src 'self' blob:";

/** Serves modules and whatever `answers` has, on a port of its own; every other path is an empty page. */
export async function servePage(modules: readonly OutputChunk[], answers: Readonly<Record<string, Answer>> = {}): Promise<PageServer> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const chunk = modules.find(({ fileName }) => `/${fileName}` === path);
    const answer = answers[path] ?? (chunk ? { type: 'text/javascript', body: chunk.code } : { type: 'text/html', body: '<!doctype html><meta charset="utf-8"><title>page</title><body></body>' });
    // A sandboxed frame has no origin, and loads modules only from those who allow any.
    response.writeHead(200, { 'content-type': answer.type, 'access-control-allow-origin': '*', ...('headers' in answer ? answer.headers : {}) });
    response.end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

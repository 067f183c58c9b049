import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What the server does with one request; the last behaviour of a script stays. */
export type Behaviour = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void;

/** A real HTTP server on loopback that follows a script. */
export interface MisbehavingServer {
  readonly endpoint: string;
  /** Requests so far: method, path, headers, body. */
  readonly requests: readonly { readonly method: string; readonly path: string; readonly headers: IncomingMessage['headers']; readonly body: Buffer }[];
  /** Resolves when a request has come in that has not been answered. */
  close(): Promise<void>;
}

/** Starts one that takes the behaviours in turn. */
export async function startMisbehaving(...script: readonly Behaviour[]): Promise<MisbehavingServer> {
  const requests: { method: string; path: string; headers: IncomingMessage['headers']; body: Buffer }[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const behaviour = script[Math.min(requests.length, script.length - 1)];
      requests.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body });
      behaviour?.(request, response, body);
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        sockets.forEach((socket) => socket.destroy());
      }),
  };
}

/** Answers with JSON. */
export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Behaviour {
  return raw(status, JSON.stringify(body), { 'content-type': 'application/json', ...headers });
}

/** Answers with a text. */
export function raw(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Behaviour {
  return (_request, response) => void response.writeHead(status, headers).end(body);
}

/** Never answers. */
export const silence: Behaviour = () => undefined;

/** Closes the connection without an answer. */
export const hangUp: Behaviour = (request) => void request.socket.destroy();

/** Announces more than it sends, then closes. */
export const cutShort: Behaviour = (request, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"sessionId":', () => request.socket.destroy());
};

/** Sends headers and then nothing more. */
export const stall: Behaviour = (_request, response) => void response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' }).write('{');

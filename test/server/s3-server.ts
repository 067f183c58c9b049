import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request as send } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3 } from '@aws-sdk/client-s3';
import type { S3ClientConfig } from '@aws-sdk/client-s3';

/** What becomes of a request on its way: `pass` it on, answer `slow-down` (503) as S3 does, or break the connection `before` or in the middle of the body (`within`). */
export type OnTheWay = 'pass' | 'slow-down' | 'before' | 'within';

/** An S3 implementation in a process of its own, with one bucket, behind a proxy that can spoil what passes. */
export interface S3Server {
  /** Where clients are sent: the proxy. */
  readonly endpoint: string;
  /** A client of the real SDK. */
  connect(options?: S3ClientConfig): S3;
  /** Keys of the bucket, sorted, asked of the server itself. */
  keys(): Promise<string[]>;
  /** Decides about each request by method and key. Default `pass`. */
  onTheWay: (method: string, key: string) => OnTheWay;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again with the same objects. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** The only key that it knows. */
const CREDENTIALS = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };

/*
 * Signatures: it computes those of listings over another path than the SDK signs, so that the comparison is off; the key itself has to
 * be known. DES, which it makes its continuation tokens with, is in OpenSSL's legacy provider.
 */
const PROGRAM = `
const [directory, bucket, port] = process.argv.slice(1);
const options = { directory, address: '127.0.0.1', port: Number(port), silent: true, allowMismatchedSignatures: true, configureBuckets: [{ name: bucket, configs: [] }] };
new (require('@20minutes/s3rver'))(options).run().then(({ port }) => console.log('listening on ' + port));
`;

/** @param bucket the one it has */
export async function startS3(bucket: string): Promise<S3Server> {
  const directory = await mkdtemp(join(tmpdir(), 'facefront-s3-'));
  const clients: S3[] = [];
  let child: ChildProcess;
  let port = 0;
  const start = async (): Promise<void> => {
    child = spawn(process.execPath, ['--openssl-legacy-provider', '-e', PROGRAM, directory, bucket, String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
    port = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`s3rver ended with ${code}`)));
      child.stdout?.on('data', (chunk: Buffer) => {
        const [, listening] = /listening on (\d+)/.exec(chunk.toString()) ?? [];
        if (listening !== undefined) resolve(Number(listening));
      });
    });
  };
  const kill = async (): Promise<void> => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    if (child.kill('SIGKILL')) await ended;
  };
  await start();

  const state = { onTheWay: (_method: string, _key: string): OnTheWay => 'pass' };
  const proxy = createServer((incoming, outgoing) => {
    const { method = '', url = '', headers } = incoming;
    const [, , ...rest] = new URL(url, 'http://s3').pathname.split('/').map(decodeURIComponent);
    const fate = state.onTheWay(method, rest.join('/'));
    if (fate === 'before') return void incoming.socket.destroy();
    if (fate === 'slow-down') return void incoming.resume().on('end', () => slowDown(outgoing));
    const forward = send({ host: '127.0.0.1', port, method, path: url, headers, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.on('error', () => outgoing.destroy());
      answer.pipe(outgoing);
    });
    forward.on('error', () => incoming.socket.destroy());
    if (fate === 'pass') return void incoming.pipe(forward);
    incoming.once('data', (chunk: Buffer) => {
      forward.write(chunk.subarray(0, Math.ceil(chunk.length / 2)), () => {
        forward.destroy();
        incoming.socket.destroy();
      });
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const connect = (options: S3ClientConfig = {}): S3 => {
    const client = new S3({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials: CREDENTIALS, maxAttempts: 2, ...options });
    clients.push(client);
    return client;
  };

  return Object.assign(state, {
    endpoint,
    connect,
    async keys() {
      const { Contents = [] } = await connect({ endpoint: `http://127.0.0.1:${port}` }).listObjectsV2({ Bucket: bucket });
      return Contents.map(({ Key = '' }) => Key).sort();
    },
    kill,
    restart: start,
    async close() {
      for (const client of clients) client.destroy();
      await kill();
      await new Promise<void>((resolve) => {
        proxy.close(() => resolve());
        proxy.closeAllConnections();
      });
      await rm(directory, { recursive: true, force: true });
    },
  });
}

function slowDown(response: ServerResponse): void {
  response.writeHead(503, { 'content-type': 'application/xml' }).end('<?xml version="1.0"?><Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>');
}

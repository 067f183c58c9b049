import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/*
 * Not S3: the six requests of its REST interface that the evidence store makes, over real HTTP, in memory, for the real SDK
 * to speak to. Signatures are asked for and not checked; pages are short so that paging is used.
 */

/** A server of that kind. */
export interface S3Subset {
  readonly endpoint: string;
  /** Keys of the one bucket, sorted. */
  keys(): string[];
  /** The next requests for which this is true get a 503, as S3 answers when it wants to be asked more slowly. */
  slowDown: (method: string, key: string) => boolean;
  close(): Promise<void>;
}

const PAGE = 3;

/** @param bucket the one it has */
export async function startS3Subset(bucket: string): Promise<S3Subset> {
  const objects = new Map<string, Buffer>();
  const state = { slowDown: (_method: string, _key: string): boolean => false };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const url = new URL(request.url ?? '', 'http://s3');
      const [, inBucket = '', ...rest] = url.pathname.split('/').map(decodeURIComponent);
      const key = rest.join('/');
      const answer = (status: number, content: string | Buffer = '', headers: Record<string, string> = {}): void => void response.writeHead(status, headers).end(content);
      const fail = (status: number, code: string): void => answer(status, `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`, { 'content-type': 'application/xml' });

      if (!/^AWS4-HMAC-SHA256 /.test(request.headers.authorization ?? '')) return fail(403, 'AccessDenied');
      if (state.slowDown(request.method ?? '', key)) return fail(503, 'SlowDown');
      if (inBucket !== bucket) return fail(404, 'NoSuchBucket');
      if (key === '') return request.method === 'HEAD' ? answer(200) : answer(200, list(url.searchParams, [...objects.keys()].sort()), { 'content-type': 'application/xml' });
      switch (request.method) {
        case 'PUT':
          if (createHash('sha256').update(body).digest('hex') !== request.headers['x-amz-content-sha256'] && request.headers['x-amz-content-sha256'] !== 'UNSIGNED-PAYLOAD') return fail(400, 'XAmzContentSHA256Mismatch');
          objects.set(key, body);
          return answer(200, '', { etag: '"0"' });
        case 'GET': {
          const object = objects.get(key);
          return object ? answer(200, object, { 'content-type': 'application/octet-stream', etag: '"0"' }) : fail(404, 'NoSuchKey');
        }
        case 'DELETE':
          objects.delete(key);
          return answer(204);
        default:
          return fail(405, 'MethodNotAllowed');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(state, {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    keys: () => [...objects.keys()].sort(),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

function list(query: URLSearchParams, keys: readonly string[]): string {
  const [prefix, delimiter, after] = [query.get('prefix') ?? '', query.get('delimiter') ?? '', query.get('continuation-token') ?? ''];
  const entries = new Set<string>();
  for (const key of keys) {
    if (!key.startsWith(prefix)) continue;
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    entries.add(end < 0 ? key : key.slice(0, end + 1));
  }
  const left = [...entries].filter((entry) => entry > after);
  const page = left.slice(0, PAGE);
  const rows = page.map((entry) => (delimiter !== '' && entry.endsWith(delimiter) ? `<CommonPrefixes><Prefix>${entry}</Prefix></CommonPrefixes>` : `<Contents><Key>${entry}</Key></Contents>`));
  const more = left.length > PAGE ? `<IsTruncated>true</IsTruncated><NextContinuationToken>${page[page.length - 1]}</NextContinuationToken>` : '<IsTruncated>false</IsTruncated>';
  return `<?xml version="1.0"?><ListBucketResult>${rows.join('')}${more}</ListBucketResult>`;
}

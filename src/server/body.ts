import type { Bytes } from '../transport/chain.js';
import { check } from '../transport/shape.js';
import type { Shape } from '../transport/shape.js';
import { malformed, refuse } from './problem.js';
import type { Outcome } from './problem.js';

/** Bounds of one body. */
export interface BodyLimits {
  readonly maxBytes: number;
  /** Milliseconds for the whole body. */
  readonly timeoutMs: number;
}

/** Reads a body to its end, and no further than its limits. */
export async function readBody(request: Request, { maxBytes, timeoutMs }: BodyLimits): Promise<Outcome<Bytes>> {
  const tooLarge = refuse('too-large', `the body may hold ${maxBytes} bytes`);
  const header = request.headers.get('content-length');
  const declared = header === null ? undefined : /^\d{1,15}$/.test(header) ? Number(header) : NaN;
  if (declared !== undefined && Number.isNaN(declared)) return malformed([{ field: 'Content-Length', rule: 'must be a number of bytes' }]);
  if (declared !== undefined && declared > maxBytes) return tooLarge;

  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<'late'>((resolve) => (timer = setTimeout(() => resolve('late'), timeoutMs)));
  try {
    while (reader !== undefined) {
      const next = await Promise.race([reader.read(), late]);
      if (next === 'late') return refuse('request-timeout', `the body did not arrive within ${timeoutMs} ms`);
      if (next.done) break;
      length += next.value.length;
      if (length > maxBytes) return tooLarge;
      chunks.push(next.value);
    }
  } catch {
    return refuse('part-truncated', `the connection ended after ${length} bytes`);
  } finally {
    clearTimeout(timer);
    // Nothing reads on; an error here would only say that the client is gone.
    void reader?.cancel().catch(() => undefined);
  }
  if (declared !== undefined && declared !== length) return refuse('part-truncated', `Content-Length says ${declared} bytes, ${length} arrived`);

  const whole = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return { ok: true, value: whole };
}

/** A JSON body that has the shape, and its bytes. Unknown fields are refused. */
export async function readJson<T>(request: Request, shape: Shape<T>, limits: BodyLimits): Promise<Outcome<{ readonly body: T; readonly bytes: Bytes }>> {
  // A content type that a form cannot send keeps other sites from posting with the visitor's cookies.
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get('content-type') ?? '')) return refuse('unsupported-media-type', 'Content-Type must be application/json');
  const read = await readBody(request, limits);
  if (!read.ok) return read.name === 'part-truncated' ? malformed([{ field: 'body', rule: `must arrive whole: ${read.detail}` }]) : read;
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(read.value));
  } catch {
    return malformed([{ field: 'body', rule: 'must be JSON in UTF-8' }]);
  }
  const checked = check(shape, value, 'refuse');
  return checked.ok ? { ok: true, value: { body: checked.value, bytes: read.value } } : malformed(checked.errors);
}

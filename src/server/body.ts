import type { Bytes } from '../transport/chain.js';
import { check } from '../transport/shape.js';
import type { Shape } from '../transport/shape.js';
import { malformed, refuse } from './problem.js';
import type { Outcome } from './problem.js';
import { repeatedFields } from './repeated-fields.js';

/** Bounds of one body. */
export interface BodyLimits {
  readonly maxBytes: number;
  /** Milliseconds for the whole body. */
  readonly timeoutMs: number;
  /** Milliseconds without a byte after which it is given up; the body is then read as it comes. Default none. */
  readonly stallMs?: number;
}

const utf8 = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true });

/** Reads a body to its end, and no further than its limits. */
export async function readBody(request: Request, { maxBytes, timeoutMs, stallMs }: BodyLimits): Promise<Outcome<Bytes>> {
  const tooLarge = refuse('too-large', `the body may hold ${maxBytes} bytes`);
  const header = request.headers.get('content-length');
  const declared = header === null ? undefined : /^\d{1,15}$/.test(header) ? Number(header) : NaN;
  if (declared !== undefined && Number.isNaN(declared)) return malformed([{ field: 'Content-Length', rule: 'must be a number of bytes' }]);
  if (declared !== undefined && declared > maxBytes) return tooLarge;

  const patience = startPatience(timeoutMs, stallMs);
  try {
    const whole = await (declared === undefined || stallMs !== undefined ? readStream(request, maxBytes, patience) : Promise.race([readDeclared(request), patience.over]));
    if (whole === 'late') return refuse('request-timeout', `the body did not arrive within ${timeoutMs} ms`);
    if (whole === 'stalled') return refuse('request-timeout', `the body stood still: no byte for ${stallMs} ms`);
    if (whole === 'too-large' || whole.length > maxBytes) return tooLarge;
    if (declared !== undefined && declared !== whole.length) return refuse('part-truncated', `Content-Length says ${declared} bytes, ${whole.length} arrived`);
    return { ok: true, value: whole };
  } catch {
    return refuse('part-truncated', 'the connection ended before the body was whole');
  } finally {
    patience.end();
  }
}

/** How long a body is waited for. */
interface Patience {
  readonly over: Promise<'late' | 'stalled'>;
  /** A byte has come. */
  moved(): void;
  end(): void;
}

function startPatience(timeoutMs: number, stallMs: number | undefined): Patience {
  let giveUp = (_why: 'late' | 'stalled'): void => undefined;
  const over = new Promise<'late' | 'stalled'>((resolve) => (giveUp = resolve));
  // Both: who sends a byte now and then would never stand still.
  const whole = setTimeout(() => giveUp('late'), timeoutMs);
  let stall: ReturnType<typeof setTimeout> | undefined;
  const moved = (): void => {
    clearTimeout(stall);
    if (stallMs !== undefined) stall = setTimeout(() => giveUp('stalled'), stallMs);
  };
  moved();
  return {
    over,
    moved,
    end() {
      clearTimeout(whole);
      clearTimeout(stall);
    },
  };
}

/** HTTP servers take no more bytes than were declared, and a body that is read at once costs a fraction of one that is read as a stream. */
async function readDeclared(request: Request): Promise<Bytes> {
  return new Uint8Array(await request.arrayBuffer());
}

async function readStream(request: Request, maxBytes: number, { over, moved }: Patience): Promise<Bytes | 'late' | 'stalled' | 'too-large'> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  try {
    while (reader !== undefined) {
      const next = await Promise.race([reader.read(), over]);
      if (next === 'late' || next === 'stalled') return next;
      if (next.done) break;
      moved();
      length += next.value.length;
      if (length > maxBytes) return 'too-large';
      chunks.push(next.value);
    }
  } finally {
    // Nothing reads on; an error here would only say that the client is gone.
    void reader?.cancel().catch(() => undefined);
  }
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}

/** A JSON body that has the shape, and its bytes. Unknown fields, and fields that stand twice, are refused. */
export async function readJson<T>(request: Request, shape: Shape<T>, limits: BodyLimits): Promise<Outcome<{ readonly body: T; readonly bytes: Bytes }>> {
  // A content type that a form cannot send keeps other sites from posting with the visitor's cookies.
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get('content-type') ?? '')) return refuse('unsupported-media-type', 'Content-Type must be application/json');
  const read = await readBody(request, limits);
  if (!read.ok) return read.name === 'part-truncated' ? malformed([{ field: 'body', rule: `must arrive whole: ${read.detail}` }]) : read;
  let value: unknown;
  let repeated: readonly string[];
  try {
    const json = utf8.decode(read.value);
    value = JSON.parse(json);
    repeated = repeatedFields(json);
  } catch {
    return malformed([{ field: 'body', rule: 'must be JSON in UTF-8' }]);
  }
  if (repeated.length > 0) return malformed(repeated.map((field) => ({ field, rule: 'must not stand twice' })));
  const checked = check(shape, value, 'refuse');
  return checked.ok ? { ok: true, value: { body: checked.value, bytes: read.value } } : malformed(checked.errors);
}

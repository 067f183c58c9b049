import type { CodeReference } from '../../src/transport/protocol.js';
import type { FieldError } from '../../src/transport/shape.js';
import type { VendorPort } from '../../src/server/index.js';

/** Names the code that the simulated vendor answers a submission with: `system/table/code`. */
export const CODE_HEADER = 'x-simulated-code';

/** Milliseconds the simulated vendor takes, 0 to {@link MAX_LATENCY_MS}. */
export const LATENCY_HEADER = 'x-simulated-latency-ms';

/** Longer than the handler's inline wait, so that `pending` can be seen. */
export const MAX_LATENCY_MS = 20_000;

/** What a submission without the header gets. */
export const DEFAULT_CODE: CodeReference = { system: 'faceid-sdk', table: 'result', code: '0' };

/**
 * A vendor that decides nothing by itself: each submission says in its headers which code it wants to see, so that any
 * code can be looked at, by several pages at once. Code 0 passes, every other one rejects.
 */
export function createVendorSimulator(): VendorPort {
  return {
    precheck: ({ headers }) => [...readCode(headers).errors, ...readLatency(headers).errors],
    async decide({ request, session, signal }) {
      const code = readCode(request.headers).value;
      await pause(readLatency(request.headers).value, signal);
      return { status: 'decided', decision: code.code === '0' ? 'passed' : 'rejected', code, reference: `simulated-${session.createdAt}` };
    },
  };
}

interface Read<T> {
  readonly value: T;
  readonly errors: readonly FieldError[];
}

function readCode(headers: Headers): Read<CodeReference> {
  const header = headers.get(CODE_HEADER);
  if (header === null) return { value: DEFAULT_CODE, errors: [] };
  const [, system, table, code] = /^([a-z0-9-]{1,64})\/([a-z0-9-]{1,64})\/([A-Za-z0-9-]{1,64})$/.exec(header) ?? [];
  if (system === undefined || table === undefined || code === undefined) {
    return { value: DEFAULT_CODE, errors: [{ field: CODE_HEADER, rule: 'must be system/table/code, such as faceid-sdk/result/66660023' }] };
  }
  return { value: { system, table, code }, errors: [] };
}

function readLatency(headers: Headers): Read<number> {
  const header = headers.get(LATENCY_HEADER);
  if (header === null) return { value: 0, errors: [] };
  const value = /^\d{1,5}$/.test(header) ? Number(header) : Infinity;
  return value <= MAX_LATENCY_MS ? { value, errors: [] } : { value: 0, errors: [{ field: LATENCY_HEADER, rule: `must be an integer from 0 to ${MAX_LATENCY_MS}` }] };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}

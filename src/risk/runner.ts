import { type Outcome, within } from '../platform/deadline.js';
import type { CollectContext, Collector, Fact } from './fact.js';
import type { RiskHost } from '../platform/risk-port.js';
import { createSlices } from './slices.js';

/** Options of {@link runCollectors}. */
export interface RunOptions {
  readonly host: RiskHost;
  /** By the facts' ids, begun in this order. */
  readonly collectors: Readonly<Record<string, Collector<unknown>>>;
  /** For the whole run, milliseconds. */
  readonly deadlineMs: number;
  /** Ends the run at once. The run's own: it is listened to for good. */
  readonly signal: AbortSignal;
  readonly context: Pick<CollectContext, 'camera' | 'deviceToken'>;
}

/** How a run ended. */
export interface Run {
  readonly facts: Readonly<Record<string, Fact<unknown>>>;
  /** `complete` every fact ended by itself · `deadline` some were cut off by the deadline · `aborted` by the signal. */
  readonly ending: 'complete' | 'deadline' | 'aborted';
}

/** For collectors that name none. */
export const DEFAULT_BUDGET_MS = 100;

/** Names of what browsers throw where something is forbidden. */
const FORBIDDEN = /^(NotAllowed|Security)Error$/;

/**
 * Runs collectors beside each other, each within its own budget and all within one deadline. What one of them throws, hangs on or
 * is denied is its own fact's status and nobody else's. Never rejects; never later than the deadline, whatever never settles.
 */
export async function runCollectors({ host, collectors, deadlineMs, signal, context }: RunOptions): Promise<Run> {
  const beganAt = host.now();
  const facts: Record<string, Fact<unknown>> = {};
  const started: Record<string, Promise<void>> = {};
  const turn = createSlices(host);
  const begun: AbortController[] = [];
  let isOver = false;

  // Every collector at once, in the caller's own task: none may go on, or write, after a withdrawal.
  const endAll = (): void => {
    isOver = true;
    for (const own of begun) own.abort();
  };
  signal.addEventListener('abort', endAll);
  if (signal.aborted) endAll();

  const settle = async (id: string, { after, budgetMs = DEFAULT_BUDGET_MS, load, read }: Collector<unknown>): Promise<void> => {
    // Where the code cannot be had, the reading will say so.
    const first = load ? load().catch(() => undefined) : started[after ?? ''];
    if (first) {
      await first;
      await turn();
    }
    if (isOver) return;
    const startedAt = host.now();
    const own = new AbortController();
    begun.push(own);
    const fact = async (other: string): Promise<Fact<unknown> | undefined> => {
      await started[other];
      return facts[other];
    };
    const pause = async (): Promise<void> => {
      await turn();
      if (own.signal.aborted) throw undefined;
    };
    // In a function of its own, so that what is thrown at once is a rejection too.
    const reading = (async () => read({ ...context, host, pause, fact, signal: own.signal }))();
    const outcome = await within(reading, { platform: host, timeoutMs: budgetMs, signal: own.signal });
    own.abort();
    facts[id] = toFact(outcome, elapsed(host, startedAt));
  };

  const all = (async () => {
    for (const [id, collector] of Object.entries(collectors)) {
      await turn();
      if (isOver) return;
      started[id] = settle(id, collector);
    }
    await Promise.all(Object.values(started));
  })();
  const { kind } = await within(all, { platform: host, timeoutMs: deadlineMs, signal });
  endAll();
  const cut = signal.aborted ? 'aborted' : 'timeout';
  const ending = signal.aborted ? 'aborted' : kind === 'timeout' ? 'deadline' : 'complete';
  const unsettled = { status: cut, ms: elapsed(host, beganAt) } as const;
  // A copy: what comes in after this must not reach a report that is already out.
  return { ending, facts: Object.fromEntries(Object.keys(collectors).map((id) => [id, facts[id] ?? unsettled])) };
}

function toFact(outcome: Outcome<unknown>, ms: number): Fact<unknown> {
  if (outcome.kind === 'error') {
    const detail = String((outcome.error as Error | undefined)?.name);
    return { status: FORBIDDEN.test(detail) ? 'denied' : 'error', ms, detail };
  }
  if (outcome.kind !== 'value') return { status: outcome.kind, ms };
  const { value } = outcome;
  return value === undefined ? { status: 'missing', ms } : { status: 'ok', ms, value };
}

/** Milliseconds since then, to a tenth. */
export function elapsed(host: Pick<RiskHost, 'now'>, since: number): number {
  return Math.round((host.now() - since) * 10) / 10;
}

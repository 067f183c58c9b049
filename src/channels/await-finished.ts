import type { Platform } from '../platform/port.js';
import { sleep } from '../platform/sleep.js';
import type { ChannelFailed } from './channel.js';

/** Asks whether the person has finished with the vendor. May reject; `signal` aborts when nobody waits for the answer any more. */
export type AskFinished = (token: string, signal: AbortSignal) => Promise<'waiting' | 'finished' | 'expired'>;

/** Options of {@link awaitFinished}. */
export interface AwaitFinishedOptions {
  readonly ask: AskFinished;
  readonly token: string;
  readonly platform: Pick<Platform, 'now' | 'setTimeout' | 'clearTimeout'>;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds in all. */
  readonly deadlineMs: number;
  /** Milliseconds between an answer and the next question. Default 1,000, as the vendor has it. */
  readonly intervalMs?: number;
  /** Questions in a row without an answer after which it has failed. Default 3, as the vendor has it. */
  readonly maxErrors?: number;
  /** Names the wait in a failure's detail. */
  readonly name: string;
}

/** Longest wait for one answer, milliseconds. */
const ANSWER_MS = 5000;

/** Asks until the person has finished, which says nothing of how. Never rejects. Source: TC 1007/54089 for the numbers. */
export async function awaitFinished(options: AwaitFinishedOptions): Promise<{ readonly status: 'finished' } | { readonly status: 'cancelled' } | ChannelFailed> {
  const { platform, deadlineMs, intervalMs = 1000, maxErrors = 3, name } = options;
  const signals = options.signal ? [options.signal] : [];
  const failed = (code: ChannelFailed['code'], detail: string): ChannelFailed => ({ status: 'failed', code, detail: `${name}: ${detail}` });
  const deadline = platform.now() + deadlineMs;
  for (let errors = 0; ; ) {
    const answer = await askOnce(options, Math.min(ANSWER_MS, deadline - platform.now()));
    if (options.signal?.aborted) return { status: 'cancelled' };
    if (answer === 'finished') return { status: 'finished' };
    if (answer === 'expired') return failed('session-expired', 'the vendor’s token has expired');
    errors = answer === 'waiting' ? 0 : errors + 1;
    if (errors >= maxErrors) return failed('network-failed', `${errors} questions in a row brought no answer`);
    if (platform.now() + intervalMs >= deadline) return failed('verdict-timeout', `not finished within ${deadlineMs} ms`);
    if (await sleep(intervalMs, platform, signals)) return { status: 'cancelled' };
  }
}

/** The answer, or `error` for a question that failed, took too long or was answered with something else. */
async function askOnce({ ask, token, platform, signal }: AwaitFinishedOptions, ms: number): Promise<'waiting' | 'finished' | 'expired' | 'error'> {
  const controller = new AbortController();
  const asked = (async () => ask(token, controller.signal))().then(
    (answer) => (['waiting', 'finished', 'expired'].includes(answer) ? answer : 'error'),
    () => 'error' as const,
  );
  const late = sleep(ms, platform, [controller.signal, ...(signal ? [signal] : [])]).then(() => 'error' as const);
  const answer = await Promise.race([asked, late]);
  controller.abort();
  return answer;
}

import type { CodeReference } from '../../transport/protocol.js';
import type { ChannelRequest } from '../channel-choice.js';
import type { ChannelChoice } from '../stores/port.js';
import { isAboutPerson } from './about-person.js';
import type { VendorFailure } from './failure.js';
import { outcomeOf } from './outcome.js';
import type { VendorAnswer } from './outcome.js';
import type { TokenQuestion, VendorOutcome } from './port.js';

/** The server's half of a vendor's channel. Nothing of it ever rejects. */
export interface VendorAttempts<Input> {
  /** Begins an attempt for a session: what `HandlerOptions.channel` returns. `none` where the vendor refuses or does not answer. */
  begin(request: Pick<ChannelRequest, 'nonce'>, input: Input): Promise<ChannelChoice>;
  /** Decides about what came back, for `VendorPort.confirm`: the vendor is asked about the attempt that the session began. */
  confirm(question: Pick<TokenQuestion, 'tokens' | 'expected' | 'session' | 'vendorReference' | 'signal'>): Promise<VendorOutcome>;
}

/** Options of everything that makes {@link VendorAttempts}. */
export interface AttemptsOptions {
  /** Told why an attempt was not begun, or not decided: for your log. Holds no key, ticket, name or number. Default nobody. */
  readonly onFailure?: (detail: string) => void;
  /** Milliseconds between two questions about a result that the vendor does not have yet. Default 1,000. */
  readonly intervalMs?: number;
}

/** Questions after which a vendor that has no result is not asked again: a person who has come back has finished, one way or the other. */
const QUESTIONS = 4;

/** 本次流程未完成 and 当前订单或用户无人脸验证结果: nobody has tried, or the result is on its way. */
const NO_RESULT = ['17', '66660011'];

type Failed = Extract<VendorAnswer, { ok: false }> & Partial<Pick<VendorFailure, 'errors'>> & { readonly detail: string };

/** The code of a field that the vendor would have refused, or else of its answer. */
export function notBegun(failure: Failed, { onFailure }: AttemptsOptions): ChannelChoice {
  onFailure?.(failure.detail);
  const outcome = outcomeOf(failure, '') as Extract<VendorOutcome, { status: 'decided' }>;
  return { channel: 'none', code: failure.errors?.find(({ code }) => code)?.code ?? outcome.code };
}

/**
 * What the vendor says of an attempt whose person is back. Where it has no result after all, `told` is the reason, and without that the
 * vendor's own: whoever left without having finished has not passed.
 *
 * @param told what the vendor's page said went wrong
 * @param doubt the code with which somebody whom the vendor's result calls passed is for review, because its page said otherwise
 * @param saidPassed the vendor's page said, and signed, that the person passed: its result is on the way, and the attempt stays pending, unless there is a doubt, which makes it one for review
 */
export async function decideReturned(
  ask: () => Promise<VendorAnswer & { readonly detail?: string }>,
  { reference, told, doubt, saidPassed = false, signal, ...options }: AttemptsOptions & { readonly reference: string; readonly told?: CodeReference | undefined; readonly doubt?: CodeReference | undefined; readonly saidPassed?: boolean; readonly signal: AbortSignal },
): Promise<VendorOutcome> {
  for (let question = 1; ; question++) {
    const answer = await ask();
    if (!answer.ok) options.onFailure?.(answer.detail ?? answer.reason);
    const outcome = outcomeOf(answer, reference);
    if (doubt && answer.ok && answer.outcome === 'passed') return { status: 'decided', decision: 'review', code: doubt, reference };
    if (!answer.ok || outcome.status === 'decided') return outcome;
    const { system, table, code } = answer.entry;
    const hasResult = !NO_RESULT.includes(code);
    const isLast = question >= QUESTIONS || signal.aborted;
    // Pending is for who may still pass; and what the page said is not there any more when the result is asked for again.
    if (isLast && saidPassed) return doubt ? { status: 'decided', decision: 'review', code: doubt, reference } : outcome;
    if (isLast || told || hasResult) return { status: 'decided', decision: told || !hasResult || isAboutPerson(answer.entry) ? 'rejected' : 'review', code: told ?? { system, table, code }, reference };
    await new Promise((resolve) => setTimeout(resolve, options.intervalMs ?? 1000));
  }
}

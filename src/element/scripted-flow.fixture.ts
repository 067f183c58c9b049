import { lookup, promptFor, type CodeReference } from '../codes/core.js';
import type { FlowState, VerifyOptions, VerifyResult } from '../flow/index.js';

/** One call of a flow that does what a test says. */
export interface ScriptedRun {
  readonly options: VerifyOptions;
  /** The person's answer, once there is one. */
  readonly answer: () => 'granted' | 'refused' | undefined;
  readonly aborted: () => boolean;
  tell(state: StateWithoutDetector): void;
  /** Ends the run as the flow does: state first, then the result. */
  end(result: VerifyResult): void;
}

/** A state of the flow; the detector is complete unless it says otherwise. */
export type StateWithoutDetector = FlowState extends infer State ? (State extends FlowState ? Omit<State, 'detector'> & Partial<Pick<State, 'detector'>> : never) : never;

/** A flow that keeps every call, asks for consent at once, and ends as cancelled or refused by itself, as the real one does. */
export function scriptedFlow(): { readonly verify: (options: VerifyOptions) => Promise<VerifyResult>; readonly runs: ScriptedRun[] } {
  const runs: ScriptedRun[] = [];
  return {
    runs,
    verify: (options) =>
      new Promise((resolve) => {
        let answer: 'granted' | 'refused' | undefined;
        let ended = false;
        const tell = (state: StateWithoutDetector): void => options.onState?.({ detector: { stage: 'mesh' }, ...state } as FlowState);
        const end = (result: VerifyResult): void => {
          if (ended) return;
          ended = true;
          tell({ phase: 'ended', result });
          resolve(result);
        };
        runs.push({ options, answer: () => answer, aborted: () => options.signal?.aborted === true, tell, end });
        options.signal?.addEventListener('abort', () => end(clientResult('cancelled', 'cancelled')));
        tell({ phase: 'consent' });
        void options.consent.ask(new AbortController().signal).then((given) => {
          answer = given;
          if (given === 'refused') end(clientResult('cancelled', 'consent-refused'));
        });
      }),
  };
}

/** A result of the SDK's own. */
export function clientResult(status: 'cancelled' | 'failed' | 'expired' | 'degraded', code: string): VerifyResult {
  return { status, detail: 'as the test says', ...describe({ system: 'facefront', table: 'client', code }) };
}

/** A result with a verdict on a code of `faceid-sdk / result`. */
export function verdictResult(decision: 'passed' | 'rejected' | 'review', code: string, reference = 'R-1'): VerifyResult {
  const named = { system: 'faceid-sdk', table: 'result', code };
  return { status: 'finished', reference, verdict: { decision, code: named }, ...describe(named) };
}

function describe(code: CodeReference) {
  return { code, prompt: promptFor(code), remedy: lookup(code.system, code.table, code.code).remedy };
}

import type { FlowState, VerifyOptions, VerifyResult } from '../flow/index.js';

/** What the element gives to the flow; the run adds how the person answers. */
export type RunOptions = Omit<VerifyOptions, 'consent' | 'onState' | 'onTapNeeded' | 'onLightWarning' | 'onFileNeeded' | 'signal'> & {
  readonly consent: Omit<VerifyOptions['consent'], 'ask'>;
  /** Not called any more once the run is superseded. */
  readonly onState: (state: FlowState) => void;
  /** Whether a file from the phone's own camera is taken where there is no live one. */
  readonly evidence: 'live' | 'live-or-file';
};

/** One call of the flow, and the person's side of it. */
export interface Run {
  /** The consent text it was begun with. */
  readonly text: string;
  /** Rejects with the flow's TypeError when an option is wrong. */
  readonly finished: Promise<VerifyResult>;
  /** Set by {@link Run.supersede}: the result is of no interest. */
  readonly superseded: boolean;
  answer(answer: 'granted' | 'refused'): void;
  tap(): void;
  /** What the person says to the warning of the light. */
  warned(answer: 'go' | 'other'): void;
  /** What the phone's own camera has recorded. Only one that is waited for counts. */
  give(file: File): void;
  cancel(): void;
  /** Cancels a run that asked about a text which is no longer the one on the screen. */
  supersede(): void;
}

/** Begins a run. */
export function beginRun(verify: (options: VerifyOptions) => Promise<VerifyResult>, { evidence, ...options }: RunOptions): Run {
  const stop = new AbortController();
  const consent = deferred<'granted' | 'refused'>();
  let tap = deferred<void>();
  const warning = deferred<'go' | 'other'>();
  let superseded = false;
  // Both may be wanted several times in a run, and what was given before is no answer.
  const nextTap = (): Promise<void> => (tap = deferred<void>()).promise;
  let file = deferred<File>();
  const nextFile = (): Promise<File> => (file = deferred<File>()).promise;
  const begin = async (): Promise<VerifyResult> =>
    verify({
      ...options,
      consent: { ...options.consent, ask: () => consent.promise },
      onState(state) {
        if (!superseded) options.onState(state);
      },
      onTapNeeded: nextTap,
      onLightWarning: () => warning.promise,
      ...(evidence === 'live-or-file' && { onFileNeeded: nextFile }),
      signal: stop.signal,
    });
  return {
    text: options.consent.text,
    finished: begin(),
    get superseded() {
      return superseded;
    },
    answer: consent.resolve,
    tap: () => tap.resolve(),
    warned: warning.resolve,
    give: (chosen) => file.resolve(chosen),
    cancel: () => stop.abort(),
    supersede() {
      superseded = true;
      stop.abort();
    },
  };
}

function deferred<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => (resolve = settle));
  return { promise, resolve };
}

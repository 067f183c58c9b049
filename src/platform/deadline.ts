import type { Platform, TimerHandle } from './port.js';

/** How a wait ended. */
export type Outcome<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'error'; readonly error: unknown }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'aborted' };

/** What a wait may cost. */
export interface WaitLimits<T> {
  readonly platform: Pick<Platform, 'setTimeout' | 'clearTimeout'>;
  readonly timeoutMs: number;
  /** Only time in which the page is seen counts: each return begins the wait anew, and one that stays hidden so long ends it. Default: all time counts. */
  readonly hidden?: { readonly platform: Pick<Platform, 'isVisible' | 'onVisibilityChange'>; readonly timeoutMs: number };
  readonly signal?: AbortSignal | undefined;
  /** Gets the value that arrives after the wait has ended, so that nothing it holds stays open. */
  readonly discard?: (value: T) => void;
}

/** Waits for `work`, but never longer than `timeoutMs` or past the abort of `signal`. Never rejects. */
export function within<T>(work: Promise<T>, { platform, timeoutMs, hidden, signal, discard }: WaitLimits<T>): Promise<Outcome<T>> {
  return new Promise((resolve) => {
    let waiting = true;
    const end = (outcome: Outcome<T>): void => {
      waiting = false;
      platform.clearTimeout(timer);
      unlisten?.();
      signal?.removeEventListener('abort', onAbort);
      resolve(outcome);
    };
    const onAbort = (): void => end({ kind: 'aborted' });
    let timer: TimerHandle | undefined;
    const start = (): void => {
      platform.clearTimeout(timer);
      timer = platform.setTimeout(() => end({ kind: 'timeout' }), hidden && !hidden.platform.isVisible() ? hidden.timeoutMs : timeoutMs);
    };
    start();
    const unlisten = hidden?.platform.onVisibilityChange(start);
    signal?.addEventListener('abort', onAbort);
    if (signal?.aborted) onAbort();
    work.then(
      (value) => (waiting ? end({ kind: 'value', value }) : discard?.(value)),
      (error: unknown) => {
        if (waiting) end({ kind: 'error', error });
      },
    );
  });
}

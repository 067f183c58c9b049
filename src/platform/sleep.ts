import type { Platform, Primitives } from './port.js';

/** Waits; true if a signal ended the wait early. */
export function sleep(ms: number, platform: Pick<Platform, 'setTimeout' | 'clearTimeout'>, signals: readonly AbortSignal[]): Promise<boolean> {
  if (isAborted(signals)) return Promise.resolve(true);
  return new Promise((resolve) => {
    const end = (aborted: boolean): void => {
      platform.clearTimeout(timer);
      unlisten();
      resolve(aborted);
    };
    const timer = platform.setTimeout(() => end(false), ms);
    const unlisten = onAbort(signals, () => end(true));
  });
}

/** Calls the listener when any of the signals aborts, until what it returns is called. */
export function onAbort(signals: readonly AbortSignal[], listener: () => void): () => void {
  signals.forEach((signal) => signal.addEventListener('abort', listener));
  return () => signals.forEach((signal) => signal.removeEventListener('abort', listener));
}

/** A controller that aborts with any of the signals too, and the end of that. */
export function follow(signals: readonly AbortSignal[], host: AbortHost): readonly [controller: AbortController, unfollow: () => void] {
  const controller = newAbortController(host);
  const abort = (): void => controller.abort();
  if (isAborted(signals)) abort();
  return [controller, onAbort(signals, abort)];
}

/** Where the controller comes from: the host's own way, or the global one. */
export type AbortHost = Partial<Pick<Primitives, 'createAbortController'>>;

/** A controller; not every host has the global. */
export function newAbortController(host: AbortHost): AbortController {
  return host.createAbortController?.() ?? new AbortController();
}

/** Whether any of them has. */
export function isAborted(signals: readonly AbortSignal[]): boolean {
  return signals.some((signal) => signal.aborted);
}

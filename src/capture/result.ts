import type { ClientCode } from '../codes/client-codes.js';

/** Why a step of the capture gave nothing. Never thrown: every step returns it. */
export interface CaptureFailure {
  readonly ok: false;
  /** Code of `facefront / client`. */
  readonly code: ClientCode;
  /** For the developer, in English: the browser's own words and what was being waited for. */
  readonly detail: string;
}

/** What every step of the capture room returns. */
export type CaptureResult<T> = { readonly ok: true; readonly value: T } | CaptureFailure;

/** A step that worked. */
export function success<T>(value: T): CaptureResult<T> {
  return { ok: true, value };
}

/** A step that did not. */
export function failure(code: ClientCode, detail: string): CaptureFailure {
  return { ok: false, code, detail };
}

/** A step ended by the caller's `signal`. */
export function cancelled(step: string): CaptureFailure {
  return failure('cancelled', `aborted by the caller while ${step}`);
}

/** An unknown thrown value as one line: `NotAllowedError: Permission denied`. */
export function describeError(error: unknown): string {
  if (!(error instanceof Object) || !('name' in error)) return String(error);
  const { name, message } = error as { name: unknown; message?: unknown };
  return message ? `${String(name)}: ${String(message)}` : String(name);
}

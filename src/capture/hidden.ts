import type { ClientCode } from '../codes/client-codes.js';
import type { Platform } from '../platform/port.js';
import { type CaptureFailure, failure } from './result.js';

/** Longest wait for a hidden page to be seen again, milliseconds: the person may be on the phone. */
export const HIDDEN_MS = 120_000;

/** Why a wait with `hidden` has run out: what is named, or the page that nobody looks at. */
export function ranOut(platform: Pick<Platform, 'isVisible'>, code: ClientCode, detail: string): CaptureFailure {
  return failure(platform.isVisible() ? code : 'page-hidden', detail);
}

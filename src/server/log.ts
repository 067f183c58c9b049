import type { ProblemName, Verdict } from '../transport/protocol.js';

/**
 * What happened. `decision-dropped`: nobody was asked, since the attempt was over when its turn came. `verdict-late`: somebody was, and
 * another verdict stands by now.
 */
export type LogEvent = 'session-created' | 'session-abandoned' | 'session-withdrawn' | 'part-stored' | 'submission-claimed' | 'vendor-pending' | 'vendor-failed' | 'verdict' | 'verdict-late' | 'decision-dropped' | 'refused' | 'failed';

/** One line of the log. Holds no nonce, token, consent, risk fact, header or body. */
export interface LogEntry {
  readonly level: 'info' | 'warn' | 'error';
  readonly event: LogEvent;
  /** The first 8 characters of the session's id: enough to find it, too little to use it. */
  readonly session?: string;
  /** The customer's own number for the attempt. */
  readonly reference?: string;
  readonly problem?: ProblemName;
  readonly status?: number;
  readonly decision?: Verdict['decision'];
  /** `system/table/code`. */
  readonly code?: string;
  /** What was found wrong with the evidence: names of the manifest's fields, such as `manifest.timeline[3].at`, and no values. */
  readonly fields?: readonly string[];
  /** An error's class and the places it passed. Its message may quote a person's data and is left out. */
  readonly error?: { readonly name: string; readonly frames: readonly string[] };
}

/** Where entries go. What it throws is ignored. */
export type Log = (entry: LogEntry) => void;

/** The part of a session id that may be logged. */
export function logId(sessionId: string): string {
  return sessionId.slice(0, 8);
}

/** The part of an error that may be logged. */
export function logError(error: unknown): NonNullable<LogEntry['error']> {
  if (!(error instanceof Error)) return { name: typeof error, frames: [] };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { name: error.name, frames: frames.slice(0, 10).map((line) => line.trim()) };
}

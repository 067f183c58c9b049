/** Every time the engine waits or insists, milliseconds of the observations' clock. */
export const defaultTiming = {
  /** A text stays at least this long: about the time a short sentence takes to read. */
  dwellMs: 700,
  /** An instruction must be untrue this long before the text follows; at 30 frames a second that is 6 frames. */
  confirmMs: 200,
  /** A face may be missing from the observations this long and still count as tracked: detectors lose single frames. */
  gapMs: 400,
  /** This long without any observation is a lost face too. Long enough for a phone at 3 frames a second that drops every fifth. */
  blindMs: 1500,
  /** All must be well this long before the recorder is asked for. */
  steadyMs: 700,
  /** One stay in `guiding`. Long: the clock of the challenge has not started, and a person may need time. */
  guidingMs: 60_000,
  /** From `ready` to the recorder's answer. Each type that is tried has a deadline of its own, of 4 s; there may be six, and pictures below them. */
  readyMs: 40_000,
  /** Why a challenge was not met is told this long before the next try can begin: a sentence is read, and heard, in that. */
  missedMs: 2500,
  /** A stay in `capturing` beyond what the challenge itself takes. */
  captureSlackMs: 5000,
  /** Hidden time of the whole run, all suspensions together. */
  suspendMs: 60_000,
  /** The whole run without its hidden time. */
  totalMs: 180_000,
} as const;

/** See {@link defaultTiming}. */
export type Timing = { readonly [Name in keyof typeof defaultTiming]: number };

/**
 * The defaults with some replaced.
 *
 * @throws TypeError naming the entry that is not a number of milliseconds, 0 or more
 */
export function timingWith(changes: Partial<Timing> = {}): Timing {
  for (const [name, value] of Object.entries(changes)) {
    if (!(name in defaultTiming)) throw new TypeError(`timing.${name}: unknown, expected one of ${Object.keys(defaultTiming).join(', ')}`);
    if (!(typeof value === 'number' && value >= 0 && value < Infinity)) throw new TypeError(`timing.${name}: must be a finite number of milliseconds, 0 or more`);
  }
  return { ...defaultTiming, ...changes };
}

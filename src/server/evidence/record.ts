import type { ChallengeRecord } from '../../liveness/index.js';
import type { Challenge } from '../../transport/protocol.js';
import type { FieldError } from '../../transport/shape.js';

/** Times are rounded to whole milliseconds, each by itself. */
export const ROUNDING_MS = 1;

/**
 * Whether what a client measured of a challenge speaks of that challenge, and of the times that its timeline gives.
 *
 * @param moments from the timeline, one for each thing asked for; `undefined` where that says nothing usable
 */
export function checkRecord(record: ChallengeRecord, challenge: Challenge, moments: readonly { readonly start: number; readonly end: number }[] | undefined): readonly FieldError[] {
  const differs = (field: string, rule: string): FieldError => ({ field: `manifest.record.${field}`, rule });
  if (record.type !== challenge.type) return [differs('type', `must be ${challenge.type}, as the challenge`)];
  const [name, entries] = listOf(record);
  const wanted = challenge.type === 'action' ? challenge.actions.length : challenge.type === 'digits' ? challenge.digits.length : challenge.type === 'light' ? challenge.colours.length : 0;
  if (entries.length !== wanted) return [differs(name, `must hold ${wanted} entries, as the challenge`)];
  const errors: FieldError[] = [];
  entries.forEach(({ start, end }, index) => {
    const moment = moments?.[index];
    if (moment !== undefined && Math.abs(start - moment.start) > ROUNDING_MS) errors.push(differs(`${name}[${index}].start`, 'must be as in the timeline'));
    // What is shown last ends before the run does.
    const isLate = moment !== undefined && (record.type === 'action' ? Math.abs(end - moment.end) > ROUNDING_MS : end - moment.end > ROUNDING_MS);
    if (end < start || isLate) errors.push(differs(`${name}[${index}].end`, 'must be as in the timeline'));
  });
  if (record.type === 'action' && challenge.type === 'action') {
    record.actions.forEach(({ id, asked, start }, index) => {
      if (id !== challenge.actions[index]) errors.push(differs(`actions[${index}].id`, `must be ${challenge.actions[index]}, as the challenge`));
      if (asked < (record.actions[index - 1]?.end ?? -Infinity) - ROUNDING_MS) errors.push(differs(`actions[${index}].asked`, 'must not be before the end of the action in front of it'));
      if (asked > start) errors.push(differs(`actions[${index}].asked`, 'must not be after start'));
    });
  }
  return errors;
}

function listOf(record: ChallengeRecord): readonly [string, readonly { readonly start: number; readonly end: number }[]] {
  switch (record.type) {
    case 'silent':
      return ['', []];
    case 'action':
      return ['actions', record.actions];
    case 'digits':
      return ['digits', record.digits];
    case 'light':
      return ['colours', record.colours];
  }
}

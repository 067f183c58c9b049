import type { ChallengeRecord } from './challenge.js';

const round = (value: number): number => Math.round(value * 1e4) / 1e4;

/**
 * A record as it goes into the evidence: times in whole milliseconds from another moment, such as the start of the recording
 * (negative before it), everything else to four decimals.
 *
 * @param startedAt that moment, milliseconds of the observations' clock
 */
export function recordSince(record: ChallengeRecord, startedAt: number): ChallengeRecord {
  const since = (time: number): number => Math.round(time - startedAt);
  switch (record.type) {
    case 'silent':
      return record;
    case 'action':
      return { ...record, actions: record.actions.map(({ id, asked, start, end }) => ({ id, asked: since(asked), start: since(start), end: since(end) })) };
    case 'digits':
      return {
        ...record,
        noiseFloor: round(record.noiseFloor),
        speechLevel: round(record.speechLevel),
        digits: record.digits.map(({ start, end, peakLevel, voicedMs, mouthRange }) => ({
          start: since(start),
          end: since(end),
          peakLevel: round(peakLevel),
          voicedMs: Math.round(voicedMs),
          mouthRange: round(mouthRange),
        })),
      };
    case 'light':
      return {
        ...record,
        baseline: round(record.baseline),
        colours: record.colours.map(({ start, end, brightness, response, samples }) => ({ start: since(start), end: since(end), brightness: round(brightness), response: round(response), samples })),
      };
  }
}

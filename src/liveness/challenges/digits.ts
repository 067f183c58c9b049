import { instruct } from '../instructions/instruction.js';
import type { ChallengeCourse, ChallengeEvent, ChallengeFrame } from './challenge.js';
import type { ChallengeMiss } from './misses.js';
import { createVoiceMeter, isHeard, isSpoken, type Loudness } from './voice.js';

/** Read these aloud, each when it comes on. */
export interface DigitsChallenge {
  readonly type: 'digits';
  /** 2–8 characters 0–9; the vendor's are 4. */
  readonly digits: string;
  /** How long each stays, milliseconds, 600–3000. Default 1200: four of them make a recording of about 6 s. */
  readonly digitMs?: number;
  /** Shortest recording the server takes, milliseconds from the first good face. */
  readonly minimumMs: number;
}

/** The digit to show, and a level meter. */
export interface DigitsView {
  readonly type: 'digits';
  /** From 0; −1 while the room is listened to before the first, `total` after the last. */
  readonly index: number;
  readonly total: number;
  /** Absent before the first and after the last. */
  readonly digit?: string;
  /** Of the microphone, 0–1; half is loud enough. */
  readonly level: number;
  /** What to tell the person besides the instruction: id of a prompt. */
  readonly hint?: 'speakUp' | 'moveLips';
}

/** What was heard and seen of each digit. */
export interface DigitsRecord {
  readonly type: 'digits';
  /** Level of the room before the first digit, 0–1; −1 where no level came. */
  readonly noiseFloor: number;
  /** Level from which on a sound counted as a voice. */
  readonly speechLevel: number;
  /** `mouthRange`: largest minus smallest mouth openness. `start`, `end`: when the digit came on and went. */
  readonly digits: readonly { readonly start: number; readonly end: number; readonly peakLevel: number; readonly voicedMs: number; readonly mouthRange: number }[];
}

/** Default of {@link DigitsChallenge.digitMs}. */
export const DIGIT_MS = 1200;
/** The room is listened to before the first digit, milliseconds. */
export const ROOM_MS = 1000;
/** A digit is read, said and heard this much after it came on, milliseconds; the last needs the time too. */
export const LAG_MS = 250;
/** The page's own voice is waited for: on the average so long before the first digit and for each of them. One that never ends must not hold the recording. */
const SPOKEN_MS = 1500;
/** From the recorder's start to the first good face, where the recording may not be as long as the voice would have it. */
const LATE_MS = 500;
/** Mouth openness between two digits of real talk differs by 0.25 and more, in a still face by less than 0.05, smiles apart. */
export const LIPS_MOVE = 0.08;

/** Share of the digits that must be heard: a short or soft one is forgiven. */
export const SPOKEN_SHARE = 0.75;
/** Share of the digits that must be seen: one whose lips hardly part is forgiven. */
export const SEEN_SHARE = 0.5;

interface Heard extends Loudness {
  readonly start: number;
  readonly end: number;
  readonly mouthRange: number;
}

const moved = ({ mouthRange }: Heard): boolean => mouthRange >= LIPS_MOVE;

/**
 * The room is listened to, then the digits come on at their times whatever the person does; what was missing is said at the end.
 * Time in which the microphone is not listened to, because the page itself speaks, does not count.
 */
export function followDigits({ digits, digitMs = DIGIT_MS }: DigitsChallenge, emit: (event: ChallengeEvent) => void, maximumMs = Infinity): ChallengeCourse {
  const total = digits.length;
  const leastMs = ROOM_MS + total * digitMs + LAG_MS;
  /** What may still be waited for. */
  let patience = Math.max(0, Math.min((total + 1) * SPOKEN_MS, maximumMs - leastMs - LATE_MS));
  const durationMs = leastMs + patience;
  const voice = createVoiceMeter();
  const heard: Heard[] = [];
  /** When each digit came on, and when the last one went. */
  const edges: number[] = [];
  /** Whether what comes in belongs to a digit rather than to the room. */
  let listening = false;
  /** Milliseconds that counted, of the whole and of what is on now. */
  let elapsed = 0;
  let shownMs = 0;
  let last: number | undefined;
  let deaf = false;
  let lowest = Infinity;
  let highest = -Infinity;

  function listen({ observation: { soundLevel, faces } }: ChallengeFrame, time: number): void {
    voice.push(time, soundLevel);
    const mouth = faces[0]?.measures?.mouthOpenness ?? NaN;
    if (!Number.isFinite(mouth)) return;
    lowest = Math.min(lowest, mouth);
    highest = Math.max(highest, mouth);
  }

  /** At most one digit comes on in a call, however late that is: none is passed over. */
  function turnPage(time: number): void {
    if (edges.length > total || shownMs < (edges.length === 0 ? ROOM_MS : digitMs)) return;
    if (edges.length === 0) voice.settle();
    if (edges.length < total) emit({ type: 'shown', index: edges.length });
    edges.push(time);
    shownMs = 0;
  }

  function count(ms: number): void {
    const waited = deaf && edges.length <= total ? Math.min(ms, patience) : 0;
    patience -= waited;
    elapsed += ms - waited;
    shownMs += ms - waited;
  }

  /** A digit is heard from {@link LAG_MS} after it came on until as long after it went. */
  function closeDigit(time: number): void {
    const start = edges[heard.length];
    const end = edges[heard.length + 1];
    const due = listening ? end : start;
    if (due === undefined || time - due < LAG_MS) return;
    const loudness = voice.take();
    if (listening && start !== undefined && end !== undefined) heard.push({ ...loudness, start, end, mouthRange: Math.max(0, highest - lowest) });
    listening = true;
    lowest = Infinity;
    highest = -Infinity;
  }

  function miss(): ChallengeMiss | undefined {
    const count = (holds: (digit: Heard) => boolean): number => heard.filter(holds).length;
    const spoken = count(isSpoken);
    const enough = SPOKEN_SHARE * total;
    if (spoken < enough) {
      if (!voice.alive) return 'noSound';
      if (voice.noisy) return 'tooNoisy';
      const audible = count(isHeard);
      if (audible === 0) return 'noVoice';
      return spoken > 0 && audible < enough ? 'partlyRead' : 'voiceQuiet';
    }
    return count(moved) < SEEN_SHARE * total ? 'lipsStill' : undefined;
  }

  function hint(): Pick<DigitsView, 'hint'> {
    const last = heard[heard.length - 1];
    if (!last || (isSpoken(last) && moved(last))) return {};
    return { hint: isSpoken(last) ? 'moveLips' : 'speakUp' };
  }

  return {
    durationMs,
    leastMs,
    get asked() {
      return { relaxed: [], instruction: instruct('readDigits', 'soundLevel', voice.level, voice.speechLevel) };
    },
    get view(): DigitsView {
      const index = edges.length - 1;
      const digit = digits[index];
      return { type: 'digits', index, total, ...(digit !== undefined && { digit }), level: Math.min(1, voice.level / voice.speechLevel / 2), ...hint() };
    },
    follow(time, frame) {
      if (frame) {
        listen(frame, time);
        deaf = frame.observation.soundLevel === undefined;
      }
      count(time - (last ?? time));
      last = time;
      turnPage(time);
      closeDigit(time);
      return heard.length < total ? Math.min(0.99, elapsed / leastMs) : (miss() ?? 1);
    },
    record: () => ({
      type: 'digits',
      noiseFloor: voice.floor >= 0 ? voice.floor : -1,
      speechLevel: voice.speechLevel,
      digits: heard.map(({ start, end, peak, voicedMs, mouthRange }) => ({ start, end, peakLevel: peak, voicedMs, mouthRange })),
    }),
  };
}

/** @throws TypeError naming the field that is out of range */
export function checkDigits({ digits, digitMs = DIGIT_MS }: DigitsChallenge): void {
  if (typeof digits !== 'string' || !/^[0-9]{2,8}$/.test(digits)) throw new TypeError('challenge.digits: must be text of 2–8 characters 0–9');
  if (!(digitMs >= 600 && digitMs <= 3000)) throw new TypeError('challenge.digitMs: must be milliseconds, 600–3000');
}

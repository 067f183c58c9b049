import type { Metric } from '../instructions/instruction.js';
import type { ChallengeCourse, ChallengeEvent, ChallengeFrame } from './challenge.js';

/** One colour of the sequence. */
export interface LightColour {
  /** 0–255, sRGB. */
  readonly r: number;
  readonly g: number;
  readonly b: number;
  /** How long it lights the face, milliseconds, 250–5000: that is two flashes a second at most, WCAG 2.3.1 allows three. */
  readonly ms: number;
}

/** Look at the screen, which lights the face in these colours. */
export interface LightChallenge {
  readonly type: 'light';
  /** 1–16 colours in order. */
  readonly colours: readonly LightColour[];
  /** Shortest recording the server takes, milliseconds from the first good face. */
  readonly minimumMs: number;
}

/** The colour that fills the screen now. */
export interface LightView {
  readonly type: 'light';
  /** From 0; −1 before the first, `total` after the last. */
  readonly index: number;
  readonly total: number;
  /** Absent: a plain dark screen, before and after the sequence and while the face is away. */
  readonly colour?: { readonly r: number; readonly g: number; readonly b: number };
}

/** How the face answered to each colour. */
export interface LightRecord {
  readonly type: 'light';
  /** Mean luma of the face, 0–255, before the first colour; −1 where it was not measured. */
  readonly baseline: number;
  /**
   * `start`, `end`: when the colour was on, for the last time where it was broken off. `brightness`: mean luma of the face in that
   * time without its beginning, −1 where it was not measured. `response`: that less the baseline, 0 where either is unknown.
   */
  readonly colours: readonly { readonly start: number; readonly end: number; readonly brightness: number; readonly response: number; readonly samples: number }[];
  /** How often the sequence was broken off because the face left. */
  readonly pauses: number;
}

/** The face is seen on a plain screen first, milliseconds. */
export const BASELINE_MS = 500;
/** Screen, camera and exposure need so long to follow; a third of the colour's time where that is less. */
const SETTLE_MS = 120;
/** A detector that loses a single frame must not switch the light off and on. */
const AWAY_MS = 150;
/** Plain at least so long, milliseconds: with {@link AWAY_MS} this keeps a face that comes and goes from making the screen flicker. */
export const PLAIN_MS = 400;
/** An old phone's frame: a colour stays until a frame has seen the face at its end. */
const SLOW_FRAME_MS = 350;
/** Pauses that are reckoned with in the longest time; more of them run into the deadline of the capture. */
const PAUSES = 3;

const MOST_COLOURS = 16;

/** What the screen does to the face on purpose. */
const RELAXED: readonly Metric[] = ['brightness', 'contrast'];

/** A running mean. */
function createMean() {
  let sum = 0;
  let samples = 0;
  return {
    push(value: number | undefined): void {
      if (value === undefined || !(value >= 0 && value <= 255)) return;
      sum += value;
      samples++;
    },
    /** Takes what came since the last call. */
    take(): { readonly mean: number; readonly samples: number } {
      const taken = { mean: samples > 0 ? sum / samples : -1, samples };
      sum = samples = 0;
      return taken;
    },
  };
}

/** Each colour is on until the face has been tracked all through it. Brightness is written down, never judged. */
export function followLight({ colours }: LightChallenge, emit: (event: ChallengeEvent) => void): ChallengeCourse {
  const total = colours.length;
  const longest = Math.max(...colours.map(({ ms }) => ms));
  const mean = createMean();
  const done: LightRecord['colours'][number][] = [];
  let baseline = -1;
  let pauses = 0;
  let plainSince: number | undefined;
  /** When the colour came on; `undefined` while the screen is plain. */
  let litSince: number | undefined;
  let awaySince: number | undefined;

  function switchOn(time: number): void {
    litSince = time;
    emit({ type: 'shown', index: done.length });
  }

  /** Waits on the plain screen until the face is there. */
  function wait(time: number, since: number, { observation, tracking }: ChallengeFrame): void {
    if (tracking === 'lost') return;
    const first = done.length === 0 && pauses === 0;
    if (first) mean.push(observation.quality?.brightness);
    if (time - since < (first ? BASELINE_MS : PLAIN_MS)) return;
    const before = mean.take();
    if (first) baseline = before.mean;
    switchOn(time);
  }

  function shine(time: number, since: number, ms: number, frame: ChallengeFrame | undefined): void {
    if (awaySince !== undefined && time - awaySince >= AWAY_MS) {
      emit({ type: 'paused', index: done.length });
      pauses++;
      plainSince = time;
      litSince = undefined;
      mean.take();
      return;
    }
    // Only a frame can tell that the face is still there: by ticks alone a colour would pass while nobody looks.
    if (!frame || frame.tracking === 'lost') return;
    if (time - since >= Math.min(SETTLE_MS, ms / 3)) mean.push(frame.observation.quality?.brightness);
    if (time - since < ms) return;
    const { mean: brightness, samples } = mean.take();
    const response = samples > 0 && baseline >= 0 ? brightness - baseline : 0;
    done.push({ start: since, end: time, brightness, response, samples });
    litSince = undefined;
    if (done.length < total) switchOn(time);
  }

  const leastMs = BASELINE_MS + colours.reduce((sum, { ms }) => sum + ms, 0);
  return {
    leastMs,
    durationMs: leastMs + total * SLOW_FRAME_MS + PAUSES * (AWAY_MS + PLAIN_MS + longest),
    asked: { relaxed: RELAXED },
    get view(): LightView {
      const colour = litSince === undefined ? undefined : colours[done.length];
      const started = done.length > 0 || pauses > 0 || colour !== undefined;
      return { type: 'light', index: started ? done.length : -1, total, ...(colour && { colour: { r: colour.r, g: colour.g, b: colour.b } }) };
    },
    follow(time, frame) {
      plainSince ??= time;
      if (frame) awaySince = frame.tracking === 'lost' ? (awaySince ?? time) : undefined;
      const ms = colours[done.length]?.ms;
      if (ms === undefined) return 1;
      if (litSince !== undefined) shine(time, litSince, ms, frame);
      else if (frame) wait(time, plainSince, frame);
      return done.length / total;
    },
    record: () => ({ type: 'light', baseline, colours: done, pauses }),
  };
}

/** @throws TypeError naming the field that is out of range */
export function checkLight({ colours }: LightChallenge): void {
  if (!Array.isArray(colours) || colours.length < 1 || colours.length > MOST_COLOURS) throw new TypeError(`challenge.colours: must be a list of 1–${MOST_COLOURS} colours`);
  colours.forEach(({ r, g, b, ms }: LightColour, index) => {
    if (![r, g, b].every((part) => part >= 0 && part <= 255)) throw new TypeError(`challenge.colours[${index}]: r, g and b must be numbers, 0–255`);
    if (!(ms >= 250 && ms <= 5000)) throw new TypeError(`challenge.colours[${index}].ms: must be milliseconds, 250–5000`);
  });
}

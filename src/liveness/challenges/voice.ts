/** Least level of a voice, whatever the room: −40 dB of full scale. Speech at arm's length is at −35 to −15 dB. */
const SPEECH_LEVEL = 0.01;

/** A voice is at least so much louder than the room (10 dB). */
const SPEECH_OVER_NOISE = 3;

/** Least level that somebody may have made who speaks too quietly: −50 dB, and 6 dB over the room. */
const FAINT_LEVEL = 0.003;
const FAINT_OVER_NOISE = 2;

/** A room as loud as this (−22 dB) drowns any voice. */
export const NOISY_LEVEL = 0.08;

/** A digit is spoken for about 300 ms; a shorter sound is a click or a knock. */
export const SYLLABLE_MS = 80;

/** Longest time one level may stand for, milliseconds. */
const LONGEST_SHARE = 400;

/** How loud one stretch of time was. */
export interface Loudness {
  /** Highest level. */
  readonly peak: number;
  /** Milliseconds at the level of a voice. */
  readonly voicedMs: number;
  /** Milliseconds above the room, at the level of a voice or below it. */
  readonly faintMs: number;
}

/** Tells a voice from the room it is in by the level alone. */
export interface VoiceMeter {
  /** Level of the room, 0–1; NaN before {@link VoiceMeter.settle} or where no level came. */
  readonly floor: number;
  /** Level from which on a sound counts as a voice. */
  readonly speechLevel: number;
  /** The room drowns any voice. */
  readonly noisy: boolean;
  /** Whether any sound came at all; a microphone that is muted by the system gives zeros. */
  readonly alive: boolean;
  /** The last one, 0 where none came. */
  readonly level: number;
  /** @param level root mean square 0–1 since the call before; anything else, for instance nothing while the page itself speaks, is passed over */
  push(time: number, level: number | undefined): void;
  /** Takes what came so far for the room. */
  settle(): void;
  /** What came since the last call. */
  take(): Loudness;
}

/** The floor is the lower quartile of the levels, so that a cough or a first word is not taken for the room. */
export function createVoiceMeter(): VoiceMeter {
  const room: number[] = [];
  let floor = NaN;
  let speechLevel = SPEECH_LEVEL;
  let faintLevel = FAINT_LEVEL;
  let alive = false;
  let settled = false;
  let heard = 0;
  let last: number | undefined;
  let peak = 0;
  let voicedMs = 0;
  let faintMs = 0;
  return {
    get floor() {
      return floor;
    },
    get speechLevel() {
      return speechLevel;
    },
    get noisy() {
      return floor >= NOISY_LEVEL;
    },
    get alive() {
      return alive;
    },
    get level() {
      return heard;
    },
    push(time, level) {
      heard = level !== undefined && level >= 0 && level <= 1 ? level : 0;
      if (level !== heard) {
        last = undefined;
        return;
      }
      const ms = Math.min(LONGEST_SHARE, time - (last ?? time));
      last = time;
      alive ||= level > 0;
      if (!settled) room.push(level);
      peak = Math.max(peak, level);
      if (level >= speechLevel) voicedMs += ms;
      if (level >= faintLevel) faintMs += ms;
    },
    settle() {
      settled = true;
      if (room.length === 0) return;
      floor = room.sort((a, b) => a - b)[room.length >> 2] ?? NaN;
      speechLevel = Math.max(SPEECH_LEVEL, floor * SPEECH_OVER_NOISE);
      faintLevel = Math.max(FAINT_LEVEL, floor * FAINT_OVER_NOISE);
    },
    take() {
      const taken = { peak, voicedMs, faintMs };
      peak = voicedMs = faintMs = 0;
      return taken;
    },
  };
}

/** Whether somebody spoke. */
export const isSpoken = ({ voicedMs }: Loudness): boolean => voicedMs >= SYLLABLE_MS;

/** Whether somebody spoke, perhaps too quietly. */
export const isHeard = ({ faintMs }: Loudness): boolean => faintMs >= SYLLABLE_MS;

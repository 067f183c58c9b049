/** Somebody speaking: syllables with an attack and a decay over the noise of a room, as a microphone's level meter shows them. */
export interface Speech {
  /** When each syllable begins, milliseconds. */
  readonly syllables: readonly number[];
  /** Root mean square of a syllable at its loudest, 0–1. */
  readonly loudness: number;
  /** Root mean square of the room. */
  readonly room: number;
  /** Length of a syllable, milliseconds. Default 320. */
  readonly length?: number;
}

const ATTACK_MS = 50;

/** What a level meter gives that is asked now and then: the root mean square since it was asked before. */
export function levelSince(speech: Speech, from: number, to: number): number {
  const times = Array.from({ length: Math.max(1, Math.round((to - from) / 5)) }, (_, index) => to - 5 * index);
  return Math.sqrt(times.reduce((sum, time) => sum + levelAt(speech, time) ** 2, 0) / times.length);
}

/** @returns the level at a time; the room's noise differs from moment to moment by a quarter, the same way every time */
export function levelAt({ syllables, loudness, room, length = 320 }: Speech, time: number): number {
  const noise = room * (1 + 0.25 * Math.sin(time * 12.9898));
  const voice = syllables.reduce((sum, start) => {
    const since = time - start;
    if (since < 0 || since > length) return sum;
    return sum + loudness * Math.min(1, since / ATTACK_MS, (length - since) / ATTACK_MS / 2);
  }, 0);
  return Math.hypot(noise, voice);
}

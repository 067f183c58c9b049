import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEngine } from '../create-engine.js';
import type { EngineEvent, EngineOutput } from '../engine.js';
import type { LightChallenge, LightRecord } from './light.js';
import { observe as frame } from '../observation.fixture.js';
import { play, type Person, type Played } from './person.fixture.js';

const RED = { r: 255, g: 0, b: 0, ms: 400 };
const WHITE = { r: 255, g: 255, b: 255, ms: 300 };
const BLUE = { r: 0, g: 0, b: 255, ms: 500 };
const LIGHT: LightChallenge = { type: 'light', colours: [RED, WHITE, BLUE], minimumMs: 1000 };

const viewOf = ({ output }: Played['capture'][number]) => (output.state === 'capturing' && output.challenge.type === 'light' ? output.challenge : undefined);
const recordOf = ({ output }: Played) => (output.state === 'done' ? (output.record as LightRecord) : undefined);

/** A face that the screen lights by 40 at the most, 60 ms late. */
function lit(away: (since: number) => boolean = () => false): Person {
  const shown: { readonly time: number; readonly luma: number }[] = [];
  return {
    scene({ time, since, output }) {
      const colour = output.state === 'capturing' && output.challenge.type === 'light' ? output.challenge.colour : undefined;
      shown.push({ time, luma: colour ? (0.2126 * colour.r + 0.7152 * colour.g + 0.0722 * colour.b) / 255 : 0 });
      while ((shown[1]?.time ?? Infinity) <= time - 60) shown.shift();
      const seen = shown[0] && shown[0].time <= time - 60 ? shown[0].luma : 0;
      if (output.state === 'capturing' && away(since)) return { faces: 0 };
      return { quality: { brightness: 110 + 40 * seen } };
    },
  };
}

/** The screen as the person saw it: every change with its time. */
function changes({ capture }: Played): { readonly time: number; readonly colour: string }[] {
  const seen: { time: number; colour: string }[] = [];
  for (const each of capture.slice(0, -1)) {
    const colour = viewOf(each)?.colour;
    const text = colour ? `${colour.r},${colour.g},${colour.b}` : 'plain';
    if (seen.at(-1)?.colour !== text) seen.push({ time: each.time, colour: text });
  }
  return seen;
}

describe('a sequence of colours', () => {
  it('is shown in order, each for its time, on a plain screen before', () => {
    const played = play(LIGHT, lit(), { intervalMs: 20 });
    expect(played.output.state).toBe('done');
    const seen = changes(played);
    expect(seen.map(({ colour }) => colour)).toEqual(['plain', '255,0,0', '255,255,255', '0,0,255']);
    const lengths = seen.slice(1).map(({ time }, index) => (seen[index + 2]?.time ?? played.events.at(-1)?.time ?? NaN) - time);
    expect(lengths).toEqual([400, 300, 500]);
    expect((seen[1]?.time ?? 0) - (seen[0]?.time ?? 0)).toBeGreaterThanOrEqual(500);
    expect(played.events.flatMap((event) => (event.type === 'shown' ? [event.index] : []))).toEqual([0, 1, 2]);
  });

  it('writes down how the face answered, and judges nothing', () => {
    const record = recordOf(play(LIGHT, lit(), { intervalMs: 20 }));
    expect(record?.baseline).toBeCloseTo(110, 5);
    expect(record?.pauses).toBe(0);
    expect(record?.colours.map(({ response }) => Math.round(response * 10) / 10)).toEqual([8.5, 40, 2.9]);
    for (const { start, end, brightness, response, samples } of record?.colours ?? []) {
      expect(end).toBeGreaterThan(start);
      expect(brightness - response).toBeCloseTo(110, 5);
      expect(samples).toBeGreaterThan(5);
    }
    expect(play(LIGHT, { scene: () => ({ quality: { brightness: 110 } }) }).output.state, 'a face that does not answer').toBe('done');
  });

  it('says so where nothing was measured', () => {
    const record = recordOf(play(LIGHT, { scene: () => ({ quality: false }) }));
    expect(record).toMatchObject({ baseline: -1, colours: [{ brightness: -1, response: 0, samples: 0 }, {}, {}] });
  });

  it('asks for nothing but to hold still, whatever its own light does to the face', () => {
    const played = play(LIGHT, { scene: ({ output }) => (output.state === 'capturing' ? { quality: { brightness: 250, contrast: 3 } } : {}) });
    expect(played.output.state).toBe('done');
    expect(played.events.flatMap((event) => (event.type === 'instruction' ? [event.id] : []))).toEqual(['holdStill']);
  });

  it('needs no mesh', () => {
    expect(play(LIGHT, { scene: () => ({ measures: false }) }, { readyOn: 'face' }).output.state).toBe('done');
  });

  /** @returns how long each colour was on, and what was measured, with a tick every 50 ms */
  function withFramesEvery(frameMs: number) {
    const engine = createEngine({ challenge: LIGHT });
    let output = engine.tick(0);
    for (let time = 0; time < 20_000 && output.state !== 'done'; time += 50) {
      output = time % frameMs === 0 ? engine.push(frame(time)) : engine.tick(time);
      if (output.state === 'ready') output = engine.notify({ type: 'recordingStarted', time });
    }
    if (output.state !== 'done') throw new Error(`ended in ${output.state}`);
    const { colours } = output.record as LightRecord;
    return { lengths: colours.map(({ start, end }) => end - start), samples: colours.map(({ samples }) => samples) };
  }

  it('goes on with the first frame of the face after its time, never by a tick', () => {
    expect(withFramesEvery(150).lengths).toEqual([450, 300, 600]);
  });

  it('does not let a colour pass while nobody looks', () => {
    const engine = createEngine({ challenge: { ...LIGHT, colours: [{ ...RED, ms: 1000 }, BLUE] } });
    const events: EngineEvent[] = [];
    let time = 0;
    const told = (output: EngineOutput): EngineOutput => {
      events.push(...output.events);
      return output;
    };
    const shown = () => events.flatMap((event) => (event.type === 'shown' ? [event.time] : []));
    for (let output = told(engine.tick(0)); output.state !== 'ready'; time += 10) output = told(engine.push(frame(time)));
    told(engine.notify({ type: 'recordingStarted', time }));
    for (; shown().length === 0; time += 10) told(engine.push(frame(time)));
    const [on = NaN] = shown();
    told(engine.push(frame(on + 130)));
    for (time = on + 150; time <= on + 1100; time += 50) told(engine.tick(time));
    expect(shown()).toEqual([on]);
    told(engine.push(frame(on + 1150, { faces: 0 })));
    expect(shown()).toEqual([on]);
    told(engine.push(frame(on + 1190)));
    expect(shown()).toEqual([on, on + 1190]);
  });

  it('waits for a frame that has seen the colour where frames are late', () => {
    const { lengths, samples } = withFramesEvery(700);
    expect(Math.min(...samples)).toBe(1);
    lengths.forEach((length, index) => expect(length).toBeGreaterThanOrEqual(LIGHT.colours[index]?.ms ?? NaN));
  });
});

describe('a face that leaves while it is lit', () => {
  it('pauses the sequence: the screen goes plain and the colour comes again', () => {
    const played = play(LIGHT, lit((since) => since > 700 && since < 1000), { intervalMs: 20 });
    expect(played.output.state).toBe('done');
    expect(changes(played).map(({ colour }) => colour)).toEqual(['plain', '255,0,0', 'plain', '255,0,0', '255,255,255', '0,0,255']);
    expect(played.events.filter(({ type }) => type === 'paused')).toMatchObject([{ index: 0 }]);
    expect(recordOf(played)?.pauses).toBe(1);
    expect(played.events.some(({ type }) => type === 'interrupted')).toBe(false);
  });

  it('does not pause for a single frame that the detector lost', () => {
    const played = play(LIGHT, lit((since) => since > 600 && since % 280 === 0), { intervalMs: 40 });
    expect(played.output.state).toBe('done');
    expect(recordOf(played)?.pauses).toBe(0);
  });

  it('breaks it off when the face stays away, and the screen is the view’s again', () => {
    const played = play(LIGHT, lit((since) => since > 700), { interruptions: 0, intervalMs: 20 });
    expect(played.output).toMatchObject({ state: 'failed', failure: { code: 'face-lost', reference: { system: 'faceid-sdk', table: 'result', code: '66660025' } } });
    expect('challenge' in played.output).toBe(false);
  });

  it('never makes the screen flicker more than three times in a second, however it comes and goes', () => {
    const colours = fc.array(fc.record({ r: fc.integer({ min: 0, max: 255 }), g: fc.integer({ min: 0, max: 255 }), b: fc.integer({ min: 0, max: 255 }), ms: fc.integer({ min: 250, max: 900 }) }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(colours, fc.array(fc.integer({ min: 20, max: 600 }), { minLength: 1, maxLength: 40 }), fc.constantFrom(20, 40, 100), (sequence, spans, intervalMs) => {
        const edges = spans.reduce<number[]>((sums, span) => [...sums, (sums.at(-1) ?? 0) + span], []);
        const away = (since: number) => edges.filter((edge) => edge <= since).length % 2 === 1;
        const played = play({ ...LIGHT, colours: sequence }, lit(away), { intervalMs, interruptions: 50 });
        const times = changes(played).map(({ time }) => time);
        // A flash is a pair of changes.
        for (let index = 6; index < times.length; index++) expect((times[index] ?? 0) - (times[index - 6] ?? 0)).toBeGreaterThan(1000);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a light challenge', () => {
  it.each([
    [{ colours: [] }, /^challenge\.colours: must be/],
    [{ colours: Array.from({ length: 17 }, () => RED) }, /^challenge\.colours: must be/],
    [{ colours: [RED, { ...RED, g: 256 }] }, /^challenge\.colours\[1\]: r, g and b/],
    [{ colours: [{ ...RED, ms: 100 }] }, /^challenge\.colours\[0\]\.ms: must be/],
    [{ colours: [{ ...RED, ms: NaN }] }, /^challenge\.colours\[0\]\.ms: must be/],
  ])('is refused with %j', (change, message) => {
    expect(() => createEngine({ challenge: { ...LIGHT, ...change } as LightChallenge })).toThrow(message);
  });
});

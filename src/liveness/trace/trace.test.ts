import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EngineOptions } from '../engine.js';
import { observe, observeNobody } from '../observation.fixture.js';
import type { Observation } from '../observation.js';
import { decodeTrace } from './decode.js';
import { createTraceWriter, encodeTrace } from './encode.js';
import { TraceError } from './format.js';
import type { TraceEntry } from './mark.js';
import { replayTrace } from './replay.js';

const someone: Observation = { ...observe(1234.5678, { measures: { yaw: -12.345, leftEyeOpenness: 0.29871 } }), soundLevel: 0.12345 };

describe('encodeTrace and decodeTrace', () => {
  it('give back what was written, rounded', () => {
    const { note, observations } = decodeTrace(encodeTrace([someone, observeNobody(2000)], { source: 'somebody.mp4' }));
    expect(note).toEqual({ source: 'somebody.mp4' });
    expect(observations).toHaveLength(2);
    expect(observations[0]?.time).toBe(1234.6);
    expect(observations[0]?.faces[0]?.measures).toMatchObject({ yaw: -12.3, leftEyeOpenness: 0.2987 });
    expect(observations[0]?.soundLevel).toBe(0.1235);
    expect(observations[0]?.faces[0]?.keypoints.leftEye.x).toBeCloseTo(someone.faces[0]?.keypoints.leftEye.x ?? NaN, 4);
    expect(observations[1]?.faces).toEqual([]);
  });

  it('keep what was asked for', () => {
    const engine: EngineOptions = { challenge: { type: 'digits', digits: '4821', minimumMs: 2600 }, retries: 1, maximumMs: 29_000, profile: 'phone', thresholds: { yaw: { good: 5, bad: 8 } }, timing: { steadyMs: 900 } };
    expect(decodeTrace(encodeTrace([someone], { source: 'somebody.mp4', engine })).note).toEqual({ source: 'somebody.mp4', engine });
    expect(decodeTrace(encodeTrace([someone])).note).toEqual({});
  });

  it('are stable: a second round changes nothing', () => {
    const once = encodeTrace([someone, observe(1300), observeNobody(2000), observe(2040, { faces: 2, measures: false, quality: false })]);
    expect(encodeTrace(decodeTrace(once).observations)).toBe(once);
  });

  it('are so with numbers that have no room for the decimals', () => {
    const far = { ...someone, faces: someone.faces.map((face) => ({ ...face, keypoints: { ...face.keypoints, leftEye: { x: 0, y: -302_099_990_602.02924 } } })) };
    const once = encodeTrace([far]);
    expect(encodeTrace(decodeTrace(once).observations)).toBe(once);
  });

  it('write the frame size only where it changes', () => {
    const portrait = { frame: { width: 480, height: 640 } };
    const text = encodeTrace([observe(0), observe(40), observe(80, portrait), observe(120, portrait)]);
    expect(text.match(/"f":/g)).toHaveLength(2);
    expect(decodeTrace(text).observations.map(({ frame }) => frame.width)).toEqual([640, 640, 480, 480]);
  });

  it('keep a line under 400 bytes, a crowd included', () => {
    for (const line of encodeTrace([someone, observe(1e7, { faces: 5000 })]).split('\n')) expect(line.length).toBeLessThan(400);
  });

  it('hold no more than the format names: no pixels, nothing the detector adds', () => {
    const leaky = { ...someone, image: 'data:image/png;base64,AAAA', device: 'FaceTime HD' } as Observation;
    expect(createTraceWriter().line(leaky)).toBe(createTraceWriter().line(someone));
  });

  it('take whatever a source hands over, and never write what cannot be read back', () => {
    const number = fc.oneof(fc.double(), fc.double({ min: 0, max: 1 }));
    const point = fc.record({ x: number, y: number });
    const face = fc.record(
      {
        box: fc.record({ x: number, y: number, width: number, height: number }),
        score: number,
        keypoints: fc.record({ leftEye: point, rightEye: point, noseTip: point, mouth: point }),
        measures: fc.record({ yaw: number, pitch: number, roll: number, leftEyeOpenness: number, rightEyeOpenness: number, mouthOpenness: number }),
      },
      { requiredKeys: ['box', 'score', 'keypoints'] },
    );
    const observation = fc.record(
      { time: number, frame: fc.record({ width: number, height: number }), faces: fc.array(face, { maxLength: 3 }), quality: fc.record({ brightness: number, contrast: number, sharpness: number }), soundLevel: number },
      { requiredKeys: ['time', 'frame', 'faces'] },
    );
    fc.assert(
      fc.property(fc.array(observation as fc.Arbitrary<Observation>, { maxLength: 20 }), (observations) => {
        const text = encodeTrace(observations);
        expect(encodeTrace(decodeTrace(text).observations)).toBe(text);
      }),
    );
  });
});

describe('decodeTrace', () => {
  const header = '{"format":"facefront-trace","version":1}';
  const line = createTraceWriter().line(someone) ?? '';
  const asked = (engine: string): string => header.replace('}', `,"engine":${engine}}`);

  it.each([
    ['an empty text', '', 1, '', 'a trace begins with its header'],
    ['another format', '{"format":"y4m"}', 1, 'format', 'must be "facefront-trace"'],
    ['a later version', '{"format":"facefront-trace","version":2}', 1, 'version', 'must be 1'],
    ['a source that is no text', '{"format":"facefront-trace","version":1,"source":5}', 1, 'source', 'must be text'],
    ['asked-for things that are none', asked('5'), 1, 'engine', 'must be an object'],
    ['a challenge that is none', asked('{"challenge":null}'), 1, 'engine', 'must be what an engine can be asked for'],
    ['a challenge of no kind', asked('{"challenge":{"type":"dance","minimumMs":0}}'), 1, 'engine.challenge.type', 'must be one of silent, '],
    ['a colour out of range', asked('{"challenge":{"type":"light","minimumMs":0,"colours":[{"r":0,"g":0,"b":0,"ms":1}]}}'), 1, 'engine.challenge.colours[0].ms', 'must be milliseconds, 250–5000'],
    ['a colour that is none', asked('{"challenge":{"type":"light","minimumMs":0,"colours":[null]}}'), 1, 'engine', 'must be what an engine can be asked for'],
    ['tries that are no number', asked('{"retries":"many"}'), 1, 'engine.retries', 'must be a number, 0 or more'],
    ['a recording that is too short', asked('{"maximumMs":100}'), 1, 'engine.maximumMs', 'must be 2000 milliseconds or more'],
    ['a profile of no device', asked('{"profile":"kiosk"}'), 1, 'engine.profile', 'must be one of phone, desktop'],
    ['a limit of nothing', asked('{"thresholds":{"nose":{}}}'), 1, 'engine.thresholds.nose', 'unknown, expected one of'],
    ['a time that is none', asked('{"timing":{"steadyMs":"long"}}'), 1, 'engine.timing.steadyMs', 'must be a finite number'],
    ['broken JSON', `${header}\n{"t":`, 2, '', 'must be JSON'],
    ['a list for a line', `${header}\n[]`, 2, '', 'must be an object'],
    ['no frame size', `${header}\n{"t":0,"faces":[]}`, 2, 'f', 'must name the frame size'],
    ['an empty frame', `${header}\n{"t":0,"f":[0,480],"faces":[]}`, 2, 'f', 'must be two positive numbers'],
    ['a frame of one number', `${header}\n{"t":0,"f":[640],"faces":[]}`, 2, 'f', 'must be a list of 2 numbers'],
    ['no time', `${header}\n{"f":[640,480],"faces":[]}`, 2, 't', 'must be a finite number'],
    ['time running backwards', `${header}\n${line}\n\n{"t":3,"faces":[]}`, 4, 't', 'must not be before the line above (1234.6)'],
    ['no faces', `${header}\n{"t":0,"f":[640,480]}`, 2, 'faces', 'must be a list'],
    ['a face that is none', `${header}\n{"t":0,"f":[640,480],"faces":[3]}`, 2, 'faces[0]', 'must be an object'],
    ['a text in a box', `${header}\n${line.replace(/"b":\[[^,]+,/, '"b":["0",')}`, 2, 'faces[0].b[0]', 'must be a finite number'],
    ['a missing keypoint', `${header}\n${line.replace(/"k":\[[^,]+,/, '"k":[')}`, 2, 'faces[0].k', 'must be a list of 8 numbers'],
    ['no score', `${header}\n${line.replace('"s":', '"x":')}`, 2, 'faces[0].s', 'must be a finite number'],
    ['a null measure', `${header}\n${line.replace(/"m":\[[^,]+,/, '"m":[null,')}`, 2, 'faces[0].m[0]', 'must be a finite number'],
    ['half a quality', `${header}\n${line.replace(/"q":\[[^,]+,/, '"q":[')}`, 2, 'q', 'must be a list of 3 numbers'],
    ['a sound that is none', `${header}\n${line.replace(/"l":[\d.]+/, '"l":"loud"')}`, 2, 'l', 'must be a finite number'],
  ])('names the line and the field of %s', (_, text, at, field, rule) => {
    let error: unknown;
    try {
      decodeTrace(text);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(TraceError);
    expect(error).toMatchObject({ line: at, field });
    expect((error as TraceError).message).toContain(rule);
    expect((error as TraceError).message).toContain(`trace line ${at}`);
  });

  it('passes over blank lines, Windows line ends and fields of the future', () => {
    expect(decodeTrace(`${header}\r\n\r\n${line.replace('{"t"', '{"new":1,"t"')}\r\n`).observations).toHaveLength(1);
  });
});

describe('replayTrace', () => {
  const scenes = [...Array(50).keys()].map((index) => observe(index * 40, { size: 0.2 }));
  const good = [...Array(100).keys()].map((index) => observe(2000 + index * 40));

  it('lists the instructions without gaps, in seconds', () => {
    const { instructions, frames, faceFrames } = replayTrace([...scenes, ...good, observeNobody(6000)]);
    expect({ frames, faceFrames }).toEqual({ frames: 151, faceFrames: 150 });
    expect(instructions.map(({ id }) => id)).toEqual(['moveCloser', 'holdSteady', 'holdStill']);
    expect(instructions[0]?.start).toBe(0);
    expect(instructions.at(-1)?.end).toBe(6);
    instructions.slice(1).forEach(({ start }, index) => expect(start).toBe(instructions[index]?.end));
  });

  it('tells how the run would have gone', () => {
    expect(replayTrace([...scenes, ...good]).outcome).toMatchObject({ state: 'done' });
    expect(replayTrace(scenes).outcome).toMatchObject({ state: 'unfinished', at: 1.96 });
    expect(replayTrace([...scenes, ...good]).outcome.events.flatMap((event) => (event.type === 'state' ? [event.to] : []))).toEqual(['ready', 'capturing', 'done']);
    const { outcome } = replayTrace(scenes, { timing: { guidingMs: 1000 } });
    expect(outcome).toMatchObject({ state: 'failed', code: 'face-too-far', at: 1 });
    expect(outcome.summary.obstacles[0]?.code).toBe('face-too-far');
  });

  it('has nothing to say of an empty trace', () => {
    expect(replayTrace([])).toMatchObject({ frames: 0, faceFrames: 0, events: [], instructions: [], outcome: { state: 'unfinished', at: 0 } });
  });
});

describe('marks', () => {
  const ENTRIES: readonly TraceEntry[] = [
    { type: 'suspend', time: 0, code: 'camera-lost' },
    { type: 'resume', time: 100 },
    observe(200),
    { type: 'recordingFailed', time: 300.04, code: 'recorder-empty' },
    { type: 'tick', time: 350 },
  ];

  it('are lines of their own, before, between and after observations', () => {
    const text = encodeTrace(ENTRIES);
    expect(text.split('\n')[1]).toBe('{"t":0,"n":"suspend","c":"camera-lost"}');
    const { entries, observations } = decodeTrace(text);
    expect(entries.map((entry) => ('type' in entry ? entry : entry.time))).toEqual([ENTRIES[0], ENTRIES[1], 200, { type: 'recordingFailed', time: 300, code: 'recorder-empty' }, ENTRIES[4]]);
    expect(observations).toHaveLength(1);
  });

  it.each([
    ['{"t":1,"n":"dance"}', 'n'],
    ['{"t":1,"n":"suspend","c":5}', 'c'],
    ['{"t":1,"n":"suspend","c":"<b>"}', 'c'],
    ['{"n":"suspend"}', 't'],
  ])('are refused with the field that is wrong: %s', (line, field) => {
    expect(() => decodeTrace(`{"format":"facefront-trace","version":1}\n${line}`)).toThrow(expect.objectContaining({ line: 2, field }) as Error);
  });

  it('are what the recorder did; without them it is an ideal one', () => {
    const frames = (from: number, until: number): Observation[] => Array.from({ length: (until - from) / 40 }, (_, index) => observe(from + 40 * index));
    const options = { challenge: { type: 'silent', minimumMs: 2000 } } as const;
    expect(replayTrace(frames(0, 4000), options).outcome.state).toBe('done');
    expect(replayTrace([...frames(0, 2000), { type: 'recordingStarted', time: 2000 }, ...frames(2000, 3000)], options).outcome.state).toBe('unfinished');
    expect(replayTrace([...frames(0, 2000), { type: 'recordingFailed', time: 2000, code: 'recorder-empty' }], options).outcome).toMatchObject({ state: 'failed', code: 'recorder-empty', at: 2 });
    const late: readonly TraceEntry[] = [...frames(0, 800), { type: 'recordingStarted', time: 800 }, ...frames(800, 3400), { type: 'recordingFailed', time: 3400, code: 'recorder-empty' }];
    expect(replayTrace(late, options).outcome, 'a recorder that proves useless after the challenge').toMatchObject({ state: 'failed', at: 3.4 });
  });
});

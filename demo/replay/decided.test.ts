import { beforeAll, describe, expect, it } from 'vitest';
import { addLocale } from '../../src/codes/index.js';
import english from '../../src/codes/prompts/en.js';
import type { EngineOptions, LivenessChallenge, Observation } from '../../src/liveness/index.js';
import { observe } from '../../src/liveness/observation.fixture.js';
import { cap12, franck } from '../../src/liveness/trace/labels.fixture.js';
import { explain } from './explain.js';
import { runTrace } from './run.js';

const DIGITS: LivenessChallenge = { type: 'digits', digits: '4821', minimumMs: 2600 };
const SILENT: LivenessChallenge = { type: 'silent', minimumMs: 5000 };

beforeAll(() => addLocale(english));

/** Fourteen seconds of somebody who speaks, moves the lips and opens the eyes as this says. */
const person = (at: (time: number) => { readonly sound?: number; readonly mouth?: number; readonly eyes?: number }): Observation[] =>
  Array.from({ length: 350 }, (_, index) => {
    const { sound = 0.002, mouth = 0.02, eyes = 0.3 } = at(index * 40);
    return { ...observe(index * 40, { measures: { mouthOpenness: mouth, leftEyeOpenness: eyes, rightEyeOpenness: eyes } }), soundLevel: sound };
  });
const told = (observations: readonly Observation[], challenge: LivenessChallenge, options: EngineOptions = {}) => {
  const run = runTrace(observations, { retries: 0, ...options, challenge });
  return { run, lines: explain(run, 'en').lines, chinese: explain(run, 'zh').lines };
};
/** Loud once the room has been listened to. */
const speaking = (time: number): number => (time < 2000 ? 0.002 : 0.08);

describe('why digits were not met', () => {
  it('the lips: their range at each digit, and how much was asked for at how many', () => {
    const { run, lines, chinese } = told(person((time) => ({ sound: speaking(time), mouth: time > 2400 && time < 2800 ? 0.32 : 0.02 })), DIGITS);
    expect(run.result).toMatchObject({ state: 'failed', failure: { reference: { code: '1109' } } });
    expect(lines).toContain('While the digits were read, the lips opened and closed by 0.30, 0.00, 0.00, 0.00 of the mouth’s width; 0.08 was asked for, at 2 of 4.');
    expect(chinese.join()).toContain('要求 4 个中至少 2 个达到 0.08');
    // The sound was as it should be.
    expect(lines.join()).not.toContain('Sound');
  });

  it('the voice: how long it was heard, and how loud', () => {
    const { run, lines, chinese } = told(person((time) => ({ mouth: time % 400 < 200 ? 0.3 : 0.02, sound: time > 2500 && time < 2600 ? 0.2 : 0.002 })), DIGITS);
    expect(run.result).toMatchObject({ state: 'failed', failure: { code: 'voice-too-quiet' } });
    expect(lines.join()).toMatch(/A voice was heard for \d+, 0, 0, 0 ms at the digits; 80 ms was asked for, at 3 of 4\. The loudest sound was 0\.200; a voice is 0\.010 or louder\./);
    expect(chinese.join()).toContain('毫秒；要求 4 个中至少 3 个达到 80 毫秒');
  });

  it('the room', () => {
    const { lines } = told(person(() => ({ sound: 0.12, mouth: 0.02 })), DIGITS);
    expect(lines).toContain('The room was at 0.120 before the first digit; from 0.08 on it drowns any voice.');
  });

  it('each try has its own, and a record for the page', () => {
    const { run, lines } = told(person(() => ({})), DIGITS, { retries: 1, timing: { missedMs: 0, steadyMs: 200 } });
    expect(run.tries.map(({ code, record }) => [code, record.type === 'digits' && record.digits.length])).toEqual([['1101', 4], ['1101', 4]]);
    expect(lines.filter((line) => line.startsWith('A voice was heard for 0, 0, 0, 0 ms'))).toHaveLength(2);
  });

  it('and the limits are known at every frame: a voice’s all the time, the lips’ over their narrowest while a digit is listened to', () => {
    const { run } = told(person((time) => ({ sound: speaking(time), mouth: 0.05 })), DIGITS);
    const capturing = run.frames.filter(({ shown }) => shown?.state === 'capturing');
    expect(capturing.every(({ limits }) => limits?.soundLevel === 0.01)).toBe(true);
    const lips = capturing.filter(({ limits }) => limits?.mouthOpenness !== undefined);
    expect(lips.every(({ limits }) => Math.abs((limits?.mouthOpenness ?? 0) - 0.13) < 1e-9)).toBe(true);
    expect(lips.length * 40).toBeGreaterThan(4 * 1200 - 200);
  });
});

describe('why eyes counted as shut', () => {
  it('against the person’s own at rest', () => {
    const { run, lines, chinese } = told(person((time) => ({ eyes: time > 1500 ? 0.1 : 0.3 })), SILENT);
    expect(run.result).toMatchObject({ state: 'failed', failure: { code: 'eyes-closed' } });
    expect(lines).toContain('The eyes were open by 0.10 in the middle of the last second; 0.20 was asked for, 65 % of this person’s own 0.30.');
    expect(chinese.join()).toContain('要求 0.20，即本人平时 0.30 的 65%');
  });

  it('or because none that could be open were seen', () => {
    expect(told(person(() => ({ eyes: 0.05 })), SILENT).lines).toContain('The eyes were open by 0.05 in the middle of the last second, and never by 0.08, which no open eye is below.');
  });

  it.each([['cap12_edit', cap12], ['franck', franck]])('as the engine saw them in a real person who keeps them shut: %s', (_, observations) => {
    const shut = observations.map((observation): Observation => ({
      ...observation,
      faces: observation.faces.map((face) => (face.measures && observation.time > 1500 ? { ...face, measures: { ...face.measures, leftEyeOpenness: face.measures.leftEyeOpenness * 0.55, rightEyeOpenness: face.measures.rightEyeOpenness * 0.55 } } : face)),
    }));
    const { run } = told(shut, SILENT);
    expect(run.result).toMatchObject({ state: 'failed', failure: { code: 'eyes-closed' } });
    const [{ time, eyes } = { time: 0, eyes: { value: 1, limit: 0 } }] = run.tries;
    expect(eyes.value).toBeLessThan(eyes.limit);
    const last = run.frames.filter((frame) => frame.time > time - 900 && frame.limits);
    expect(last.length).toBeGreaterThan(10);
    for (const { values, limits } of last) expect(values.eyeOpenness).toBeLessThan((limits?.eyeOpenness ?? 0) * 1.08);
  });

  it('is not asked where they may be shut, nor in an action', () => {
    expect(told(person(() => ({ eyes: 0.05 })), SILENT, { eyesMayBeShut: true }).run.frames.some(({ limits }) => limits?.eyeOpenness)).toBe(false);
    expect(told(person(() => ({})), { type: 'action', actions: ['nod'], minimumMs: 0 }).run.frames.some(({ limits }) => limits?.eyeOpenness)).toBe(false);
  });
});

import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { addLocale } from '../../src/codes/index.js';
import english from '../../src/codes/prompts/en.js';
import { decodeTrace, replayTrace, type LivenessChallenge } from '../../src/liveness/index.js';
import { explain } from './explain.js';
import { measuredMetrics, runTrace } from './run.js';
import { showValue } from './words.js';

const { observations } = decodeTrace(readFileSync(new URL('../../test/vectors/traces/cap12_edit.jsonl', import.meta.url), 'utf8'));
const from = (seconds: number) => observations.filter(({ time }) => time >= seconds * 1000);
const SILENT: LivenessChallenge = { type: 'silent', minimumMs: 2000 };
const ask = (...actions: Extract<LivenessChallenge, { type: 'action' }>['actions']): LivenessChallenge => ({ type: 'action', actions, minimumMs: 2000 });

beforeAll(() => addLocale(english));

describe('runTrace', () => {
  it.each([SILENT, ask('blink'), ask('openMouth', 'turnRight')])('agrees with the replay of the library: %j', (challenge) => {
    const run = runTrace(observations, { challenge });
    const { outcome, events } = replayTrace(observations, { challenge });
    expect(run.result.state).toBe(outcome.state);
    expect(run.end).toBe(outcome.at * 1000);
    expect(run.summary).toEqual(outcome.summary);
    expect(run.gestures.map(({ kind }) => kind)).toEqual(events.map(({ type }) => type));
    expect(run.frames).toHaveLength(observations.length);
  });

  it('runs with all that a trace says was asked for', () => {
    const challenge = ask('blink', 'nod');
    const asked = { challenge: { ...challenge, deadlineMs: 1500 } as LivenessChallenge, retries: 1, maximumMs: 9000, thresholds: { yaw: { good: 8, bad: 10, abort: 40 } }, timing: { steadyMs: 1500, missedMs: 500, dwellMs: 300 } };
    const run = runTrace(observations, asked);
    const { outcome } = replayTrace(observations, asked);
    expect(run.summary).toEqual(outcome.summary);
    expect(run.summary).not.toEqual(runTrace(observations, { challenge }).summary);
    expect(run.limits.yaw?.map(({ good }) => good)).toEqual([8, -8]);
  });

  it('covers the run with states and instructions, without gaps', () => {
    const run = runTrace(from(9), { challenge: ask('openMouth', 'turnRight') });
    for (const lane of [run.states, run.instructions]) {
      expect(lane[0]?.start).toBe(9000);
      expect(lane.at(-1)?.end).toBe(run.end);
      lane.slice(1).forEach(({ start }, index) => expect(start).toBe(lane[index]?.end));
    }
    expect(run.states.map(({ kind }) => kind)).toEqual(['guiding', 'capturing', 'done']);
    expect(run.instructions.map(({ kind }) => kind)).toEqual(['holdStill', 'openMouth', 'holdStill', 'turnRight', 'faceForward']);
  });

  it('has the values of every metric that the trace has, and their limits', () => {
    const run = runTrace(observations, { challenge: SILENT, profile: 'phone' });
    const metrics = measuredMetrics(run);
    expect(metrics).toContain('eyeOpenness');
    expect(metrics).not.toContain('soundLevel');
    expect(run.limits.faceSize?.map(({ bad }) => bad)).toEqual([0.54, 1.1]);
    expect(run.limits.yaw?.map(({ good }) => good)).toEqual([14, -14]);
    for (const metric of metrics) expect(run.frames.some(({ values }) => Number.isFinite(values[metric]))).toBe(true);
  });
});

describe('explain', () => {
  it('tells what stood in the way, and for how long', () => {
    const story = explain(runTrace(from(36.5), { challenge: SILENT }), 'en');
    expect(story.tone).toBe('good');
    expect(story.lines[0]).toMatch(/^[34]\.\d s of the guidance went by with “Move closer”: Size of the face was 0\.\d\d in the middle, 0\.48 was asked for\.$/);
  });

  it('tells what was asked for, how near it came, and what was done instead', () => {
    const story = explain(runTrace(from(9), { challenge: { type: 'action', actions: ['blink'], deadlineMs: 1500, minimumMs: 2000 } }), 'en');
    expect(story).toMatchObject({ tone: 'bad', headline: 'Failed 15.6 s after it began.', failure: { path: 'faceid-wechat/liveness-action/1207', prompt: 'Blink once' } });
    expect(story.lines).toContain('At 11.3 s “Open your mouth once” was done, which was not asked for then.');
    expect(story.lines.filter((line) => line.includes('a try ended'))).toEqual(['12.5', '18.6', '24.6'].map((at) => `At ${at} s a try ended, because the challenge was not met: “Blink once”`));
    expect(story.lines.at(-1)).toMatch(/^“Blink once” stood for 4\.6 s\. Eyes open came as far as 0\.2\d; 0\.1\d was asked for\.$/);
  });

  it('tells of the tries that it took', () => {
    const story = explain(runTrace(from(9), { challenge: { type: 'action', actions: ['blink'], deadlineMs: 2000, minimumMs: 2000 } }), 'en');
    expect(story).toMatchObject({ tone: 'good', headline: 'Done 16.8 s after it began.' });
    expect(story.lines.slice(-2)).toEqual(['At 19.6 s a try ended, because the challenge was not met: “Blink once”', '“Blink once” was done from 25.6 to 25.8 s.']);
  });

  it('says so when nothing stood in the way, in both languages', () => {
    const run = runTrace(observations, { challenge: SILENT });
    expect(explain(run, 'en').lines).toEqual(['Nothing stood in the way.']);
    expect(explain(run, 'zh')).toMatchObject({ headline: '开始后 2.8 秒完成。', lines: ['没有遇到阻碍。'] });
  });

  it('says where a trace is too short', () => {
    expect(explain(runTrace(from(53), { challenge: SILENT }), 'en').headline).toBe('The trace ends 0.4 s after the run began, before the run does.');
  });
});

describe('showValue', () => {
  it.each([
    ['yaw', -12.34, '−12°'],
    ['roll', -0.2, '0°'],
    ['faceSize', 0.5, '0.50'],
    ['soundLevel', 0.0123, '0.012'],
    ['pitch', NaN, '–'],
  ] as const)('shows %s of %f as %s', (metric, value, text) => {
    expect(showValue(metric, value)).toBe(text);
  });
});

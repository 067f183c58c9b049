import { beforeAll, describe, expect, it } from 'vitest';
import { fieldsOf, optionsOf } from '../../demo/replay/asked.js';
import { explain } from '../../demo/replay/explain.js';
import { runTrace } from '../../demo/replay/run.js';
import { addLocale } from '../../src/codes/index.js';
import english from '../../src/codes/prompts/en.js';
import type { VerifyOptions } from '../../src/flow/options.js';
import { createTraceWriter, decodeTrace, recordSince, replayTrace, type ChallengeRecord, type LivenessChallenge, type TraceEntry, type TraceWriter } from '../../src/liveness/index.js';
import { film, type Film } from '../faults/film.js';
import { obey } from '../faults/obedient-person.js';
import { startRig, type Rig, type RigOptions } from '../faults/verification-rig.js';

/* What `onObservation` tells of a whole verification, written as a trace and replayed: the same end, for the same reason. */

let reel: Film;
beforeAll(async () => {
  addLocale(english);
  reel = await film();
});

const SILENT: LivenessChallenge = { type: 'silent', minimumMs: 2000 };
const ACTION: LivenessChallenge = { type: 'action', actions: ['nod', 'blink'], minimumMs: 2000 };
const DIGITS: LivenessChallenge = { type: 'digits', digits: '4821', minimumMs: 2000 };
const LIGHT: LivenessChallenge = { type: 'light', colours: [{ r: 255, g: 40, b: 40, ms: 500 }, { r: 40, g: 40, b: 255, ms: 400 }], minimumMs: 2000 };

interface Kept {
  readonly rig: Rig;
  readonly text: () => string;
}

/** A verification whose page keeps a trace. */
function keep(challenge: LivenessChallenge, options: Partial<RigOptions> = {}): Kept {
  let writer: TraceWriter | undefined;
  const lines: string[] = [];
  const onObservation: VerifyOptions['onObservation'] = (entry, engine) => {
    writer ??= createTraceWriter({ source: 'a test', engine });
    lines.push(writer.line(entry) ?? '');
  };
  const rig = startRig({ film: reel, challenge, ...options, verify: { onObservation, ...options.verify } });
  rig.show(obey(rig));
  return { rig, text: () => [writer?.header, ...lines].join('\n') };
}

/** The evidence is with the backend; what that makes of it, and when, is not what is looked at here. */
const SENT = ['finished', 'degraded'];

/** As the viewer runs a trace: with nothing but what it holds. */
function viewed(text: string) {
  const { note, entries } = decodeTrace(text);
  return runTrace(entries, optionsOf(fieldsOf(note.engine ?? {}), note.engine));
}

/** The evidence counts from the recording's start. */
const startOf = (entries: readonly TraceEntry[]): number => entries.filter((entry) => 'type' in entry && entry.type === 'recordingStarted').pop()?.time ?? NaN;

/** Every value with its path. */
const valuesOf = (value: unknown, path: string): readonly (readonly [string, unknown])[] =>
  typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, each]) => valuesOf(each, `${path}.${key}`)) : [[path, value]];

/** What a trace rounds: times to a tenth of a millisecond, which the evidence rounds to whole ones; brightness to a tenth, the rest to four decimals. */
const tolerance = (path: string): number => (/\.(start|end|asked|voicedMs)$/.test(path) ? 1 : /\.(baseline|brightness|response)$/.test(path) ? 0.1 : 0.0002);

function expectSame(found: ChallengeRecord | undefined, sent: ChallengeRecord | undefined): void {
  const [values, wanted] = [valuesOf(found, 'record'), valuesOf(sent, 'record')];
  expect(values.map(([path]) => path)).toEqual(wanted.map(([path]) => path));
  values.forEach(([path, value], index) => {
    const expected = wanted[index]?.[1];
    if (typeof value === 'number' && typeof expected === 'number') expect(Math.abs(value - expected), `${path}: ${value} for ${expected}`).toBeLessThanOrEqual(tolerance(path));
    else expect(value, path).toBe(expected);
  });
}

describe('a trace of the field', () => {
  it.each([SILENT, ACTION, DIGITS, LIGHT])('comes to the same end and the same record: %j', async (challenge) => {
    const { rig, text } = keep(challenge, { verify: { challenges: [challenge.type], onLightWarning: () => Promise.resolve('go') } });
    expect(SENT).toContain((await rig.end()).status);
    const { note, entries } = decodeTrace(text());
    expect(note).toMatchObject({ source: 'a test', engine: { challenge: { type: challenge.type, minimumMs: 3000 }, maximumMs: expect.any(Number) } });
    const { outcome } = replayTrace(entries, note.engine);
    expect(outcome.state).toBe('done');
    expectSame(outcome.record && recordSince(outcome.record, startOf(entries)), rig.manifest()?.record);
    const started = rig.manifest()?.timeline.filter(({ event }) => event.startsWith('state:')).map(({ event }) => event) ?? [];
    expect(outcome.events.flatMap((event) => (event.type === 'state' ? [`state:${event.to}`] : []))).toEqual(started);
  });

  it('fails for the same reason, with the vendor’s word for it, whatever the page had asked for', async () => {
    const { rig, text } = keep(ACTION, { verify: { retries: 1, profile: 'phone', thresholds: { faceSizeMinimum: { good: 0.5, bad: 0.4 } }, timing: { missedMs: 500, steadyMs: 1200 } } });
    rig.show({});
    const result = await rig.end();
    const { note, entries } = decodeTrace(text());
    expect(note.engine).toMatchObject({ retries: 1, profile: 'phone', thresholds: { faceSizeMinimum: { good: 0.5, bad: 0.4 } }, timing: { missedMs: 500, steadyMs: 1200 } });
    const { system, table, code } = result.code;
    const { outcome } = replayTrace(entries, note.engine);
    expect(outcome).toMatchObject({ state: 'failed', reference: { system, table, code }, summary: { misses: 2 } });
    expect(viewed(text()).result).toMatchObject({ state: 'failed', failure: { reference: { system, table, code }, summary: outcome.summary } });
  });

  it('tells of a page that was hidden, and of the recording that it broke off', async () => {
    const { rig, text } = keep(SILENT);
    await rig.reach('recording');
    rig.page.show(false);
    await rig.pass(5000);
    rig.page.show(true);
    expect(SENT).toContain((await rig.end()).status);
    const { note, entries } = decodeTrace(text());
    expect(replayTrace(entries, note.engine).outcome).toMatchObject({ state: 'done', summary: { stateMs: { suspended: expect.closeTo(5000, -2) } } });
    const run = viewed(text());
    expect(run.states.map(({ kind }) => kind)).toContain('suspended');
    expect(explain(run, 'en').lines.filter((line) => line.includes('everything waited'))).toEqual([expect.stringMatching(/^From \d+\.\d to \d+\.\d s everything waited: “.*stay on this page/)]);
  });

  it('tells why nobody could go on: a page that stayed hidden, a recorder that gives nothing', async () => {
    const hidden = keep(SILENT);
    await hidden.rig.reach('guidance');
    hidden.rig.page.show(false);
    expect(await hidden.rig.end(90_000)).toMatchObject({ code: { code: 'page-hidden' } });
    const run = viewed(hidden.text());
    expect(run.result).toMatchObject({ state: 'failed', failure: { code: 'page-hidden' } });
    expect(run.states.at(-2)?.kind).toBe('suspended');

    const broken = keep(DIGITS, {
      recorder: (Real) =>
        class extends Real {
          override start(): void {
            throw new DOMException('not now', 'InvalidStateError');
          }
        },
    });
    const result = await broken.rig.end();
    expect(result.status).toBe('failed');
    const story = explain(viewed(broken.text()), 'en');
    expect(story.lines.filter((line) => line.includes('the recorder gave up'))).toHaveLength(1);
  });

  it('is nobody’s business but the page’s: one that throws changes nothing', async () => {
    const { rig } = keep(SILENT, {
      verify: {
        onObservation: () => {
          throw new Error('the page’s own');
        },
      },
    });
    const thrown: unknown[] = [];
    const { setTimeout: later } = rig.platform;
    Object.assign(rig.platform, {
      setTimeout: (run: () => void, ms: number) =>
        later(() => {
          try {
            run();
          } catch (error) {
            thrown.push(error);
          }
        }, ms),
    });
    expect(SENT).toContain((await rig.end()).status);
    expect(thrown.length).toBeGreaterThan(10);
  });
});

import type { ClientCode } from '../../codes/client-codes.js';
import { createEngine } from '../create-engine.js';
import type { EngineOptions } from '../engine.js';
import type { Observation, ObservedFace } from '../observation.js';
import { TRACE_FORMAT, TRACE_VERSION, TraceError, type TraceNote } from './format.js';
import { isMark, TRACE_MARKS, type TraceEntry, type TraceMark } from './mark.js';

/** A trace read back. */
export interface Trace {
  readonly note: TraceNote;
  readonly observations: readonly Observation[];
  /** The observations, and what happened besides, in order. */
  readonly entries: readonly TraceEntry[];
}

/**
 * Reads a trace. Blank lines are passed over; fields that are not of the format are ignored.
 *
 * @throws TraceError naming the first line and field that are wrong
 */
export function decodeTrace(text: string): Trace {
  const lines = text.split('\n');
  const entries: TraceEntry[] = [];
  let note: TraceNote | undefined;
  let frame: Observation['frame'] | undefined;
  lines.forEach((content, index) => {
    if (!content.trim()) return;
    const line = new Line(index + 1, content);
    if (!note) {
      if (line.fields.format !== TRACE_FORMAT) throw line.error('format', `must be "${TRACE_FORMAT}"`);
      if (line.fields.version !== TRACE_VERSION) throw line.error('version', `must be ${TRACE_VERSION}`);
      const { source, engine } = line.fields;
      if (source !== undefined && typeof source !== 'string') throw line.error('source', 'must be text');
      note = { ...(source !== undefined && { source }), ...(engine !== undefined && { engine: line.engine(engine) }) };
      return;
    }
    if (line.fields.f !== undefined) {
      const [width, height] = line.numbers(line.fields.f, 'f', 2);
      if (!(width > 0) || !(height > 0)) throw line.error('f', 'must be two positive numbers');
      frame = { width, height };
    }
    const isMarkLine = line.fields.n !== undefined;
    if (!frame && !isMarkLine) throw line.error('f', 'must name the frame size on the first observation');
    const time = line.number(line.fields.t, 't');
    const before = entries[entries.length - 1];
    if (before && time < before.time) throw line.error('t', `must not be before the line above (${before.time})`);
    entries.push(isMarkLine || !frame ? line.mark(time) : line.observation(time, frame));
  });
  if (!note) throw new TraceError(1, '', 'a trace begins with its header');
  return { note, entries, observations: entries.filter((entry): entry is Observation => !isMark(entry)) };
}

type Numbers<Length extends number> = Length extends 2 ? [number, number] : number[];

/** One line, and errors that know where they are. */
class Line {
  readonly fields: Readonly<Record<string, unknown>>;
  private readonly at: number;

  constructor(at: number, content: string) {
    this.at = at;
    let value: unknown;
    try {
      value = JSON.parse(content);
    } catch {
      throw this.error('', 'must be JSON');
    }
    this.fields = this.record(value, '');
  }

  error(field: string, rule: string): TraceError {
    return new TraceError(this.at, field, rule);
  }

  record(value: unknown, field: string): Readonly<Record<string, unknown>> {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw this.error(field, 'must be an object');
    return value as Readonly<Record<string, unknown>>;
  }

  number(value: unknown, field: string): number {
    if (typeof value !== 'number' || !Number.isFinite(value)) throw this.error(field, 'must be a finite number');
    return value;
  }

  numbers<Length extends number>(value: unknown, field: string, length: Length): Numbers<Length> {
    if (!Array.isArray(value) || value.length !== length) throw this.error(field, `must be a list of ${length} numbers`);
    return value.map((item, index) => this.number(item, `${field}[${index}]`)) as Numbers<Length>;
  }

  engine(value: unknown): EngineOptions {
    const options: EngineOptions = this.record(value, 'engine');
    try {
      createEngine(options);
    } catch (error) {
      // What is of another kind altogether, such as a colour that is null, is not named by the engine.
      const [, field, rule = 'must be what an engine can be asked for'] = /^([\w.[\]]+): (.+)/.exec(String((error as Error).message)) ?? [];
      throw this.error(field ? `engine.${field}` : 'engine', rule);
    }
    return options;
  }

  mark(time: number): TraceMark {
    const { n, c } = this.fields;
    const type = TRACE_MARKS.find((each) => each === n);
    if (!type) throw this.error('n', `must be one of ${TRACE_MARKS.join(', ')}`);
    if (c !== undefined && !(typeof c === 'string' && /^[a-z-]{1,64}$/.test(c))) throw this.error('c', 'must be the name of a code');
    return { type, time, ...(c !== undefined && { code: c as ClientCode }) };
  }

  observation(time: number, frame: Observation['frame']): Observation {
    const { faces, q, l } = this.fields;
    if (!Array.isArray(faces)) throw this.error('faces', 'must be a list');
    const [brightness = 0, contrast = 0, sharpness = 0] = q === undefined ? [] : this.numbers(q, 'q', 3);
    return {
      time,
      frame,
      faces: faces.map((face, index) => this.face(face, `faces[${index}]`)),
      ...(q !== undefined && { quality: { brightness, contrast, sharpness } }),
      ...(l !== undefined && { soundLevel: this.number(l, 'l') }),
    };
  }

  private face(value: unknown, field: string): ObservedFace {
    const { b, s, k, m } = this.record(value, field);
    const [x = 0, y = 0, width = 0, height = 0] = this.numbers(b, `${field}.b`, 4);
    const points = this.numbers(k, `${field}.k`, 8);
    const point = (index: number) => ({ x: points[2 * index] ?? 0, y: points[2 * index + 1] ?? 0 });
    const face = {
      box: { x, y, width, height },
      score: this.number(s, `${field}.s`),
      keypoints: { leftEye: point(0), rightEye: point(1), noseTip: point(2), mouth: point(3) },
    };
    if (m === undefined) return face;
    const [yaw = 0, pitch = 0, roll = 0, leftEyeOpenness = 0, rightEyeOpenness = 0, mouthOpenness = 0] = this.numbers(m, `${field}.m`, 6);
    return { ...face, measures: { yaw, pitch, roll, leftEyeOpenness, rightEyeOpenness, mouthOpenness } };
  }
}

import type { FaceMeasures, ObservedFace } from '../observation.js';
import { isReadable } from '../readable.js';
import { isMark, type TraceEntry } from './mark.js';
import { TRACE_FACES, TRACE_FORMAT, TRACE_VERSION, type TraceNote } from './format.js';

/** Decimals that outlast every threshold: a tenth of a millisecond, a tenth of a pixel at 1280, a tenth of a degree. */
const DECIMALS = { time: 1, fraction: 4, score: 2, degrees: 1, ratio: 4, quality: 1, sound: 4 } as const;

/** Times beyond 30,000 years are not times. */
const LATEST = 1e15;

function round(values: readonly number[], kind: keyof typeof DECIMALS): number[] {
  // Not by a scale and back: where a number has no room for the decimals left, that would move it each time anew.
  return values.map((value) => Number(value.toFixed(DECIMALS[kind])));
}

/** Writes line by line, for a recorder that does not know when it will be stopped; see `VerifyOptions.onObservation`. */
export interface TraceWriter {
  /** The header, the first line of the trace. */
  readonly header: string;
  /**
   * One line, without its line break; `undefined` for an observation the engine cannot read either. What holds a number that is
   * not finite is left out (a measurement, a whole face), and a time that runs backwards is written as the last one.
   */
  line(entry: TraceEntry): string | undefined;
}

/** @param note goes into the header */
export function createTraceWriter(note: TraceNote = {}): TraceWriter {
  let width = 0;
  let height = 0;
  let lastTime: number | undefined;
  const moveTo = (time: number): number => (lastTime = Math.abs(time) < LATEST ? Math.max(time, lastTime ?? time) : (lastTime ?? 0));
  return {
    header: JSON.stringify({ format: TRACE_FORMAT, version: TRACE_VERSION, ...note }),
    line(entry) {
      if (isMark(entry)) return JSON.stringify({ t: round([moveTo(entry.time)], 'time')[0], n: entry.type, c: entry.code });
      if (!isReadable(entry)) return undefined;
      const { time, frame, faces, quality, soundLevel } = entry;
      const changed = frame.width !== width || frame.height !== height;
      ({ width, height } = frame);
      const q = quality && round([quality.brightness, quality.contrast, quality.sharpness], 'quality');
      const [l = NaN] = round([soundLevel ?? NaN], 'sound');
      return JSON.stringify({
        t: round([moveTo(time)], 'time')[0],
        f: changed ? [width, height] : undefined,
        faces: faces.slice(0, TRACE_FACES).flatMap(encodeFace),
        q: q && allFinite(q) ? q : undefined,
        l: Number.isFinite(l) ? l : undefined,
      });
    },
  };
}

/** A whole trace at once, each line ended by a line break. */
export function encodeTrace(entries: readonly TraceEntry[], note?: TraceNote): string {
  const writer = createTraceWriter(note);
  const lines = entries.map((entry) => writer.line(entry)).filter((line) => line !== undefined);
  return [writer.header, ...lines, ''].join('\n');
}

/** One face, or none where it is not made of numbers. */
function encodeFace({ box, score, keypoints, measures }: ObservedFace): object[] {
  const { leftEye, rightEye, noseTip, mouth } = keypoints;
  const b = round([box.x, box.y, box.width, box.height], 'fraction');
  const [s = NaN] = round([score], 'score');
  const k = round([leftEye, rightEye, noseTip, mouth].flatMap(({ x, y }) => [x, y]), 'fraction');
  const m = measures && encodeMeasures(measures);
  return allFinite([...b, s, ...k]) ? [{ b, s, k, m: m && allFinite(m) ? m : undefined }] : [];
}

function encodeMeasures({ yaw, pitch, roll, leftEyeOpenness, rightEyeOpenness, mouthOpenness }: FaceMeasures): number[] {
  return [...round([yaw, pitch, roll], 'degrees'), ...round([leftEyeOpenness, rightEyeOpenness, mouthOpenness], 'ratio')];
}

function allFinite(values: readonly number[]): boolean {
  return values.every(Number.isFinite);
}

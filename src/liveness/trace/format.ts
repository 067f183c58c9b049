import type { EngineOptions } from '../engine.js';

/**
 * A trace is a text of JSON Lines: a header, then one line per observation, or per thing that happened besides, in order of time. It holds numbers only, never
 * pixels. Names are short and points are arrays, so that a line with one measured face takes about 170 bytes, and never more
 * than 400.
 *
 * ```
 * {"format":"facefront-trace","version":1,"source":"ticket 4711","engine":{"challenge":{"type":"silent","minimumMs":3000},"maximumMs":29000}}
 * {"t":40,"faces":[{"b":[x,y,width,height],"s":score,"k":[leftEye,rightEye,noseTip,mouth],"m":[yaw,pitch,roll,leftEye,rightEye,mouth]}],"q":[brightness,contrast,sharpness],"l":soundLevel}
 * {"t":80,"n":"suspend","c":"page-hidden"}
 * ```
 *
 * A line names its frame (`"f":[width,height]`) only where it differs from the line before. `k` is eight numbers, x then y.
 * `m`, `q` and `l` are absent where the observation has none. `n` is a {@link TraceMark}, `c` its code where it has one; a reader from
 * before there were any refuses such a line.
 */
export const TRACE_FORMAT = 'facefront-trace';

/** See {@link TRACE_FORMAT}. Lines with `n` are as old as the first trace of a page. */
export const TRACE_VERSION = 1;

/** Faces written per observation, the largest first; rules never look past the second. */
export const TRACE_FACES = 3;

/** What a trace was made of. Free for the writer to fill; never anything that identifies a person. */
export interface TraceNote {
  /** For instance the name of the video. */
  readonly source?: string;
  /** What the engine was created with, every number of it finite: a replay with the same is the same run. */
  readonly engine?: EngineOptions;
}

/** Thrown for a line that cannot be read. */
export class TraceError extends Error {
  override readonly name = 'TraceError';
  /** From 1. */
  readonly line: number;
  /** Path of the field in the line, for instance `faces[0].b[2]`; empty for the line itself. */
  readonly field: string;

  constructor(line: number, field: string, rule: string) {
    super(`trace line ${line}${field && `, ${field}`}: ${rule}`);
    this.line = line;
    this.field = field;
  }
}

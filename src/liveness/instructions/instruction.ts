import type { InstructionId } from '../../codes/prompt-ids.js';

/**
 * Every instruction, from the most to the least urgent family; those of a challenge come last. Left, right, up and down are the
 * person's own directions. `holdSteady` asks a moving or blurred face to stop; `holdStill` says that all is well. The list stands
 * with the sentences, since an instruction without one would say nothing.
 */
export { INSTRUCTION_IDS } from '../../codes/prompt-ids.js';
export type { InstructionId } from '../../codes/prompt-ids.js';

/**
 * What instructions rest on, and in which unit:
 * - `faces`: usable faces in the frame, a count
 * - `secondFace`: size of the second largest face over the largest, 0–1
 * - `faceSize`: square root of the face's area over the oval's area, about 0–2
 * - `offsetX`, `offsetY`: how far the face must move, in oval widths and heights; positive is too far right or down in
 *   the unmirrored frame
 * - `yaw`, `pitch`, `roll`: degrees, signs as in {@link FaceMeasures}
 * - `brightness`, `contrast`, `sharpness`: as in {@link ImageQuality}, of the face region
 * - `frameBrightness`: mean luma 0–255 of a frame without a face
 * - `motion`: speed of the face in face heights per second
 * - `eyeOpenness` (mean of both eyes), `mouthOpenness`: as in {@link FaceMeasures}
 * - `soundLevel`: as in {@link Observation}
 *
 * The last three are a challenge's own; no rule of the guidance looks at them.
 */
export const METRICS = [
  'faces',
  'secondFace',
  'faceSize',
  'offsetX',
  'offsetY',
  'yaw',
  'pitch',
  'roll',
  'brightness',
  'contrast',
  'frameBrightness',
  'motion',
  'sharpness',
  'eyeOpenness',
  'mouthOpenness',
  'soundLevel',
] as const;

/** See {@link METRICS}. */
export type Metric = (typeof METRICS)[number];

/** The one thing to tell the person now, and the measurement it rests on. */
export interface Instruction {
  readonly id: InstructionId;
  readonly metric: Metric;
  /** What was measured when the instruction was last true, in the metric's unit. */
  readonly value: number;
  /** The value at which this instruction is satisfied, in the metric's unit. */
  readonly threshold: number;
  /** `threshold − value`: what the value has to gain (positive) or lose (negative). */
  readonly distance: number;
}

/** An instruction from what was measured; an unknown value reads as 0. */
export function instruct(id: InstructionId, metric: Metric, measured: number, threshold: number): Instruction {
  const value = Number.isFinite(measured) ? measured : 0;
  return { id, metric, value, threshold, distance: threshold - value };
}

/** What a running challenge wants of the guide. */
export interface Asked {
  /** Said where no rule holds; `holdStill` in its absence. */
  readonly instruction?: Instruction;
  /** Metrics whose rules do not hold for now, because what is asked moves them. */
  readonly relaxed: readonly Metric[];
}

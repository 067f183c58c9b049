/** Every instruction, from the most to the least urgent family. Left, right, up and down are the person's own directions. */
export const INSTRUCTION_IDS = [
  'noFace',
  'multipleFaces',
  'moveCloser',
  'moveBack',
  'moveLeft',
  'moveRight',
  'moveUp',
  'moveDown',
  'faceForward',
  'moreLight',
  'lessLight',
  'holdSteady',
  'holdStill',
] as const;

/** See {@link INSTRUCTION_IDS}. `holdSteady` asks a moving or blurred face to stop; `holdStill` says that all is well. */
export type InstructionId = (typeof INSTRUCTION_IDS)[number];

/**
 * What the rules measure, and in which unit:
 * - `faces`: usable faces in the frame, a count
 * - `secondFace`: size of the second largest face over the largest, 0–1
 * - `faceSize`: square root of the face's area over the oval's area, about 0–2
 * - `offsetX`, `offsetY`: how far the face must move, in oval widths and heights; positive is too far right or down in
 *   the unmirrored frame
 * - `yaw`, `pitch`, `roll`: degrees, signs as in {@link FaceMeasures}
 * - `brightness`, `contrast`, `sharpness`: as in {@link ImageQuality}, of the face region
 * - `frameBrightness`: mean luma 0–255 of a frame without a face
 * - `motion`: speed of the face in face heights per second
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

import type { NormalizedBox, NormalizedPoint, Observation, ObservedFace } from '../../liveness/observation.js';
import { isReadable } from '../../liveness/readable.js';
import type { WorkerResponse } from './messages.js';

/** A message that is not of the protocol; `id` of the request that it seems to answer. */
export interface UnreadableResponse {
  readonly type: 'unreadable';
  readonly id: number | undefined;
  readonly detail: string;
}

/** Frame sides away from the frame's origin, beyond which nothing is a face: a cut face reaches out by less than its own size. */
const FARTHEST = 10;
/** More than the detector ever reports. */
const MOST_FACES = 16;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Holds what a worker says against what it may say. A worker of another build (an old file in a cache), or one whose memory is
 * broken, must not get numbers into the engine that no face has.
 */
export function readResponse(message: unknown): WorkerResponse | UnreadableResponse {
  const fields = fieldsOf(message);
  const problem = problemOf(fields);
  if (problem === undefined) return message as WorkerResponse;
  return { type: 'unreadable', id: typeof fields['id'] === 'number' ? fields['id'] : undefined, detail: `the worker's ${String(fields['type']).slice(0, 40)} message: ${problem}` };
}

function problemOf(fields: Fields): string | undefined {
  switch (fields['type']) {
    case 'progress': {
      const { asset, loadedBytes, totalBytes } = fieldsOf(fields['progress']);
      return typeof asset === 'string' && isWithin(loadedBytes, 0, Infinity) && isWithin(totalBytes, 0, Infinity) ? undefined : 'progress';
    }
    case 'stage':
      return fields['stage'] === 'face' || fields['stage'] === 'mesh' ? undefined : 'stage';
    case 'failure': {
      const { code, detail } = fieldsOf(fields['failure']);
      return typeof code === 'string' && /^(detector|model)-/.test(code) && typeof detail === 'string' ? undefined : 'failure';
    }
    case 'frame-failed':
      return typeof fields['id'] === 'number' && typeof fields['detail'] === 'string' ? undefined : 'detail';
    case 'inspection': {
      const { tensors, bytes } = fieldsOf(fields['inspection']);
      return typeof fields['id'] === 'number' && isWithin(tensors, 0, Infinity) && isWithin(bytes, 0, Infinity) ? undefined : 'inspection';
    }
    case 'observation':
      if (typeof fields['id'] !== 'number' || !isWithin(fields['elapsedMs'], 0, Infinity)) return 'elapsedMs';
      return problemOfObservation(fields['observation'] as Observation | undefined);
    default:
      return 'no message of the protocol';
  }
}

function problemOfObservation(observation: Observation | undefined): string | undefined {
  if (!isReadable(observation)) return 'neither a frame size nor a list of faces';
  const { time, faces, quality } = observation;
  if (!Number.isFinite(time)) return 'time';
  if (faces.length > MOST_FACES) return `${faces.length} faces`;
  if (quality && !(isWithin(quality.brightness, 0, 255) && isWithin(quality.contrast, 0, 128) && isWithin(quality.sharpness, 0, Infinity))) return 'quality';
  const wrong = faces.findIndex((face) => !isFace(face));
  return wrong < 0 ? undefined : `faces[${wrong}]`;
}

function isFace(face: ObservedFace | undefined): boolean {
  const points: Partial<ObservedFace['keypoints']> = face?.keypoints ?? {};
  if (!face || !isBox(face.box) || !isWithin(face.score, 0, 1) || ![points.leftEye, points.rightEye, points.noseTip, points.mouth].every(isPoint)) return false;
  if (face.measures === undefined) return true;
  const { yaw, pitch, roll, leftEyeOpenness, rightEyeOpenness, mouthOpenness } = fieldsOf(face.measures);
  return [yaw, pitch, roll].every((angle) => isWithin(angle, -180, 180)) && [leftEyeOpenness, rightEyeOpenness, mouthOpenness].every((ratio) => isWithin(ratio, 0, FARTHEST));
}

function isBox(box: NormalizedBox | undefined): boolean {
  return isPoint(box) && isWithin(box?.width, 0, FARTHEST) && isWithin(box?.height, 0, FARTHEST);
}

function isPoint(point: NormalizedPoint | undefined): boolean {
  return isWithin(point?.x, -FARTHEST, FARTHEST) && isWithin(point?.y, -FARTHEST, FARTHEST);
}

/** Infinity as a bound is not itself within. */
function isWithin(value: unknown, low: number, high: number): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= low && value <= high;
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

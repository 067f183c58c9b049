import type { FaceMeasures, Observation, ObservedFace } from './observation.js';
import { ovalFor, type FrameSize } from './instructions/oval.js';

/** Changes to the ideal face of {@link observe}. Lengths are relative to the oval, so one scene fits every frame. */
export interface Scene {
  readonly frame?: FrameSize;
  /** Side lengths over the oval's. Default 0.8. */
  readonly size?: number;
  /** Centre, in oval widths and heights from the oval's centre. */
  readonly offsetX?: number;
  readonly offsetY?: number;
  /** `false`: only the short-range detector saw the face. */
  readonly measures?: Partial<FaceMeasures> | false;
  /** Keypoints as a head turned so far would show them, degrees. */
  readonly keypointYaw?: number;
  readonly quality?: Partial<NonNullable<Observation['quality']>> | false;
  /** Faces in all; the others are smaller copies. Default 1. */
  readonly faces?: number;
  /** Size of the others over the first. Default 0.8. */
  readonly othersSize?: number;
}

/** Measures of a calm frontal face. */
export const NEUTRAL: FaceMeasures = { yaw: 0, pitch: 0, roll: 0, leftEyeOpenness: 0.3, rightEyeOpenness: 0.3, mouthOpenness: 0.02 };

/** An observation for tests: by default one good face in the middle of a 640×480 frame. */
export function observe(time: number, scene: Scene = {}): Observation {
  const { frame = { width: 640, height: 480 }, faces = 1, othersSize = 0.8, quality = {} } = scene;
  return {
    time,
    frame,
    faces: Array.from({ length: faces }, (_, index) => face(scene, frame, index === 0 ? 1 : othersSize, index === 0)),
    ...(quality && { quality: { brightness: 120, contrast: 35, sharpness: 200, ...quality } }),
  };
}

function face(scene: Scene, frame: FrameSize, scale: number, first: boolean): ObservedFace {
  const { size = 0.8, offsetX = 0, offsetY = 0, measures = {}, keypointYaw = 0 } = scene;
  const oval = ovalFor(frame);
  const width = oval.width * size * scale;
  const height = oval.height * size * scale;
  const centreX = oval.x + oval.width * (0.5 + offsetX);
  const centreY = oval.y + oval.height * (0.5 + offsetY);
  const eyes = width * 0.45;
  const nose = 0.7 * Math.tan((keypointYaw * Math.PI) / 180) * eyes;
  return {
    box: { x: centreX - width / 2, y: centreY - height / 2, width, height },
    score: 0.95,
    keypoints: {
      leftEye: { x: centreX + eyes / 2, y: centreY - height * 0.1 },
      rightEye: { x: centreX - eyes / 2, y: centreY - height * 0.1 },
      noseTip: { x: centreX + nose, y: centreY + height * 0.1 },
      mouth: { x: centreX, y: centreY + height * 0.25 },
    },
    ...(first && measures && { measures: { ...NEUTRAL, ...measures } }),
  };
}

/** A frame with nobody in it. */
export function observeNobody(time: number, brightness = 120): Observation {
  return observe(time, { faces: 0, quality: { brightness } });
}

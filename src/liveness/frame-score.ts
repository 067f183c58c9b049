import { CLOSED_UNSEEN } from './challenges/eyes.js';
import type { EngineOptions } from './engine.js';
import { gestureLimits } from './gestures/tracker.js';
import { faceSize } from './instructions/distance.js';
import { ovalFor } from './instructions/oval.js';
import { offset } from './instructions/position.js';
import { presenceOf } from './instructions/presence.js';
import { thresholdsWith, type Thresholds } from './instructions/profiles.js';
import type { Limit } from './instructions/rule.js';
import type { ImageQuality, Observation } from './observation.js';
import { isReadable } from './readable.js';

/** What a frame is judged by, each 0–1. */
export type FramePart = keyof typeof FRAME_WEIGHTS;

/** How well a frame would do as the one picture of the person. */
export interface FrameScore {
  /** 0–1: the parts multiplied, each to the power of its weight, so that no part can buy off another that is bad. */
  readonly score: number;
  readonly parts: Readonly<Record<FramePart, number>>;
}

/**
 * Weights, which add up to 1. A blurred face and one that is turned away cost a comparison most; half closed eyes are refused
 * by vendors outright and are mostly kept out by the limit below; an open mouth or a dim picture is compared, only less well.
 */
export const FRAME_WEIGHTS = { sharpness: 0.3, pose: 0.3, eyes: 0.2, mouth: 0.1, light: 0.1 } as const;

/** Variance of the Laplacian that counts as half sharp. Real faces measure 86–830 and the level is the camera's: twice as much is better, ten times hardly. */
const HALF_SHARP = 100;

/** Of a source that cannot tell (a mini-program's native face API has no pixels): the same for every frame, so that the rest decides. */
const UNKNOWN = 0.5;

/** Mouth openness that counts as wide open. */
const MOUTH_OPEN = 0.3;

/** Share of the person's own open eyes below which they are closed: where a blink begins. */
const CLOSED_SHARE = 1 - gestureLimits.blink.enter;

/** Closed as long as the person's own open eyes are not known, or none were seen that could be open. */
const CLOSED_UNKNOWN = 0.15;

/** Observations from which the open eyes are known: fewer may all be of one blink. */
const KNOWN_FROM = 5;

/** Observations that are remembered for it. */
const MOST_EYES = 150;

/** Judges frames of one person. */
export interface FrameScorer {
  /** Learns what the person's open eyes are; call it with every observation there is. */
  learn(observation: Observation): void;
  /**
   * `undefined` where the frame cannot be the picture at all: nobody or somebody else too, no mesh, out of the oval, turned away
   * beyond the limits of the guidance, eyes closed unless they may be. Never throws, whatever the source hands over.
   */
  score(observation: Observation): FrameScore | undefined;
}

/**
 * The limits are those of the guidance (their `bad` points). Eyes are compared with the person's own: the upper quartile of what
 * was seen of them, since people's eyes are open most of the time, and narrow eyes are not closed. A score therefore holds for
 * what was learnt so far: compare two frames by asking again for both.
 */
export function createFrameScorer(options: Pick<EngineOptions, 'profile' | 'thresholds' | 'eyesMayBeShut'> = {}): FrameScorer {
  const portrait = thresholdsWith(options.profile ?? 'phone', options.thresholds);
  const landscape = thresholdsWith(options.profile ?? 'desktop', options.thresholds);
  const seen: number[] = [];
  let next = 0;
  let openEyes: number | undefined;

  return {
    learn(observation) {
      const eyes = isReadable(observation) ? eyesOf(observation) : NaN;
      if (!(eyes >= 0)) return;
      seen[next++ % MOST_EYES] = eyes;
      // Typed arrays are sorted ten times as fast, and this comes with every frame.
      if (seen.length >= KNOWN_FROM) openEyes = Float64Array.from(seen).sort()[Math.floor(seen.length * 0.75)];
    },
    score(observation) {
      if (!isReadable(observation)) return undefined;
      const { frame, quality } = observation;
      const limits = frame.height > frame.width ? portrait : landscape;
      const pose = poseIn(observation, limits);
      const eyes = eyesOf(observation);
      const mouth = presenceOf(observation.faces).largest?.measures?.mouthOpenness ?? NaN;
      if (pose === undefined || !(eyes >= 0) || (!options.eyesMayBeShut && isClosed(eyes, openEyes)) || !Number.isFinite(mouth)) return undefined;
      const parts = {
        sharpness: sharpnessOf(quality),
        pose,
        eyes: unit(1 - (1 - eyes / (openEyes || eyes || 1)) / (1 - CLOSED_SHARE)),
        mouth: unit(1 - mouth / MOUTH_OPEN),
        light: lightOf(quality, limits),
      };
      const names = Object.keys(FRAME_WEIGHTS) as FramePart[];
      return { score: names.reduce((product, name) => product * parts[name] ** FRAME_WEIGHTS[name], 1), parts };
    },
  };
}

const unit = (value: number): number => Math.min(1, Math.max(0, value));

/** The less open of the two: somebody who winks has an eye closed. NaN where it is not known. */
function eyesOf({ faces }: Observation): number {
  const measures = presenceOf(faces).largest?.measures;
  const { leftEyeOpenness = NaN, rightEyeOpenness = NaN } = measures ?? {};
  return Number.isFinite(leftEyeOpenness + rightEyeOpenness) ? Math.min(leftEyeOpenness, rightEyeOpenness) : NaN;
}

function isClosed(eyes: number, openEyes = 0): boolean {
  return eyes < (openEyes < CLOSED_UNSEEN ? CLOSED_UNKNOWN : CLOSED_SHARE * openEyes);
}

/** 1 straight ahead, 0 at the limit of the angle that is nearest to its own; flat at first, a few degrees cost nothing. `undefined` where the face is not in its place. */
function poseIn({ frame, faces }: Observation, limits: Thresholds): number | undefined {
  const { largest, secondFace } = presenceOf(faces);
  if (!largest?.measures || secondFace > limits.secondFace.bad) return undefined;
  const oval = ovalFor(frame);
  const { box } = largest;
  const size = faceSize(box, oval);
  const aside = Math.abs(offset(box.x, box.width, oval.x, oval.width));
  const above = Math.abs(offset(box.y, box.height, oval.y, oval.height));
  if (size < limits.faceSizeMinimum.bad || size > limits.faceSizeMaximum.bad || aside > limits.offsetX.bad || above > limits.offsetY.bad) return undefined;
  const { yaw, pitch, roll } = largest.measures;
  const turned = Math.max(Math.abs(yaw) / limits.yaw.bad, Math.abs(pitch) / limits.pitch.bad, Math.abs(roll) / limits.roll.bad);
  return turned <= 1 ? 1 - turned * turned : undefined;
}

function sharpnessOf(quality: ImageQuality | undefined): number {
  const sharpness = quality?.sharpness ?? NaN;
  return sharpness >= 0 && sharpness < Infinity ? sharpness / (sharpness + HALF_SHARP) : UNKNOWN;
}

/** 1 where the guidance is content, 0 where it would break a capture off. */
function lightOf(quality: ImageQuality | undefined, { brightnessMinimum, brightnessMaximum }: Thresholds): number {
  const brightness = quality?.brightness ?? NaN;
  if (!Number.isFinite(brightness)) return UNKNOWN;
  const within = ({ good, bad, abort = bad }: Limit): number => unit((brightness - abort) / (good - abort));
  return Math.min(within(brightnessMinimum), within(brightnessMaximum));
}

import type { ClientCode } from '../../codes/client-codes.js';
import type { NormalizedBox, Observation } from '../observation.js';
import { isReadable } from '../readable.js';
import type { Timing } from '../timing.js';
import { faceSize } from './distance.js';
import { createDwell } from './dwell.js';
import { METRICS, instruct, type Asked, type Instruction, type InstructionId } from './instruction.js';
import { createJudge, type Judge } from './judge.js';
import { ovalFor } from './oval.js';
import { readPose } from './pose.js';
import { offset } from './position.js';
import { presenceOf } from './presence.js';
import { thresholdsWith, type ProfileName, type Thresholds } from './profiles.js';
import type { Readings, Rule } from './rule.js';
import { createMotionMeter } from './stillness.js';

/** Which face is good enough to record, and how it is judged. */
export interface GuideOptions {
  /** Default: `phone` for a portrait frame, `desktop` for any other. */
  readonly profile?: ProfileName;
  /** Replaces single limits of the profile, each as a whole. */
  readonly thresholds?: Partial<Thresholds>;
  /**
   * What a face must have been seen by to count as good: `mesh` waits for its measures (pose, eyes), `face` is content with
   * the short-range detector, for sources that have no mesh. Default `mesh`.
   */
  readonly readyOn?: 'mesh' | 'face';
}

/**
 * One frame's place in a capture: `good` satisfies every rule, `tolerable` breaks one without losing the face, `lost` has no
 * face, somebody else's too, or one badly out of place.
 */
export type Tracking = 'good' | 'tolerable' | 'lost';

/** What the guide makes of one frame. */
export interface Guidance {
  readonly instruction: Instruction;
  readonly tracking: Tracking;
  /** No face was seen. For a moment `code` and `instruction` still stand as before: detectors lose single frames. */
  readonly missing: boolean;
  /** Why the frame is not good, for the account of where time went; `undefined` where no rule holds. */
  readonly code: ClientCode | undefined;
  /** What would mend it: which side the face is on, say. As `code`. */
  readonly remedy: InstructionId | undefined;
}

/** Turns observations into one instruction at a time. */
export interface Guide {
  /**
   * @param asked by the challenge that is running, where there is one
   * @returns `undefined` for an observation that cannot be read at all (no frame size, no list of faces)
   */
  push(observation: Observation, time: number, asked?: Asked): Guidance | undefined;
  /** The instruction on the screen; `noFace` before the first observation. */
  shown(time: number): Instruction;
  /** What was measured of the last frame, by metric; NaN where unknown. Written over by the next. */
  readonly readings: Readonly<Readings>;
  /** Forgets the face but not the text: after a pause. */
  reset(): void;
}

const NOTHING_ASKED: Asked = { relaxed: [] };

const NOBODY = instruct('noFace', 'faces', 0, 1);

/** @param options.timing uses `dwellMs`, `confirmMs` and `gapMs` */
export function createGuide({ profile, thresholds, readyOn = 'mesh', timing }: GuideOptions & { readonly timing: Timing }): Guide {
  const dwell = createDwell(timing);
  const motion = createMotionMeter();
  const portrait = thresholdsWith(profile ?? 'phone', thresholds);
  const landscape = thresholdsWith(profile ?? 'desktop', thresholds);
  const readings = Object.fromEntries(METRICS.map((metric) => [metric, NaN])) as Readings;
  let width = 0;
  let height = 0;
  let oval: NormalizedBox;
  let limits: Thresholds;
  let judge: Judge;
  let shown: Instruction | undefined;
  let candidate = NOBODY;
  let broken: Rule | undefined;
  let seen = false;
  let missingSince: number | undefined;

  function measure({ frame, faces, quality }: Observation, time: number): void {
    const { largest, count, secondFace } = presenceOf(faces);
    for (const metric of METRICS) readings[metric] = NaN;
    readings.faces = count;
    if (!largest) {
      readings.frameBrightness = known(quality?.brightness);
      return;
    }
    const { box } = largest;
    readings.secondFace = secondFace;
    readings.faceSize = faceSize(box, oval);
    readings.offsetX = offset(box.x, box.width, oval.x, oval.width);
    readings.offsetY = offset(box.y, box.height, oval.y, oval.height);
    readPose(largest, frame, readings);
    readings.brightness = known(quality?.brightness);
    readings.contrast = known(quality?.contrast);
    readings.sharpness = known(quality?.sharpness);
    readings.motion = motion.push(time, (box.x + box.width / 2) * width, (box.y + box.height / 2) * height, box.height * height);
  }

  return {
    push(observation, time, asked = NOTHING_ASKED) {
      if (!isReadable(observation)) return undefined;
      const { frame } = observation;
      if (frame.width !== width || frame.height !== height) {
        ({ width, height } = frame);
        oval = ovalFor(frame);
        limits = height > width ? portrait : landscape;
        judge = createJudge(limits);
        motion.reset();
      }
      measure(observation, time);
      const missing = readings.faces === 0;
      if (!missing) missingSince = undefined;
      else missingSince ??= time;
      if (seen && missingSince !== undefined && time - missingSince < timing.gapMs) {
        return { instruction: (shown = dwell.show(candidate, time)), tracking: 'lost', missing, code: broken?.code, remedy: broken?.id };
      }
      seen = !missing;
      const complete = readyOn === 'face' || !Number.isNaN(readings.pitch);
      for (const metric of asked.relaxed) readings[metric] = NaN;
      const { rule, abort } = judge.judge(readings);
      if (rule) candidate = instruct(rule.id, rule.metric, readings[rule.metric], rule.good);
      else candidate = asked.instruction ?? instruct('holdStill', 'motion', readings.motion, limits.motion.bad);
      broken = rule;
      return {
        instruction: (shown = dwell.show(candidate, time)),
        tracking: abort ? 'lost' : rule || !complete ? 'tolerable' : 'good',
        missing,
        code: rule?.code,
        remedy: rule?.id,
      };
    },
    readings,
    shown: (time) => (shown ??= dwell.show(NOBODY, time)),
    reset() {
      seen = false;
      missingSince = undefined;
      motion.reset();
    },
  };
}

function known(value: number | undefined): number {
  return Number.isFinite(value) ? (value as number) : NaN;
}

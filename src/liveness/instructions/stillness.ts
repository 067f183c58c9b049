import type { Thresholds } from './profiles.js';
import type { Rule } from './rule.js';

/** Milliseconds over which motion is averaged: long enough to drown the detector's jitter, short enough to feel live. */
const TIME_CONSTANT = 200;

/**
 * Milliseconds in which a speed fades. A face that shakes stands still at every turning point; without the memory the
 * instruction would come and go with it, too short to be shown, and the person would wait without knowing why.
 */
const FADE = 500;

/** Face heights per second; nothing faster is told apart, so that one leap is forgotten within a second. */
const FASTEST = 2;

/** Follows one face from frame to frame. */
export interface MotionMeter {
  /**
   * @param time milliseconds
   * @param x centre of the face, pixels
   * @param y centre of the face, pixels
   * @param height height of the face, pixels
   * @returns face heights per second of the last moments, sideways and towards the camera together; NaN for the first frame
   */
  push(time: number, x: number, y: number, height: number): number;
  /** Forgets the face. */
  reset(): void;
}

/**
 * Speed without a history of frames: a position that moves evenly runs ahead of its own exponential average by a known time,
 * so the distance between the two, divided by that time, is the speed. The time is corrected for the interval between
 * frames, which makes 3 and 60 frames a second agree.
 */
export function createMotionMeter(): MotionMeter {
  let lastTime = NaN;
  let averageX = 0;
  let averageY = 0;
  let averageLogHeight = 0;
  let speed = NaN;
  return {
    push(time, x, y, height) {
      const logHeight = Math.log(height);
      const elapsed = time - lastTime;
      if (!(elapsed <= 4 * TIME_CONSTANT)) {
        averageX = x;
        averageY = y;
        averageLogHeight = logHeight;
        speed = NaN;
      } else if (elapsed > 0) {
        const weight = 1 - Math.exp(-elapsed / TIME_CONSTANT);
        averageX += weight * (x - averageX);
        averageY += weight * (y - averageY);
        averageLogHeight += weight * (logHeight - averageLogHeight);
        const lead = (elapsed * (1 - weight)) / weight / 1000;
        const present = (Math.hypot(x - averageX, y - averageY) / height + Math.abs(logHeight - averageLogHeight)) / lead;
        speed = Math.min(FASTEST, Math.max(present, (speed || 0) * Math.exp(-elapsed / FADE)));
      }
      lastTime = time;
      return speed;
    },
    reset() {
      lastTime = NaN;
    },
  };
}

/** Moving, or out of focus: the person does the same about both, the code tells them apart. */
export function stillness(thresholds: Thresholds): Rule[] {
  return [
    { id: 'holdSteady', code: 'not-still', metric: 'motion', ...thresholds.motion },
    { id: 'holdSteady', code: 'too-blurred', metric: 'sharpness', ...thresholds.sharpnessMinimum },
  ];
}

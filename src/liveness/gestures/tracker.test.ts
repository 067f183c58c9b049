import { describe, expect, it } from 'vitest';
import { NEUTRAL, observe, observeNobody } from '../observation.fixture.js';
import type { FaceMeasures, Observation } from '../observation.js';
import { createGestureTracker, gestureMeasures, type Gesture } from './tracker.js';

/** Plays `face(time)` at 25 frames a second and names what was found. */
function play(face: (time: number) => Partial<FaceMeasures>, until = 4000, interval = 40): Gesture[] {
  const tracker = createGestureTracker();
  const found: Gesture[] = [];
  for (let time = 0; time <= until; time += interval) found.push(...tracker.push(observe(time, { measures: face(time) })));
  return found;
}

const within = (time: number, from: number, to: number) => time >= from && time < to;
const eyes = (openness: number) => ({ leftEyeOpenness: openness, rightEyeOpenness: openness });

describe('createGestureTracker', () => {
  it.each([0.36, 0.3, 0.22, 0.15])('finds a blink of eyes that are open at %f', (open) => {
    expect(play((time) => eyes(within(time, 2000, 2160) ? open * 0.6 : open))).toEqual([{ type: 'blink', start: 2000, end: 2160 }]);
  });

  it('does not take a slow squint, a wink or the jitter of glasses for a blink', () => {
    expect(play((time) => eyes(0.3 * (1 - 0.4 * Math.min(1, time / 3000))))).toEqual([]);
    expect(play((time) => ({ leftEyeOpenness: within(time, 2000, 2300) ? 0.17 : 0.3, rightEyeOpenness: 0.3 }))).toEqual([]);
    expect(play((time) => eyes(0.3 + 0.045 * Math.sin(time * 7)))).toEqual([]);
  });

  it('asks more of a blink while a laugh opens the mouth and narrows the eyes', () => {
    const laugh = (closed: number) => (time: number) =>
      within(time, 1500, 3500) ? { mouthOpenness: 0.27, ...eyes(within(time, 2500, 2620) ? 0.3 * closed : 0.27) } : { ...NEUTRAL };
    expect(play(laugh(0.65))).toEqual([]);
    expect(play(laugh(0.45)).map(({ type }) => type)).toEqual(['blink']);
  });

  it('finds a mouth held open, not one that talks', () => {
    expect(play((time) => ({ mouthOpenness: within(time, 2000, 2800) ? 0.55 : 0.02 }))).toEqual([{ type: 'mouthOpen', start: 2000, end: 2800 }]);
    expect(play((time) => ({ mouthOpenness: time % 400 < 200 ? 0.45 : 0.02 }))).toEqual([]);
  });

  it('tells the person’s left from right, against a resting pose that is off the axis', () => {
    const turn = (rest: number, turned: number) => play((time) => ({ yaw: within(time, 2000, 2600) ? turned : rest })).map(({ type }) => type);
    expect(turn(4, 17)).toEqual(['turnLeft']);
    expect(turn(4, -13)).toEqual(['turnRight']);
    expect(turn(12, 18)).toEqual([]);
    expect(turn(12, 0), 'turning back to the camera is no turn').toEqual([]);
  });

  it('finds a nod, not a lowered head', () => {
    expect(play((time) => ({ pitch: within(time, 2000, 2600) ? -12 : 0 })).map(({ type }) => type)).toEqual(['nod']);
    expect(play((time) => ({ pitch: time >= 2000 ? -12 : 0 }), 8000)).toEqual([]);
  });

  it('works at 5 frames a second', () => {
    expect(play((time) => eyes(within(time, 2000, 2200) ? 0.15 : 0.3), 4000, 200).map(({ type }) => type)).toEqual(['blink']);
    expect(play((time) => ({ yaw: within(time, 2000, 2800) ? 20 : 0 }), 4000, 200).map(({ type }) => type)).toEqual(['turnLeft']);
  });

  it('drops what was under way when the face was not seen', () => {
    const tracker = createGestureTracker();
    for (let time = 0; time < 2000; time += 40) tracker.push(observe(time));
    tracker.push(observe(2000, { measures: { yaw: 25 } }));
    for (let time = 2040; time < 3000; time += 40) expect(tracker.push(observeNobody(time))).toEqual([]);
    expect(tracker.push(observe(3000))).toEqual([]);
  });

  it('passes over what it cannot read', () => {
    const tracker = createGestureTracker();
    for (const odd of [undefined, null, {}, { faces: 3 }, { time: NaN, faces: [] }, observe(NaN), observe(5, { measures: { yaw: NaN } }), observe(5, { measures: false })]) {
      expect(tracker.push(odd as unknown as Observation)).toEqual([]);
    }
    tracker.push(observe(1000));
    expect(tracker.push(observe(10))).toEqual([]);
  });

  describe('that knows the neutral face', () => {
    const CENTRE = gestureMeasures(observe(0).faces[0])?.x ?? NaN;
    /** `moved` is how far the face is from there, in oval widths. */
    const compared = (face: (time: number) => Partial<FaceMeasures>, until = 6000, moved: (time: number) => number = () => 0) => {
      const tracker = createGestureTracker();
      const found: Gesture[] = [];
      for (let time = 0; time <= until; time += 40) {
        if (time === 1000) tracker.compareWith({ x: CENTRE, yaw: 0, pitch: 0, eyeOpenness: 0.3, mouthOpenness: 0.02 });
        found.push(...tracker.push(observe(time, { measures: face(time), offsetX: moved(time) })));
      }
      return found.map(({ type }) => type);
    };

    it('does not take eyes that were wide open and relax for closed ones', () => {
      const wide = (time: number) => eyes(within(time, 2000, 4000) && !within(time, 3000, 3200) ? 0.45 : 0.3);
      expect(play(wide, 6000).map(({ type }) => type)).toEqual(['blink']);
      expect(compared(wide)).toEqual([]);
    });

    it('does not take a head that comes back from a drift for one that nods', () => {
      const drift = (time: number) => ({ pitch: time < 9000 ? Math.max(0, (time - 1000) / 600) : within(time, 9500, 10_500) ? 9 : 0 });
      expect(play(drift, 12_000).map(({ type }) => type)).toEqual(['nod']);
      expect(compared(drift, 12_000)).toEqual([]);
    });

    it('does not take a body that sways for a head that turns', () => {
      const turned = (time: number) => ({ yaw: within(time, 2000, 2700) ? 14 : 0 });
      expect(compared(turned)).toEqual(['turnLeft']);
      expect(compared(turned, 6000, (time) => (within(time, 2000, 2700) ? 0.5 : 0))).toEqual([]);
    });

    it('finds a mouth that opens so slowly that its running rest comes along, not lips that part, a laugh or talk', () => {
      const slow = (time: number) => ({ mouthOpenness: 0.02 + 0.5 * Math.max(0, Math.min(1, (time - 1500) / 4000, (8000 - time) / 1000)) });
      expect(play(slow, 9000).map(({ type }) => type), 'the running rest alone').toEqual([]);
      expect(compared(slow, 9000)).toEqual(['mouthOpen']);
      expect(compared((time) => ({ mouthOpenness: time < 1500 ? 0.02 : 0.3 })), 'lips that part').toEqual([]);
      expect(compared((time) => ({ mouthOpenness: within(time, 2000, 4000) ? 0.29 : 0.02 })), 'a laugh').toEqual([]);
      expect(compared((time) => ({ mouthOpenness: time > 1500 && time % 400 < 200 ? 0.55 : 0.02 })), 'talk').toEqual([]);
      expect(compared((time) => ({ mouthOpenness: within(time, 2000, 2800) ? 0.62 : time < 1500 ? 0.02 : 0.25 })), 'from lips that rest open').toEqual(['mouthOpen']);
    });

    it('finds what it finds without', () => {
      expect(compared((time) => eyes(within(time, 2000, 2160) ? 0.15 : 0.3))).toEqual(['blink']);
      expect(compared((time) => ({ mouthOpenness: within(time, 2000, 2800) ? 0.55 : 0.02 }))).toEqual(['mouthOpen']);
      expect(compared((time) => ({ pitch: within(time, 2000, 2600) ? -12 : 0 }))).toEqual(['nod']);
      expect(compared((time) => ({ yaw: Math.max(0, 24 - Math.abs(time - 4000) / 100) }), 9000), 'and a turn as slow as the text asks for').toEqual(['turnLeft']);
    });

    it('tells what is under way', () => {
      const tracker = createGestureTracker();
      for (let time = 0; time <= 1000; time += 40) tracker.push(observe(time));
      expect(tracker.startOf('turnRight')).toBeUndefined();
      tracker.push(observe(1040, { measures: { yaw: -15 } }));
      tracker.push(observe(1080, { measures: { yaw: -25 } }));
      expect(tracker.startOf('turnRight')).toBe(1040);
      expect(tracker.startOf('turnLeft')).toBeUndefined();
    });

    it('takes a better clock than the observation’s', () => {
      const tracker = createGestureTracker();
      for (let time = 0; time <= 1000; time += 40) tracker.push(observe(NaN), time);
      for (let time = 1000; time <= 1600; time += 40) tracker.push(observe(NaN, { measures: { yaw: 20 } }), time);
      expect(tracker.push(observe(NaN), 1640)).toEqual([{ type: 'turnLeft', start: 1000, end: 1640 }]);
    });
  });
});

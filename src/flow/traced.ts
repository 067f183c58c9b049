import type { Engine } from '../liveness/index.js';
import type { MediaPlatform } from '../platform/port.js';
import { callOut } from './call-out.js';
import type { VerifyOptions } from './options.js';

/** The same engine, and the page is told what it was told: in the same order, so that a replay comes to the same end. */
export function traced(engine: Engine, onObservation: VerifyOptions['onObservation'], platform: MediaPlatform): Engine {
  if (!onObservation) return engine;
  return {
    ...engine,
    push(observation) {
      callOut(platform, onObservation, observation);
      return engine.push(observation);
    },
    tick(time) {
      const output = engine.tick(time);
      // Twenty a second bring nothing about.
      if (output.events.length > 0) callOut(platform, onObservation, { type: 'tick', time });
      return output;
    },
    notify(notice) {
      callOut(platform, onObservation, notice);
      return engine.notify(notice);
    },
  };
}

import type { Engine } from '../liveness/index.js';
import type { MediaPlatform } from '../platform/port.js';
import type { VerifyOptions } from './options.js';
import { guarded } from './page-functions.js';

/** The same engine, and the page is told what it was told: in the same order, so that a replay comes to the same end. */
export function traced(engine: Engine, onObservation: VerifyOptions['onObservation'], platform: MediaPlatform): Engine {
  if (!onObservation) return engine;
  const tell = guarded(platform, onObservation, undefined);
  return {
    ...engine,
    push(observation) {
      tell(observation);
      return engine.push(observation);
    },
    tick(time) {
      const output = engine.tick(time);
      // Twenty a second bring nothing about.
      if (output.events.length > 0) tell({ type: 'tick', time });
      return output;
    },
    notify(notice) {
      tell(notice);
      return engine.notify(notice);
    },
  };
}

import type { Engine, EngineOptions, TraceEntry } from '../liveness/index.js';
import type { MediaPlatform } from '../platform/port.js';
import type { VerifyOptions } from './options.js';
import { guarded } from './page-functions.js';

/** Milliseconds as a trace holds them. The engine gets the same, or a limit could fall between the two. */
const tenth = (time: number): number => Math.round(time * 10) / 10;

/**
 * The same engine, and the page is told what it was told: in the same order, so that a replay comes to the same end.
 *
 * @param asked what the engine was created with; the page is told with every entry
 */
export function traced(engine: Engine, asked: EngineOptions, onObservation: VerifyOptions['onObservation'], platform: MediaPlatform): Engine {
  if (!onObservation) return engine;
  const tell = guarded(platform, (entry: TraceEntry) => onObservation(entry, asked), undefined);
  return {
    ...engine,
    push(seen) {
      const observation = { ...seen, time: tenth(seen?.time) };
      tell(observation);
      return engine.push(observation);
    },
    // Those without an event too: they move the engine's clock past the frame that the detector still looks at, and a digit ends by them.
    tick(at) {
      const time = tenth(at);
      tell({ type: 'tick', time });
      return engine.tick(time);
    },
    notify(heard) {
      const notice = { ...heard, time: tenth(heard.time) };
      tell(notice);
      return engine.notify(notice);
    },
  };
}

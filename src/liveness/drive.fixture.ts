import type { ClientCode } from '../codes/client-codes.js';
import { createEngine } from './create-engine.js';
import type { EngineEvent, EngineFailure, EngineNotice, EngineOptions, EngineOutput } from './engine.js';
import { observe, observeNobody, type Scene } from './observation.fixture.js';

/** Drives an engine through scenes at 25 frames a second and keeps every event. */
export function drive(options: EngineOptions = {}, interval = 40) {
  const engine = createEngine(options);
  const events: EngineEvent[] = [];
  let time = 0;
  let output: EngineOutput = engine.tick(0);
  const keep = (next: EngineOutput) => {
    events.push(...next.events);
    return (output = next);
  };
  keep(output);
  return {
    engine,
    events,
    get time() {
      return time;
    },
    get output() {
      return output;
    },
    /** Shows a scene for so many milliseconds, or until the state changes where `untilChange` is set. */
    show(scene: Scene, ms: number, untilChange = false) {
      const { state } = output;
      for (const end = time + ms; time < end && !(untilChange && output.state !== state); ) {
        time += interval;
        keep(engine.push(scene.faces === 0 ? observeNobody(time) : observe(time, scene)));
      }
      return output;
    },
    /** Lets time pass without frames. */
    wait(ms: number) {
      for (const end = time + ms; time < end; ) keep(engine.tick((time += 100)));
      return output;
    },
    notify: (type: EngineNotice['type'], code?: ClientCode) => keep(engine.notify({ type, time, ...(code && { code }) })),
  };
}

/** An engine that has come so far. */
export function driveTo(state: 'ready' | 'capturing', options: EngineOptions = {}) {
  const run = drive(options);
  run.show({}, 5000, true);
  if (state === 'capturing') run.notify('recordingStarted');
  if (run.output.state !== state) throw new Error(`the engine is ${run.output.state}, not ${state}`);
  return run;
}

/** Why the run failed, where it has. */
export const failureOf = (output: EngineOutput): EngineFailure | undefined => (output.state === 'failed' ? output.failure : undefined);

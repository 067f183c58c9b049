import type { Engine, EngineEvent, EngineOutput } from '../engine.js';
import { isMark, type TraceEntry } from './mark.js';

/** What an engine said to one entry. */
export interface Fed {
  readonly output: EngineOutput;
  readonly events: readonly EngineEvent[];
  /** Nothing that is still to come belongs to the run. */
  readonly over: boolean;
}

/**
 * Tells an engine what a trace holds, entry by entry. Where the trace has no more answers of a recorder (one made of a video has
 * none at all), the recorder is an ideal one and answers at once.
 */
export function createFeed(engine: Engine, entries: readonly TraceEntry[]): (entry: TraceEntry) => Fed {
  const isAnswer = (entry: TraceEntry): boolean => isMark(entry) && (entry.type === 'recordingStarted' || entry.type === 'recordingFailed');
  let answers = entries.filter(isAnswer).length;

  function tell(entry: TraceEntry): EngineOutput {
    if (!isMark(entry)) return engine.push(entry);
    const { type, ...rest } = entry;
    return type === 'tick' ? engine.tick(entry.time) : engine.notify({ ...rest, type });
  }

  return (entry) => {
    if (isAnswer(entry)) answers--;
    let output = tell(entry);
    let { events } = output;
    if (output.state === 'ready' && answers === 0) {
      output = engine.notify({ type: 'recordingStarted', time: entry.time });
      events = [...events, ...output.events];
    }
    // A recorder may prove useless after a short challenge is over: the answer of the next one is still to come then.
    return { output, events, over: output.state === 'failed' || (output.state === 'done' && answers === 0) };
  };
}

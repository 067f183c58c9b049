import { type EngineEvent, referenceOf } from '../liveness/index.js';
import type { TimelineEntry } from '../transport/protocol.js';

/** What the server takes; what is older is dropped first. */
const LONGEST = 1000;

/** Collects what the engine reported, on the engine's clock. */
export interface Timeline {
  add(events: readonly EngineEvent[]): void;
  /** The entries in the order of their times, with `at` counted from the recording's start. @param startedAt on the engine's clock */
  since(startedAt: number): readonly TimelineEntry[];
}

/** See {@link Timeline}. */
export function createTimeline(): Timeline {
  let entries: readonly Entry[] = [];
  return {
    add(events) {
      entries = [...entries, ...events.flatMap(describe)].slice(-LONGEST);
    },
    since: (startedAt) => entries.map(({ time, event }) => ({ at: Math.round(time - startedAt), event })).sort((a, b) => a.at - b.at),
  };
}

interface Entry {
  readonly time: number;
  readonly event: string;
}

function describe(event: EngineEvent): readonly Entry[] {
  const { time } = event;
  switch (event.type) {
    case 'state':
      return [{ time, event: `state:${event.to}` }];
    case 'instruction':
      return [{ time, event: `instruction:${event.id}` }];
    case 'interrupted':
      return [{ time, event: `interrupted:${event.code}` }];
    case 'missed': {
      const { system, table, code } = referenceOf(event);
      return [{ time, event: `missed:${system}/${table}/${code}` }];
    }
    case 'eyesNotWatched':
      return [{ time, event: 'eyes:not-watched' }];
    case 'challengeStarted':
      return [{ time, event: 'challenge:started' }];
    case 'action':
    case 'wrongAction': {
      const name = event.type === 'action' ? 'action' : 'wrong-action';
      return [
        { time: event.start, event: `${name}:${event.id}:start` },
        { time: event.end, event: `${name}:${event.id}:end` },
      ];
    }
    case 'shown':
    case 'paused':
      return [{ time, event: `${event.type}:${event.index}` }];
  }
}

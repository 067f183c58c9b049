import type { EngineEvent } from '../liveness/index.js';
import type { TimelineEntry } from '../transport/protocol.js';

/** The server needs the order of things, not a film: what is older is dropped first. */
const LONGEST = 200;

/** Collects what the engine reported, on the engine's clock. */
export interface Timeline {
  add(events: readonly EngineEvent[]): void;
  /** The entries with `at` counted from the recording's start. @param startedAt on the engine's clock */
  since(startedAt: number): readonly TimelineEntry[];
}

/** See {@link Timeline}. */
export function createTimeline(): Timeline {
  let entries: { readonly time: number; readonly event: string }[] = [];
  return {
    add(events) {
      for (const event of events) entries.push({ time: event.time, event: describe(event) });
      entries = entries.slice(-LONGEST);
    },
    since: (startedAt) => entries.map(({ time, event }) => ({ at: Math.round(time - startedAt), event })),
  };
}

function describe(event: EngineEvent): string {
  switch (event.type) {
    case 'state':
      return `state:${event.to}`;
    case 'instruction':
      return `instruction:${event.id}`;
    case 'interrupted':
      return `interrupted:${event.code}`;
    case 'challengeStarted':
      return 'challenge:started';
  }
}

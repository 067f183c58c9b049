import type { FlowState } from '../../src/index.js';
import type { EngineOptions, TraceEntry } from '../../src/liveness/index.js';
import { createTraceWriter, type TraceWriter } from '../../src/liveness/trace/encode.js';
import { part } from './part.js';

/** Lines kept: twenty minutes of them. */
const LONGEST = 60_000;

/** Keeps the last run's trace, to be saved and looked at in the replay viewer. It stays in the page until then. */
export interface TraceKeeper {
  /** For `VerifyOptions.onObservation`. */
  add(entry: TraceEntry, engine: EngineOptions): void;
  state(state: FlowState): void;
}

/** Offers it once a run has ended in which anything was seen. */
export function createTraceKeeper(): TraceKeeper {
  const button = part<HTMLButtonElement>('save-trace');
  let writer: TraceWriter | undefined;
  let lines: string[] = [];

  button.addEventListener('click', () => {
    if (!writer) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([`${[writer.header, ...lines].join('\n')}\n`], { type: 'application/jsonl' }));
    link.download = 'facefront-trace.jsonl';
    link.click();
    URL.revokeObjectURL(link.href);
  });

  return {
    add(entry, engine) {
      writer ??= createTraceWriter({ source: 'demo', engine });
      const line = writer.line(entry);
      if (line !== undefined && lines.length < LONGEST) lines.push(line);
    },
    state({ phase }) {
      button.hidden = phase !== 'ended' || lines.length === 0;
      if (phase !== 'consent') return;
      writer = undefined;
      lines = [];
    },
  };
}

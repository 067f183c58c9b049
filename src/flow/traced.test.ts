import { describe, expect, it } from 'vitest';
import { createEngine, decodeTrace, encodeTrace, replayTrace, type ChallengeRecord, type EngineEvent, type EngineOutput, type LivenessChallenge, type TraceEntry } from '../liveness/index.js';
import { observe } from '../liveness/observation.fixture.js';
import { fakePlatform } from '../capture/fake-hardware.js';
import { traced } from './traced.js';

const DIGITS: LivenessChallenge = { type: 'digits', digits: '4821', minimumMs: 2000 };
const ACTION: LivenessChallenge = { type: 'action', actions: ['openMouth', 'openMouth'], minimumMs: 2000 };
const LIGHT: LivenessChallenge = { type: 'light', colours: [400, 300, 500].map((ms) => ({ r: 255, g: 0, b: 0, ms })), minimumMs: 2000 };

const TICK_MS = 50;
const ODD = 1 + 1e-5 / 3;

/** Somebody who opens the mouth now and then and is heard, before a detector that takes its time: an answer is older than the last tick. */
function live(challenge: LivenessChallenge, { frameMs, latencyMs }: { readonly frameMs: number; readonly latencyMs: number }) {
  const entries: TraceEntry[] = [];
  const engine = traced(createEngine({ challenge }), { challenge }, (entry) => void entries.push(entry), fakePlatform());
  const events: EngineEvent[] = [];
  let output: EngineOutput = engine.tick(0);
  const keep = (next: EngineOutput): void => {
    events.push(...next.events);
    output = next;
  };
  keep(output);
  for (let step = 10; step < 60_000 && output.state !== 'done' && output.state !== 'failed'; step += 10) {
    // No clock counts in round numbers.
    const time = step * ODD;
    if (step % TICK_MS === 0) keep(engine.tick(time));
    if (step > latencyMs && (step - latencyMs) % frameMs === 0) {
      const seen = (step - latencyMs) * ODD;
      const speaks = output.state === 'capturing' && seen % 1300 < 420;
      keep(engine.push({ ...observe(seen, { measures: { mouthOpenness: speaks ? 0.5 : 0.02 } }), soundLevel: speaks ? 0.05 + (step % 70) / 1000 : 0.002 }));
    }
    if (output.state === 'ready') keep(engine.notify({ type: 'recordingStarted', time }));
  }
  const record: ChallengeRecord | undefined = output.state === 'done' ? output.record : undefined;
  return { entries, events, record, summary: engine.summary() };
}

describe('what a page is told', () => {
  it.each([DIGITS, ACTION, LIGHT].flatMap((challenge) => [[challenge.type, 40, 30, challenge], [challenge.type, 110, 90, challenge], [challenge.type, 330, 260, challenge]] as const))(
    'is the run again, to the same record: %s, a frame every %i ms, %i ms late',
    (_, frameMs, latencyMs, challenge) => {
      const { entries, events, record, summary } = live(challenge, { frameMs, latencyMs });
      expect(record).toBeDefined();
      const { outcome } = replayTrace(decodeTrace(encodeTrace(entries)).entries, { challenge });
      expect(outcome.events).toEqual(events);
      expect(outcome.record).toEqual(record);
      expect(outcome.summary).toEqual(summary);
    },
  );
});

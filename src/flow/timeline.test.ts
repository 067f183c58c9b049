import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../liveness/index.js';
import { createTimeline } from './timeline.js';

const instruction = (time: number): EngineEvent => ({ type: 'instruction', time, id: 'holdStill' });

describe('the timeline', () => {
  it('is on the clock of the recording, in whole milliseconds', () => {
    const timeline = createTimeline();
    timeline.add([instruction(1000.4), { type: 'action', time: 2000, index: 0, id: 'nod', start: 1500, end: 1999.6 }]);
    expect(timeline.since(1200)).toEqual([
      { at: -200, event: 'instruction:holdStill' },
      { at: 300, event: 'action:nod:start' },
      { at: 800, event: 'action:nod:end' },
    ]);
  });

  it('says in the vendor’s word why a try was not met, or else in the SDK’s', () => {
    const timeline = createTimeline();
    timeline.add([
      { type: 'missed', time: 1, count: 1, code: 'action-missed', reference: { system: 'faceid-wechat', table: 'liveness-action', code: '1209' } },
      { type: 'missed', time: 2, count: 2, code: 'action-missed' },
      { type: 'interrupted', time: 3, count: 1, code: 'face-lost' },
    ]);
    expect(timeline.since(0).map(({ event }) => event)).toEqual(['missed:faceid-wechat/liveness-action/1209', 'missed:facefront/client/action-missed', 'interrupted:face-lost']);
  });

  it('is no longer than the server takes', () => {
    const timeline = createTimeline();
    for (let time = 0; time < 1500; time++) timeline.add([instruction(time)]);
    const entries = timeline.since(0);
    expect([entries.length, entries[0]?.at, entries.at(-1)?.at]).toEqual([1000, 500, 1499]);
  });
});

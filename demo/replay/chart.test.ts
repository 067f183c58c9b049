// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { observe } from '../../src/liveness/observation.fixture.js';
import { drawMetric } from './chart.js';
import { runTrace } from './run.js';

const observations = Array.from({ length: 350 }, (_, index) => ({ ...observe(index * 40), soundLevel: index < 50 ? 0.002 : 0.08 }));

describe('drawMetric', () => {
  it.each(['soundLevel', 'mouthOpenness', 'eyeOpenness'] as const)('draws what digits asked of it, whatever the instruction was: %s', (metric) => {
    const run = runTrace(observations, { challenge: { type: 'digits', digits: '4821', minimumMs: 0 }, retries: 0 });
    expect(run.result.state).toBe('failed');
    expect(drawMetric(run, metric, { range: [0, 14_000], width: 600 }).querySelectorAll('.asked')).toHaveLength(1);
  });

  it('draws nothing of it where nothing was asked', () => {
    const run = runTrace(observations, { challenge: { type: 'silent', minimumMs: 2000 }, retries: 0 });
    expect(drawMetric(run, 'mouthOpenness', { range: [0, 14_000], width: 600 }).querySelectorAll('.asked')).toHaveLength(0);
    expect(drawMetric(run, 'eyeOpenness', { range: [0, 14_000], width: 600 }).querySelectorAll('.asked')).toHaveLength(1);
  });
});

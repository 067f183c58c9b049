import { describe, expect, it } from 'vitest';
import { list } from '../codes/core.js';
import { presentResult } from './outcome.js';
import { clientResult, verdictResult } from './scripted-flow.fixture.js';

describe('presentResult', () => {
  it.each([
    ['passed', verdictResult('passed', '0'), 'good', ['done']],
    ['review', verdictResult('review', '66660023'), 'waiting', ['close']],
    ['adjust', verdictResult('rejected', '66660023'), 'attention', ['retry', 'close']],
    ['retry', verdictResult('rejected', '66660004'), 'attention', ['retry', 'close']],
    ['wait', verdictResult('rejected', '400506'), 'attention', ['close', 'retry']],
    ['contact', verdictResult('rejected', '66660002'), 'bad', ['close']],
    ['stop', clientResult('failed', 'camera-absent'), 'bad', ['close']],
    ['update', clientResult('failed', 'unsupported-browser'), 'bad', ['close']],
    ['fix-request', clientResult('failed', 'insecure-context'), 'bad', ['close']],
    ['expired', clientResult('expired', 'session-expired'), 'attention', ['retry', 'close']],
    ['cancelled', clientResult('cancelled', 'cancelled'), 'neutral', ['again', 'close']],
    ['refused', clientResult('cancelled', 'consent-refused'), 'neutral', ['close', 'again']],
    ['degraded', clientResult('degraded', 'verdict-timeout'), 'waiting', ['close']],
  ])('%s', (_, result, tone, actions) => {
    expect(presentResult(result)).toEqual({ tone, actions });
  });

  it('shows success for the server’s passed and for nothing else', () => {
    for (const { system, table, code, remedy } of list()) {
      const base = { code: { system, table, code }, prompt: 'x', remedy };
      const others = [
        { ...base, status: 'failed', detail: '' },
        { ...base, status: 'expired', detail: '' },
        { ...base, status: 'degraded', detail: '' },
        { ...base, status: 'cancelled' },
        { ...base, status: 'finished', reference: 'r', verdict: { decision: 'rejected', code: base.code } },
        { ...base, status: 'finished', reference: 'r', verdict: { decision: 'review', code: base.code } },
      ] as const;
      for (const result of others) {
        const { tone, actions } = presentResult(result);
        expect(tone).not.toBe('good');
        expect(actions).toContain('close');
      }
    }
  });
});

// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { collectRisk, withdraw } from '../../src/risk/index.js';

describe('in jsdom, which has hardly anything', () => {
  it('every fact ends with a status, within the deadline, and nothing throws', async () => {
    document.cookie = 'a=1';
    const report = await collectRisk({ consent: { granted: true } });
    expect(report.outcome).toMatch(/^(complete|deadline)$/);
    expect(report.timings.totalMs).toBeLessThan(report.timings.deadlineMs + 250);
    expect(Object.keys(report.facts)).toHaveLength(20);
    for (const fact of Object.values(report.facts)) expect(['ok', 'missing', 'denied', 'timeout', 'error']).toContain(fact.status);
    expect(report.facts).toMatchObject({
      userAgent: { status: 'ok', value: expect.stringContaining('jsdom') },
      cookieHash: { status: 'ok' },
      clientHints: { status: 'missing' },
      network: { status: 'missing' },
      permissions: { status: 'missing' },
      gpu: { status: expect.stringMatching(/missing|error/) },
      // The page's own classes are scripts here, and look it.
      nativeFunctions: { status: 'ok' },
      installation: { status: 'ok', value: { visits: 1 } },
    });
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    expect(localStorage).toHaveLength(1);
    withdraw();
    expect(localStorage).toHaveLength(0);
  });

  it('refused, it does nothing', async () => {
    const before = document.documentElement.outerHTML;
    expect(await collectRisk({ consent: { granted: false } })).toMatchObject({ outcome: 'refused', facts: {} });
    expect(localStorage).toHaveLength(0);
    expect(document.documentElement.outerHTML).toBe(before);
  });
});

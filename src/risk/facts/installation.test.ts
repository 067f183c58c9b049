import { describe, expect, it } from 'vitest';
import type { Fact } from '../fact.js';
import { readFrom } from './fact-context.fixture.js';
import { installation } from './installation.js';

/* What happens to the record while the other facts are waited for. */

const OLD = 'ab'.repeat(16);

/** A fact of the graphics that ends when it is told to; the others are there. */
function pendingGpu() {
  let end = (): void => undefined;
  const gpu = new Promise<Fact<unknown>>((resolve) => (end = () => resolve({ status: 'ok', ms: 0, value: { rendererUnmasked: 'Mali-G78' } })));
  const fact = async (id: string): Promise<Fact<unknown> | undefined> => (id === 'gpu' ? gpu : { status: 'ok', ms: 0, value: { platform: 'iPhone', maxTouchPoints: 5 } });
  return { context: { fact }, end: () => end() };
}

describe('installation, while the graphics are waited for', () => {
  it('a record that another tab wipes does not come back: the id is a new one', async () => {
    const stored: { text?: string } = { text: JSON.stringify({ id: OLD, since: '2026-11-01', visits: 3, changes: 0, parameters: {} }) };
    const { context, end } = pendingGpu();
    const reading = readFrom(installation, { stored, context });
    await new Promise((resolve) => setTimeout(resolve));
    delete stored.text;
    end();
    expect(await reading).toMatchObject({ id: expect.not.stringContaining(OLD), visits: 1 });
    expect(stored.text).not.toContain(OLD);
  });

  it('two runs at once make one id, whichever ends first', async () => {
    const stored: { text?: string } = {};
    const runs = [pendingGpu(), pendingGpu()];
    const readings = runs.map(({ context }) => readFrom(installation, { stored, context }));
    await new Promise((resolve) => setTimeout(resolve));
    for (const { end } of runs) end();
    const [first, second] = await Promise.all(readings);
    expect(second).toMatchObject({ id: first?.id, visits: 2 });
  });
});

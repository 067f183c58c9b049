// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { addLocale } from '../../src/codes/index.js';
import english from '../../src/codes/prompts/en.js';
import type { EngineOptions } from '../../src/liveness/index.js';
import { createChallengeForm } from './challenge-form.js';

/** With everything that a session and a page can ask for. */
const ASKED: readonly EngineOptions[] = [
  { challenge: { type: 'silent', minimumMs: 2600 }, retries: 0, maximumMs: 29_000, profile: 'phone', thresholds: { yaw: { good: 5, bad: 8 } }, timing: { steadyMs: 900, missedMs: 1000 } },
  { challenge: { type: 'action', actions: ['nod', 'blink', 'nod'], deadlineMs: 4500, minimumMs: 2600 }, retries: 1, maximumMs: 29_000 },
  { challenge: { type: 'digits', digits: '97', digitMs: 900, minimumMs: 3600 }, retries: 9, profile: 'desktop' },
  { challenge: { type: 'light', colours: [{ r: 1, g: 2, b: 3, ms: 250 }], minimumMs: 2600 }, retries: 2, maximumMs: 14_000 },
];

const field = (id: string) => document.getElementById(id) as HTMLInputElement;
const change = (id: string, value: string): void => {
  field(id).value = value;
  field(id).dispatchEvent(new Event('change'));
};

beforeEach(() => {
  addLocale(english);
  document.documentElement.innerHTML = readFileSync(join(import.meta.dirname, 'index.html'), 'utf8').replace(/<script.*?<\/script>/, '');
});

describe('the form of the replay viewer', () => {
  it.each(ASKED)('runs a trace with what it says was asked for: %j', (asked) => {
    const form = createChallengeForm(() => undefined);
    form.fill(asked);
    expect(form.read()).toEqual({ from: 0, options: asked });
  });

  it('shows what was asked for, in words where there is no field', () => {
    const form = createChallengeForm(() => undefined);
    form.draw('en');
    expect(document.getElementById('asked')?.textContent).toBe('The trace does not say what was asked for: set it here.');
    form.fill(ASKED[0]);
    expect([field('challenge').value, field('retries').value, field('profile').value]).toEqual(['silent', '0', 'phone']);
    expect(document.getElementById('asked')?.textContent).toContain('minimumMs: 2600, maximumMs: 29000, thresholds: {yaw: {good: 5, bad: 8}}, timing: {steadyMs: 900, missedMs: 1000}');
    form.fill(ASKED[1]);
    expect(document.querySelectorAll('#sequence li')).toHaveLength(3);
    expect(field('deadline').value).toBe('4.5');
  });

  it('is still there to try something else; what has no field stays the trace’s', () => {
    const onChange = vi.fn();
    const form = createChallengeForm(onChange);
    form.fill(ASKED[0]);
    change('challenge', 'digits');
    change('profile', '');
    change('retries', '3');
    expect(onChange).toHaveBeenCalledTimes(3);
    const { thresholds, timing, maximumMs } = ASKED[0] ?? {};
    expect(form.read().options).toEqual({ thresholds, timing, maximumMs, challenge: { type: 'digits', digits: '4821', minimumMs: 2600 }, retries: 3 });
  });

  it('keeps what it says for a trace that does not tell, and nothing of the trace before', () => {
    const form = createChallengeForm(() => undefined);
    form.fill(ASKED[0]);
    form.fill(undefined);
    expect(form.read().options).toEqual({ challenge: { type: 'silent', minimumMs: 2000 }, retries: 0, profile: 'phone' });
  });
});

import { expect, it, vi } from 'vitest';
import { webRiskHost } from '../platform/web-risk.js';
import { createRiskCollector } from './collect.js';

/** With what the fact waits for its samples, longer than its budget. */
const DOWNLOAD_MS = 400;

vi.mock('./facts/capture/index.js', async (original) => {
  await new Promise((resolve) => setTimeout(resolve, DOWNLOAD_MS));
  return original();
});

it('a slow download of its code does not cost a fact of the capture its own time', async () => {
  // An iPhone whose page the person has not allowed to feel the motion: no event ever comes, which is known after 900 ms.
  const page = { ...globalThis, navigator: {}, DeviceMotionEvent: { requestPermission: () => undefined }, addEventListener: () => undefined, removeEventListener: () => undefined } as unknown as typeof globalThis;
  const { collectRisk } = createRiskCollector({ ...webRiskHost(), page });
  const { facts, outcome } = await collectRisk({ consent: { granted: true }, groups: ['motion'], deadlineMs: 60_000 });
  expect(facts.motion).toMatchObject({ status: 'denied', detail: 'NotAllowedError' });
  expect(outcome).toBe('complete');
});

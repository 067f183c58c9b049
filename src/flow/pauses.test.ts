import { expect, it } from 'vitest';
import { createPauses } from './pauses.js';

const told = () => {
  const notices: string[] = [];
  return { notices, pauses: createPauses(({ type, code }) => notices.push(code ? `${type} ${code}` : type)) };
};

it('goes on when the last reason has gone, however they overlap', () => {
  const { notices, pauses } = told();
  pauses.set('hidden', true);
  pauses.set('muted', true, 'camera-lost');
  pauses.set('hidden', false);
  expect(notices).toEqual(['suspend page-hidden']);
  pauses.set('muted', false);
  expect(notices).toEqual(['suspend page-hidden', 'resume']);
});

it('says nothing of a reason that was not there', () => {
  const { notices, pauses } = told();
  pauses.set('muted', false);
  expect(notices).toEqual([]);
});

it('breaks off at once, unless it waits anyway', () => {
  const { notices, pauses } = told();
  pauses.interrupt('recorder-failed');
  expect(notices).toEqual(['suspend recorder-failed', 'resume']);
  pauses.set('source', true, 'camera-lost');
  expect(pauses.has('source')).toBe(true);
  pauses.interrupt('recorder-failed');
  expect(notices).toHaveLength(3);
});

import { expect, it } from 'vitest';
import { createTurns } from './turns.js';

it('work is let in so much at a time, in order, and what fails lets the next one in too', async () => {
  const takeTurn = createTurns(2);
  const begun: number[] = [];
  const ends: { readonly done: () => void; readonly fail: () => void }[] = [];
  const all = [0, 1, 2, 3].map((index) =>
    takeTurn(() => {
      begun.push(index);
      return new Promise<number>((resolve, reject) => ends.push({ done: () => resolve(index), fail: () => reject(new Error(String(index))) }));
    }),
  );
  expect(begun).toEqual([0, 1]);
  ends[1]?.fail();
  await expect(all[1]).rejects.toThrow('1');
  expect(begun).toEqual([0, 1, 2]);
  ends[0]?.done();
  expect(await all[0]).toBe(0);
  expect(begun).toEqual([0, 1, 2, 3]);
  ends[2]?.done();
  ends[3]?.done();
  expect(await Promise.all(all.slice(2))).toEqual([2, 3]);
  expect(await takeTurn(async () => 'free')).toBe('free');
});

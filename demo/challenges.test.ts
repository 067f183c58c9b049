import { describe, expect, it } from 'vitest';
import { checkChallenge } from '../src/liveness/challenges/challenge.js';
import { CHALLENGE_KINDS } from '../src/liveness/challenges/kinds.js';
import { ACTION_IDS, CHALLENGE_TYPES } from '../src/liveness/index.js';
import { CHALLENGE_HEADER, chooseChallenge } from './challenges.js';

type Request = Parameters<typeof chooseChallenge>[0];
const choose = (header: string | undefined, request: Partial<Request> = {}) =>
  chooseChallenge({ challenges: CHALLENGE_TYPES, locale: 'en', ...request, headers: new Headers(header === undefined ? {} : { [CHALLENGE_HEADER]: header }) }, undefined);

describe('the demo’s choice of a challenge', () => {
  it.each(['silent', 'action', 'digits', 'light'])('is %s where the page asks for it, and one the engine takes', (type) => {
    const challenge = choose(type);
    expect(challenge.type).toBe(type);
    expect(() => checkChallenge(challenge, CHALLENGE_KINDS)).not.toThrow();
  });

  it.each([undefined, '', 'dance', 'Action'])('is silent for %j', (header) => {
    expect(choose(header)).toEqual({ type: 'silent', minimumMs: 2000 });
  });

  it('takes actions in the order they are named, and leaves out what the person cannot do', () => {
    expect(choose('action:turnLeft,blink,fly')).toMatchObject({ actions: ['turnLeft', 'blink'] });
    expect(choose('action:turnLeft,blink', { actions: ['nod', 'turnLeft'] })).toMatchObject({ actions: ['turnLeft'] });
    expect(choose('action:blink', { actions: ['nod'] })).toMatchObject({ actions: ['nod', 'nod', 'nod'] });
  });

  it('is another one where what the page asks for does not fit', () => {
    expect(choose('light', { challenges: ['silent', 'action'] })).toMatchObject({ type: 'silent' });
    expect(choose('light', { challenges: ['action'], actions: ['nod'] })).toMatchObject({ type: 'action', actions: ['nod', 'nod', 'nod'] });
  });

  it('is not the same every time, and repeats nothing in a row', () => {
    const orders = Array.from({ length: 50 }, () => {
      const challenge = choose('action');
      return challenge.type === 'action' ? challenge.actions : [];
    });
    expect(new Set(orders.map((order) => order.join())).size).toBeGreaterThan(10);
    expect(new Set(orders.flat())).toEqual(new Set(ACTION_IDS));
    for (const order of orders) order.forEach((id, index) => expect(id).not.toBe(order[index + 1]));
    expect(new Set(Array.from({ length: 50 }, () => JSON.stringify(choose('digits')))).size).toBeGreaterThan(40);
  });
});

import { randomInt } from 'node:crypto';
import type { HandlerOptions } from '../src/server/index.js';
import { ACTION_IDS, type ActionId } from '../src/liveness/index.js';
import type { Challenge } from '../src/transport/protocol.js';

/** Names the challenge that a session asks for: `silent`, `action`, `action:blink,turnLeft`, `digits` or `light`. */
export const CHALLENGE_HEADER = 'x-simulated-challenge';

const MINIMUM_MS = 2000;
const ACTIONS = 3;
const DIGITS = 4;
const COLOURS = 5;
const COLOUR_MS = 600;

/** Apart from one another on the screen and in what a face reflects. */
const PALETTE = [
  { r: 255, g: 255, b: 255 },
  { r: 255, g: 40, b: 40 },
  { r: 40, g: 220, b: 60 },
  { r: 50, g: 90, b: 255 },
  { r: 255, g: 215, b: 0 },
] as const;

/**
 * The demo's own choice: what the page's header asks for if it fits the person, else `silent`, else the first that does. What is
 * random comes from the system's secure source.
 */
export const chooseChallenge: NonNullable<HandlerOptions['challenge']> = ({ challenges, actions: possible = ACTION_IDS, headers }) => {
  const [wanted = '', list = ''] = (headers.get(CHALLENGE_HEADER) ?? 'silent').split(':');
  const type = challenges.find((offered) => offered === wanted) ?? challenges.find((offered) => offered === 'silent') ?? challenges[0];
  switch (type) {
    case 'action': {
      const named = list.split(',').filter((id): id is ActionId => possible.includes(id as ActionId)).slice(0, 8);
      return { type, actions: named.length > 0 ? named : sequence(possible, ACTIONS), minimumMs: MINIMUM_MS };
    }
    case 'digits':
      return { type, digits: Array.from({ length: DIGITS }, () => randomInt(10)).join(''), minimumMs: MINIMUM_MS };
    case 'light':
      return { type, colours: sequence(PALETTE, COLOURS).map((colour) => ({ ...colour, ms: COLOUR_MS })), minimumMs: MINIMUM_MS };
    default:
      return { type: 'silent', minimumMs: MINIMUM_MS } satisfies Challenge;
  }
};

/** At random, never the same one twice in a row. */
function sequence<Item>(from: readonly Item[], length: number): Item[] {
  const chosen: Item[] = [];
  while (chosen.length < length) {
    const left = from.length > 1 ? from.filter((item) => item !== chosen[chosen.length - 1]) : from;
    chosen.push(left[randomInt(left.length)] as Item);
  }
  return chosen;
}

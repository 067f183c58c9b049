import { ACTION_IDS, type ActionId } from './action.js';
import type { ChallengeType } from './challenge.js';

/** What the host page says a person cannot do. `see`: the screen; `flashes`: light that changes may harm them. */
export const INABILITIES = ['hear', 'speak', 'see', 'blink', 'smile', 'flashes'] as const;

/** See {@link INABILITIES}. */
export type Inability = (typeof INABILITIES)[number];

/** Something that was offered and will not be asked of this person. Plain JSON, for the evidence. */
export interface Substitution {
  readonly withheld: ChallengeType | ActionId;
  /** `declared`: the host said that the person cannot; `system`: the person's own setting for reduced motion, or a browser that records no sound. What it is they cannot do stays in the page. */
  readonly because: 'declared' | 'system';
}

/** What may be asked of a person. Plain JSON. */
export interface ChallengeChoice {
  /** In the order offered. Empty where nothing offered fits: verify in another way. */
  readonly types: readonly ChallengeType[];
  /** What a challenge of type `action` may consist of. */
  readonly actions: readonly ActionId[];
  readonly substitutions: readonly Substitution[];
}

/** Parts of a challenge that an inability rules out. Facial palsy, which rules out a smile, keeps the lips from opening evenly too. */
const ACTIONS_RULED_OUT: { readonly [Can in Inability]?: ActionId } = { blink: 'blink', smile: 'openMouth' };

/**
 * Which challenges fit a person. The server still chooses; this is what the client asks it to choose from.
 *
 * A voice that its owner does not hear is often not recognised, so `digits` is kept from somebody who cannot hear as long as
 * anything else remains. Somebody who does not see the digits can repeat them where the page says them. Somebody who can neither see
 * nor hear can be told nothing: only `silent` remains.
 *
 * @param offered what the client can run, in order of preference
 * @param cannot what the host declared; a word it does not know is refused rather than passed over
 * @param speaks whether the page has a voice that says the digits. Default false
 * @throws TypeError naming the word that is unknown
 */
export function chooseChallenge(offered: readonly ChallengeType[], cannot: readonly Inability[], prefersReducedMotion: boolean, speaks = false): ChallengeChoice {
  const unknown = cannot.find((word) => !INABILITIES.includes(word));
  if (unknown !== undefined) throw new TypeError(`cannot: "${String(unknown)}" is unknown, expected ${INABILITIES.join(', ')}`);
  const is = (word: Inability): boolean => cannot.includes(word);
  const untold = is('see') && is('hear');
  const barred: Readonly<Record<ChallengeType, boolean>> = {
    silent: false,
    action: untold,
    digits: is('speak') || untold || (is('see') && !speaks),
    light: is('flashes') || prefersReducedMotion || untold,
  };
  const fitting = offered.filter((type) => !barred[type]);
  const spared = is('hear') && fitting.some((type) => type !== 'digits') ? fitting.filter((type) => type !== 'digits') : fitting;
  const actions = ACTION_IDS.filter((id) => !cannot.some((word) => ACTIONS_RULED_OUT[word] === id));
  const substitutions: Substitution[] = offered
    .filter((type) => !spared.includes(type))
    .map((type) => ({ withheld: type, because: type === 'light' && !is('flashes') && !untold ? 'system' : 'declared' }));
  if (spared.includes('action')) for (const id of ACTION_IDS) if (!actions.includes(id)) substitutions.push({ withheld: id, because: 'declared' });
  return { types: spared, actions: spared.includes('action') ? actions : [], substitutions };
}

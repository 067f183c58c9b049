import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTION_IDS } from './action.js';
import { CHALLENGE_TYPES } from './challenge.js';
import { chooseChallenge, INABILITIES, type Inability } from './policy.js';

const ALL = ['light', 'digits', 'action', 'silent'] as const;
const typesFor = (...cannot: Inability[]) => chooseChallenge(ALL, cannot, false).types;

describe('chooseChallenge', () => {
  it('withholds nothing from somebody who can do everything', () => {
    expect(chooseChallenge(ALL, [], false)).toEqual({ types: ALL, actions: ACTION_IDS, substitutions: [] });
  });

  it.each<[Inability[], readonly string[]]>([
    [['speak'], ['light', 'action', 'silent']],
    [['hear'], ['light', 'action', 'silent']],
    [['flashes'], ['digits', 'action', 'silent']],
    [['see'], ['light', 'action', 'silent']],
    [['blink'], ALL],
    [['see', 'hear'], ['silent']],
    [['speak', 'flashes'], ['action', 'silent']],
  ])('for %j leaves %j', (cannot, types) => {
    expect(typesFor(...cannot)).toEqual(types);
  });

  it('leaves actions that the person can do', () => {
    expect(chooseChallenge(['action'], ['blink'], false)).toMatchObject({ actions: ['openMouth', 'nod', 'turnLeft', 'turnRight'], substitutions: [{ withheld: 'blink', because: 'declared' }] });
    expect(chooseChallenge(['action'], ['smile'], false).actions).toEqual(['blink', 'nod', 'turnLeft', 'turnRight']);
    expect(chooseChallenge(['silent'], ['blink'], false)).toMatchObject({ actions: [], substitutions: [] });
  });

  it('has digits repeated by somebody who does not see them, where the page says them', () => {
    expect(chooseChallenge(ALL, ['see'], false, true)).toMatchObject({ types: ALL, substitutions: [] });
    expect(chooseChallenge(ALL, ['see'], false)).toMatchObject({ types: ['light', 'action', 'silent'], substitutions: [{ withheld: 'digits', because: 'declared' }] });
    expect(chooseChallenge(ALL, ['blink'], false).types).toEqual(ALL);
  });

  it('keeps light from a person who asked their system for reduced motion, and says whose wish it was', () => {
    expect(chooseChallenge(ALL, [], true)).toMatchObject({ types: ['digits', 'action', 'silent'], substitutions: [{ withheld: 'light', because: 'system' }] });
    expect(chooseChallenge(ALL, ['flashes'], true).substitutions).toEqual([{ withheld: 'light', because: 'declared' }]);
  });

  it('lets somebody who cannot hear read digits where nothing else is offered', () => {
    expect(chooseChallenge(['digits'], ['hear'], false)).toMatchObject({ types: ['digits'], substitutions: [] });
    expect(chooseChallenge(['digits'], ['speak'], false).types).toEqual([]);
  });

  it('refuses a word it does not know, rather than asking the person for what they cannot do', () => {
    expect(() => chooseChallenge(ALL, ['Blink' as Inability], false)).toThrow(/^cannot: "Blink" is unknown/);
  });

  it('never offers more than was offered, accounts for every type, and more inabilities never leave more', () => {
    const some = fc.subarray([...INABILITIES]);
    fc.assert(
      fc.property(fc.shuffledSubarray([...CHALLENGE_TYPES]), some, some, fc.boolean(), (offered, cannot, more, motion) => {
        const choice = chooseChallenge(offered, cannot, motion);
        expect(offered.filter((type) => choice.types.includes(type))).toEqual(choice.types);
        const withheld = choice.substitutions.map((each) => each.withheld);
        expect(offered.filter((type) => withheld.includes(type) === choice.types.includes(type))).toEqual([]);
        expect(JSON.parse(JSON.stringify(choice))).toEqual(choice);
        // `hear` alone spares; what it spares may come back when the alternatives go.
        const further = chooseChallenge(offered, [...cannot, ...more], motion).types.filter((type) => type !== 'digits');
        expect(further.filter((type) => !choice.types.includes(type))).toEqual([]);
      }),
    );
  });

  it('writes down what was withheld, never what the person cannot do', () => {
    for (const word of INABILITIES) {
      const text = JSON.stringify(chooseChallenge(ALL, [word], false).substitutions);
      // A blink is an action too; that it is not asked for cannot be kept from whoever asks.
      if (word !== 'blink') expect(text).not.toContain(word);
    }
  });
});

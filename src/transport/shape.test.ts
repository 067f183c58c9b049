import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anything, check, dictionary, flag, integer, list, moment, numeric, oneOf, optional, record, sha256Hex, text, union } from './shape.js';
import type { Shape } from './shape.js';

interface Person {
  readonly name: string;
  readonly age?: number;
  readonly tags: readonly string[];
}
const person: Shape<Person> = record<Person>({ name: text({ max: 5 }), age: optional(integer({ max: 150 })), tags: list(text({ max: 3 }), { max: 2 }) });

const errorsOf = (shape: Shape<unknown>, value: unknown, unknownFields: 'refuse' | 'ignore' = 'refuse'): string[] => {
  const checked = check(shape, value, unknownFields);
  return checked.ok ? [] : checked.errors.map(({ field, rule }) => `${field}: ${rule}`);
};

describe('check', () => {
  it('gives the value back, typed', () => {
    const value: unknown = { name: 'Ann', tags: ['a'] };
    const checked = check(person, value, 'refuse');
    expect(checked).toEqual({ ok: true, value });
  });

  it('names every wrong field with its path', () => {
    expect(errorsOf(person, { name: '', age: 1.5, tags: ['ok', 5, 'x'], colour: 1 })).toEqual([
      'name: must be a text of 1 to 5 characters',
      'age: must be an integer from 0 to 150',
      'tags: must be an array of 0 to 2 items',
      'colour: is not a field of this protocol',
    ]);
    expect(errorsOf(record<{ person: Person }>({ person }), { person: { name: 'Ann', tags: ['okay', 'x'] } })).toEqual(['person.tags[0]: must be a text of 1 to 3 characters']);
  });

  it('lets unknown fields be where it is told to', () => {
    expect(errorsOf(person, { name: 'Ann', tags: [], colour: 1 }, 'ignore')).toEqual([]);
  });

  it('reads own fields only', () => {
    expect(errorsOf(person, Object.create({ name: 'Ann', tags: [] }))).toEqual(['name: must be a text of 1 to 5 characters', 'tags: must be an array of 0 to 2 items']);
    expect(errorsOf(person, JSON.parse('{"name":"Ann","tags":[],"__proto__":1}'))).toEqual(['__proto__: is not a field of this protocol']);
  });

  it.each([null, undefined, 5, 'x', [], true])('%j is no object', (value) => expect(errorsOf(person, value)).toEqual(['body: must be an object']));

  it('ends its list where nobody would read on, and cuts long names', () => {
    expect(errorsOf(list(integer(), { max: 1000 }), Array(1000).fill('x'))).toHaveLength(50);
    const [error = ''] = errorsOf(person, { name: 'Ann', tags: [], ['x'.repeat(10_000)]: 1 });
    expect(error.length).toBeLessThan(120);
    expect(errorsOf(person, { name: 'Ann', tags: [], '\ud800': 1, [`${'x'.repeat(63)}😀`]: 1 })).toEqual(['\ufffd: is not a field of this protocol', `${'x'.repeat(63)}\ufffd…: is not a field of this protocol`]);
  });

  it('takes no half of a character', () => {
    expect(errorsOf(text({ max: 5 }), '😀')).toEqual([]);
    expect(errorsOf(text({ max: 5 }), '\ud83d')).toEqual(['body: must be a text of 1 to 5 characters']);
  });

  it('never throws, whatever comes', () => {
    fc.assert(fc.property(fc.anything(), (value) => void errorsOf(person, value)));
  });
});

describe('values', () => {
  it.each<[string, Shape<unknown>, readonly unknown[], readonly unknown[]]>([
    ['integer', integer({ min: 1, max: 3 }), [1, 3], [0, 4, 1.5, '1', NaN, null]],
    ['numeric', numeric({ min: 0, max: 1 }), [0, 0.5, 1], [-0.1, 1.1, NaN, Infinity, '0']],
    ['flag', flag, [true, false], [0, 'true', null]],
    ['oneOf', oneOf<string | number>('a', 1), ['a', 1], ['b', '1', null]],
    ['sha256Hex', sha256Hex, ['0a'.repeat(32)], ['0A'.repeat(32), '0a'.repeat(31), `${'0a'.repeat(32)}\n`]],
    ['moment', moment, ['2026-11-21T08:49:37Z', '2026-11-21T08:49:37.123+08:00', '2026-11-21T08:49Z'], ['2026-11-21', '2026-11-21T08:49:37', '2026-13-21T08:49:37Z', 'Sat, 21 Nov 2026 08:49:37 GMT', 0]],
    ['dictionary', dictionary(integer(), { max: 2 }), [{}, { a: 1 }], [{ a: 'x' }, { a: 1, b: 2, c: 3 }, [], null]],
    ['list', list(anything, { min: 1, max: 2 }), [[1], [null, {}]], [[], [1, 2, 3], {}, 'ab']],
    ['union', union<object>(({ type }) => (type === 'a' ? record<{ type: string }>({ type: text({ max: 1 }) }) : undefined), 'must be an a'), [{ type: 'a' }], [{ type: 'b' }, {}, null, []]],
  ])('%s', (_name, shape, good, bad) => {
    for (const value of good) expect(errorsOf(shape, value), JSON.stringify(value)).toEqual([]);
    for (const value of bad) expect(errorsOf(shape, value), JSON.stringify(value)).not.toEqual([]);
  });
});

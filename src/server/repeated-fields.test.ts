import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repeatedFields } from './repeated-fields.js';

describe('repeatedFields', () => {
  it.each<[string, readonly string[]]>([
    ['{"a":1,"b":2}', []],
    ['{"a":1,"b":2,"a":1}', ['a']],
    ['{"a":{"a":{"a":1}}}', []],
    ['{"a":{"b":1,"c":[{"d":1},{"d":1,"e":{},"d":2}]}}', ['a.c[1].d']],
    ['{"a":1,"\\u0061":2}', ['a']],
    ['{"a":"a","b":"a"}', []],
    ['{"a":["a","a",{"a":"a"}]}', []],
    ['{"a":"{\\"a\\":1,\\"a\\":2}"}', []],
    ['{"__proto__":1,"__proto__":2}', ['__proto__']],
    [' { "a" : [ ] , "a" : [ ] , "a" : 1 } ', ['a', 'a']],
    ['[[1,2],[3,{"x":0,"x":0}]]', ['[1][1].x']],
    ['{"a\\ud800":1,"a\\ud800":2}', ['a\ufffd']],
    ['{"":1,"":2}', ['body']],
    ['"text"', []],
    ['7', []],
  ])('%s', (json, fields) => expect(repeatedFields(json)).toEqual(fields));

  it('finds none in what was written from an object, whatever it holds', () => {
    fc.assert(fc.property(fc.json(), fc.constantFrom(undefined, 1), (json, indent) => void expect(repeatedFields(JSON.stringify(JSON.parse(json), null, indent))).toEqual([])));
  });

  it('reads what is meant to be hard to read', () => {
    for (const json of ['['.repeat(120_000) + ']'.repeat(120_000), `"${'\\\\'.repeat(130_000)}"`, `{${Array.from({ length: 30_000 }, (_, index) => `"${index}":0`).join()}}`]) expect(repeatedFields(json)).toEqual([]);
  });

  it('reports no more than 50, each path cut short, however deep they stand: a body of 256 KiB must not cost a gigabyte', () => {
    const json = `${'{"a":'.repeat(26_000)}{${'"b":1,'.repeat(20_000)}"b":1}${'}'.repeat(26_000)}`;
    expect(JSON.parse(json)).toBeDefined();
    const fields = repeatedFields(json);
    expect(fields).toHaveLength(50);
    expect(new Set(fields)).toEqual(new Set([`a${'.a'.repeat(99)}.`]));
    const [long] = repeatedFields(`{"${'n'.repeat(200_000)}":1,"${'n'.repeat(200_000)}":2}`);
    expect(long).toBe('n'.repeat(200));
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPerson, isIdNumber, isIdNumberAt, normalizeIdNumber } from './person.js';

const ALL = { name: 'required', idNumber: 'required', mobile: 'required' } as const;
const PERSON = { name: '张三', idNumber: '11010519491231002X', mobile: '13123456789' };

describe('identity numbers', () => {
  it('takes the example of GB 11643-1999, in either case', () => {
    expect(isIdNumber('11010519491231002X')).toBe(true);
    expect(isIdNumber(normalizeIdNumber(' 11010519491231002x '))).toBe(true);
    expect(isIdNumber('11010519491231002x')).toBe(false);
  });

  it('finds every digit that is wrong and every two neighbours that changed places', () => {
    const valid = '11010519491231002X';
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (index, by) => {
        const changed = `${valid.slice(0, index)}${(Number(valid[index]) + by) % 10}${valid.slice(index + 1)}`;
        expect(isIdNumber(changed)).toBe(false);
      }),
    );
    for (let index = 0; index < 16; index++) {
      const swapped = valid.slice(0, index) + valid[index + 1] + valid[index] + valid.slice(index + 2);
      if (swapped !== valid) expect(isIdNumber(swapped)).toBe(false);
    }
  });

  // The check characters of these are right.
  it.each(['110105194902300020', '110105194913310021', '010105194912310026', '110105184912310020', '110105220001010022', '11010519491231002', '330328199001016789', ''])('refuses %s', (text) => {
    expect(isIdNumber(text)).toBe(false);
  });
});

describe('a birth date', () => {
  const [number, born] = ['110105202604010022', Date.UTC(2026, 3, 1)];
  it.each<[string, number, boolean]>([
    ['of today', born, true],
    ['of a day that has begun in China, and not yet here', born - 86_400_000, true],
    ['of a day that has begun nowhere', born - 86_400_001, false],
  ])('%s', (_name, now, taken) => expect(isIdNumberAt(number, now)).toBe(taken));
});

describe('a person', () => {
  it('comes back trimmed and normalised', () => {
    expect(checkPerson({ name: ' 张三 ', idNumber: '11010519491231002x', mobile: ' 13123456789 ' }, ALL)).toEqual({ ok: true, person: PERSON });
  });

  it('is told every field that is wrong, and none of its values', () => {
    const checked = checkPerson({ idNumber: '11010519491231002Y', mobile: 13123456789 as never }, ALL);
    expect(checked).toEqual({
      ok: false,
      errors: [
        { field: 'name', rule: 'is required' },
        { field: 'idNumber', rule: 'must be an identity number of 18 characters with its right check character' },
        { field: 'mobile', rule: 'must be a mainland-China mobile of 11 digits' },
      ],
    });
  });

  it('keeps what a call does not use out of it', () => {
    expect(checkPerson(PERSON, { name: 'optional', idNumber: 'unused', mobile: 'unused' })).toEqual({ ok: true, person: { name: '张三' } });
  });
});

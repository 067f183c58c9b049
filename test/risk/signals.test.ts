import { readdirSync, readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCatalogue } from '../../src/codes/catalogue.js';
import zhCN from '../../src/codes/prompts/zh-CN.js';
import { ALL_TABLES } from '../../src/codes/tables/index.js';
import { COLLECTORS, type FactId } from '../../src/risk/facts/index.js';
import type { Facts } from '../../src/risk/report.js';
import { evaluateSignals, RULES } from '../../src/risk/signals/index.js';

/** One environment: the values that were read, and every signal they raise, strongest first. */
interface Vector {
  readonly why: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly signals: readonly string[];
  /** Of the signals that are weaker here than they can be. */
  readonly weights?: Readonly<Record<string, number>>;
}

/** What was `tampered` with raises the signal all the same. What `gets round it` does not; its signals are those that see it, where any do. */
const KIND = /^(positive|negative|tampered|tampered, gets round it)(?:: .+)?$/;

const FOLDER = new URL('../vectors/risk/signals/', import.meta.url);
const files = readdirSync(FOLDER);
const vectors = (id: string): Record<string, Vector> => JSON.parse(readFileSync(new URL(`${id}.json`, FOLDER), 'utf8'));

const asRead = (values: Vector['values']): Facts => Object.fromEntries(Object.entries(values).map(([id, value]) => [id, { status: 'ok', ms: 0, value }]));
const idsOf = (facts: Facts): string[] => evaluateSignals(facts).map(({ id }) => id);

describe('the test vectors', () => {
  it('there is a file for every signal and no other', () => {
    expect(files.sort()).toEqual(Object.keys(RULES).map((id) => `${id}.json`).sort());
  });

  describe.each(Object.keys(RULES))('%s', (id) => {
    const cases = vectors(id);

    it('has a positive, a negative and a tampered environment, with values of facts that exist', () => {
      const kinds = Object.entries(cases).map(([name, { signals }]) => {
        const kind = KIND.exec(name)?.[1];
        expect(kind, name).toBeDefined();
        expect(signals.includes(id), name).toBe(kind === 'positive' || kind === 'tampered');
        return kind;
      });
      expect(kinds).toEqual(expect.arrayContaining(['positive', 'negative', 'tampered']));
      for (const { values } of Object.values(cases)) for (const fact of Object.keys(values)) expect(COLLECTORS).toHaveProperty(fact);
    });

    it('what was tampered with shows: no other environment has the same values', () => {
      const all = Object.entries(cases);
      for (const [name, { values }] of all.filter(([name]) => name.startsWith('tampered'))) {
        expect(all.filter((other) => isDeepStrictEqual(other[1].values, values)).map(([same]) => same)).toEqual([name]);
      }
    });

    it.each(Object.entries(cases))('%s: raises exactly what the vector says', (_kind, { values, signals, weights = {} }) => {
      const raised = evaluateSignals(asRead(values));
      expect(raised.map(({ id: name }) => name)).toEqual(signals);
      for (const { id: name, weight } of raised) expect(weight, name).toBe(weights[name] ?? RULES[name as keyof typeof RULES].weight);
    });
  });
});

/** An honest person's browser, and the weak hints it cannot help raising, with their weights. */
interface Benign {
  readonly why: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly signals: Readonly<Record<string, number>>;
}

describe('honest browsers', () => {
  const zoo = JSON.parse(readFileSync(new URL('../vectors/risk/benign.json', import.meta.url), 'utf8')) as Readonly<Record<string, Benign>>;

  it.each(Object.entries(zoo))('%s: nothing, or what is known and weak', (_browser, { values, signals }) => {
    for (const fact of Object.keys(values)) expect(COLLECTORS).toHaveProperty(fact);
    expect(Object.fromEntries(evaluateSignals(asRead(values)).map(({ id, weight }) => [id, weight]))).toEqual(signals);
    for (const weight of Object.values(signals)) expect(weight).toBeLessThanOrEqual(0.4);
  });
});

describe('evaluateSignals', () => {
  const positive = Object.keys(RULES).map((id) => ({ id, facts: asRead(vectors(id)['positive']?.values ?? {}) }));

  it('says the sentence, the weight, the vendors\' codes and the facts that were looked at', () => {
    const facts = asRead(vectors('syntheticCamera')['positive']?.values ?? {});
    expect(evaluateSignals(facts)[0]).toEqual({
      id: 'syntheticCamera',
      weight: 0.95,
      sentence: 'Camera stream is synthetic: a page made it.',
      codes: [
        { system: 'faceid-risk', table: 'device-tag', code: '5007' },
        { system: 'faceid-risk', table: 'device-tag', code: '1005' },
      ],
      evidence: { cameraDevice: { trackClass: 'CanvasCaptureMediaStreamTrack', label: 'identifier', grouped: false, shadowed: false, listed: false } },
    });
  });

  it('refers to codes that the catalogue has, all of the vocabulary among them, strongest first', () => {
    const { lookup } = createCatalogue(ALL_TABLES, [zhCN]);
    const signals = positive.flatMap(({ facts }) => evaluateSignals(facts));
    const codes = signals.flatMap((signal) => signal.codes);
    for (const { system, table, code } of codes) expect(lookup(system, table, code)).toMatchObject({ known: true, system, table, code });
    expect([...new Set(codes.map(({ table, code }) => `${table}/${code}`))].sort()).toEqual(
      ['device-tag/1005', 'device-tag/203', 'device-tag/205', 'device-tag/206', 'device-tag/5004', 'device-tag/5007', 'device-tag/8000', 'risk-type/102', 'risk-type/2062'],
    );
    const weights = Object.values(RULES).map(({ weight }) => weight);
    expect(weights).toEqual([...weights].sort((a, b) => b - a));
    for (const { weight, sentence } of signals) {
      expect(weight).toBeGreaterThan(0);
      expect(weight).toBeLessThanOrEqual(1);
      expect(sentence).toMatch(/^[A-Z].*\.$/);
    }
  });

  it.each(['missing', 'denied', 'timeout', 'error', 'aborted'] as const)('raises nothing from facts that ended as %s, whatever value a stranger leaves there', (status) => {
    for (const { id, facts } of positive) {
      const unread = Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, { ...fact, status }]));
      expect(idsOf(facts), id).toContain(id);
      expect(evaluateSignals(unread as Facts), id).toEqual([]);
    }
    expect(evaluateSignals(Object.fromEntries(Object.keys(COLLECTORS).map((id) => [id, { status, ms: 1 }])))).toEqual([]);
    expect(evaluateSignals({})).toEqual([]);
  });

  it('a fact that was not read silences only the signals that need it', () => {
    for (const { id, facts } of positive) {
      const signals = evaluateSignals(facts);
      for (const fact of Object.keys(facts) as FactId[]) {
        const others = Object.fromEntries(Object.entries(facts).filter(([name]) => name !== fact));
        for (const raised of idsOf(others)) expect(idsOf(facts), `${id} without ${fact}`).toContain(raised);
        // What did not so much as look at the fact is raised all the same.
        for (const { id: untouched } of signals.filter(({ evidence }) => !(fact in evidence))) expect(idsOf(others), `${id} without ${fact}`).toContain(untouched);
      }
    }
    // All of them at once: one fact after the other is lost, and each time the signals of the others stand.
    const whole = Object.assign({}, ...positive.map(({ facts }) => facts)) as Facts;
    const raised = evaluateSignals(whole);
    for (const fact of Object.keys(whole) as FactId[]) {
      const left = idsOf({ ...whole, [fact]: { status: 'timeout', ms: 1 } });
      const untouched = raised.filter(({ evidence }) => !(fact in evidence)).map(({ id }) => id);
      expect(untouched.length, fact).toBeGreaterThan(0);
      expect(left, fact).toEqual(expect.arrayContaining(untouched));
    }
  });

  it('survives facts that a stranger made up, and says the same twice', () => {
    const ids = fc.constantFrom(...Object.keys(COLLECTORS));
    const fact = fc.oneof(fc.anything(), fc.record({ status: fc.constant('ok'), ms: fc.nat(), value: fc.anything() }));
    fc.assert(
      fc.property(fc.dictionary(ids, fact), (facts) => {
        const first = evaluateSignals(facts as Facts);
        expect(evaluateSignals(facts as Facts)).toEqual(first);
      }),
    );
  });
});

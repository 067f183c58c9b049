import type { CodeReference } from '../src/codes/all.js';
import { list, lookup, promptFor } from '../src/codes/all.js';

const LOOKUPS = 10_000_000;
const PROMPTS = 200_000;

/**
 * What a lookup costs: every code of the catalogue in turn, as text that came out of JSON. Prints one JSON object with millions a
 * second. Goal: at least 5 million lookups.
 */
const references = JSON.parse(JSON.stringify(list().map(({ system, table, code }) => ({ system, table, code })))) as CodeReference[];

function millionsASecond(times: number, run: (reference: CodeReference) => unknown): number {
  const started = performance.now();
  let done = 0;
  while (done < times) for (const reference of references) done += run(reference) ? 1 : NaN;
  return Number((done / (performance.now() - started) / 1000).toFixed(2));
}

millionsASecond(LOOKUPS / 10, ({ system, table, code }) => lookup(system, table, code).known);
console.log(
  JSON.stringify({
    bench: 'codes',
    codes: references.length,
    lookupsM: millionsASecond(LOOKUPS, ({ system, table, code }) => lookup(system, table, code).known),
    promptsM: millionsASecond(PROMPTS, (reference) => promptFor(reference, 'zh-Hant-HK')),
  }),
);

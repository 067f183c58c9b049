import type { CodeReference } from '../src/codes/all.js';
import { list, lookup, promptFor } from '../src/codes/all.js';
import type { Measurement } from './measurement.js';

const LOOKUPS = 10_000_000;
const PROMPTS = 200_000;

/** What a look-up costs: every code of the catalogue in turn, as text that came out of JSON. */
export async function benchCodes(): Promise<readonly Measurement[]> {
  const references = JSON.parse(JSON.stringify(list().map(({ system, table, code }) => ({ system, table, code })))) as CodeReference[];
  const millionsASecond = (times: number, run: (reference: CodeReference) => unknown): number => {
    const started = performance.now();
    let done = 0;
    while (done < times) for (const reference of references) done += run(reference) ? 1 : NaN;
    return Number((done / (performance.now() - started) / 1000).toFixed(2));
  };
  const known = ({ system, table, code }: CodeReference): boolean => lookup(system, table, code).known;
  millionsASecond(LOOKUPS / 10, known);
  return [
    { name: 'codes: million look-ups a second', value: millionsASecond(LOOKUPS, known), goal: 5, direction: 'at-least' },
    { name: 'codes: million prompts a second', value: millionsASecond(PROMPTS, (reference) => promptFor(reference, 'zh-Hant-HK')) },
  ];
}

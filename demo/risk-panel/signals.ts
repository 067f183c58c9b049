import type { Signal } from '../../src/risk/signals/rule.js';
import { element } from '../explorer/element.js';
import { fill, type RiskWords } from './words.js';

/** The signals, strongest first. */
export function signalItems(signals: readonly Signal[], words: RiskWords): readonly HTMLLIElement[] {
  return signals.map(({ id, weight, codes, sentence, evidence }) => {
    const title = (words.signals as Readonly<Record<string, string>>)[id] ?? sentence;
    const meter = element('meter', { min: 0, max: 1, low: 0.35, high: 0.75, optimum: 0, value: weight, aria: { hidden: 'true' } });
    const tags = element('ul', { className: 'rp-codes' }, ...codes.map(({ system, table, code }) => element('li', {}, `${system} / ${table} / ${code}`)));
    const details = element('details', {}, element('summary', { aria: { label: `${words.evidence}: ${title}` } }, words.evidence), element('pre', { tabIndex: 0, aria: { label: `${title}: ${words.evidence}` } }, JSON.stringify(evidence, null, 2)));
    const strength = weight >= 0.75 ? 'strong' : weight >= 0.35 ? 'some' : 'weak';
    return element('li', { className: `rp-signal rp-${strength}` }, element('div', { className: 'rp-signal-head' }, element('strong', {}, title), element('span', { className: 'rp-weight' }, meter, fill(words.weight, { weight }))), tags, details);
  });
}

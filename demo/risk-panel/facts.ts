import type { FactGroup } from '../../src/risk/fact.js';
import { COLLECTORS, type FactId } from '../../src/risk/facts/index.js';
import type { RiskReport } from '../../src/risk/report.js';
import { element } from '../explorer/element.js';
import { fill, RISK_WORDS, type RiskWords } from './words.js';

/** What the switches ask for. */
export interface Selection {
  readonly groups: readonly FactGroup[];
  readonly exclude: readonly FactId[];
}

/** The facts, group by group, each with its switch. */
export interface FactsView {
  readonly root: HTMLElement;
  selection(): Selection;
  speak(words: RiskWords): void;
  /** Shows what was read; `undefined` empties it. The switches stay as they are. */
  show(report: RiskReport | undefined, words: RiskWords): void;
}

const GROUPS: readonly FactGroup[] = ['identity', 'browser', 'device', 'integrity', 'camera', 'motion'];
/** In the order they are read about, which is not the one they are collected in. */
const idsOf = (group: FactGroup): readonly FactId[] => (Object.keys(RISK_WORDS.en.facts) as FactId[]).filter((id) => COLLECTORS[id].group === group);

/** One switch and what it is called. */
interface Switch {
  readonly input: HTMLInputElement;
  readonly label: HTMLLabelElement;
}

function createSwitch(id: string): Switch {
  const input = element('input', { type: 'checkbox', id, checked: true });
  input.setAttribute('role', 'switch');
  return { input, label: element('label', { htmlFor: id }) };
}

/** Draws the switches; what was read comes with {@link FactsView.show}. */
export function createFacts(): FactsView {
  const heading = element('h3');
  const root = element('div', { className: 'rp-facts' }, heading);
  const groups = GROUPS.map((group) => {
    const own = createSwitch(`rp-group-${group}`);
    const rows = idsOf(group).map((id) => {
      const fact = createSwitch(`rp-fact-${id}`);
      const status = element('span', { className: 'rp-status' });
      const summary = element('summary');
      const value = element('pre', { tabIndex: 0 });
      const details = element('details', { hidden: true }, summary, value);
      const row = element('li', {}, element('div', { className: 'rp-line' }, fact.input, fact.label, status), details);
      return { id, fact, status, summary, value, details, row };
    });
    const count = element('summary');
    const list = element('details', { className: 'rp-list' }, count, element('ul', {}, ...rows.map(({ row }) => row)));
    own.input.addEventListener('change', () => {
      for (const { fact } of rows) fact.input.disabled = !own.input.checked;
    });
    const box = element('div', { className: 'rp-group', aria: { labelledby: `rp-name-${group}` } }, element('div', { className: 'rp-line rp-head' }, own.input, own.label), list);
    own.label.id = `rp-name-${group}`;
    box.setAttribute('role', 'group');
    root.append(box);
    return { group, own, rows, count };
  });

  return {
    root,
    selection: () => ({
      groups: groups.filter(({ own }) => own.input.checked).map(({ group }) => group),
      exclude: groups.flatMap(({ rows }) => rows.filter(({ fact }) => !fact.input.checked).map(({ id }) => id)),
    }),
    speak(words) {
      heading.textContent = words.factsTitle;
      for (const { group, own, rows } of groups) {
        own.label.textContent = words.groups[group];
        for (const { id, fact, summary, value } of rows) {
          fact.label.textContent = words.facts[id];
          summary.textContent = words.value;
          // Read out of its row, the word alone says nothing.
          summary.setAttribute('aria-label', `${words.value}: ${words.facts[id]}`);
          value.setAttribute('aria-label', words.facts[id]);
        }
      }
    },
    show(report, words) {
      for (const { rows, count } of groups) {
        const all = rows.length;
        const read = rows.filter(({ id }) => report?.facts[id]?.status === 'ok').length;
        count.textContent = report ? fill(words.groupRead, { read, all }) : fill(words.groupFacts, { all });
        for (const { id, status, details, value } of rows) {
          const fact = report?.facts[id];
          status.textContent = fact ? `${words.statuses[fact.status]} · ${fact.ms} ms` : '';
          status.className = `rp-status ${fact ? `rp-is-${fact.status}` : ''}`;
          details.hidden = fact?.status !== 'ok';
          value.textContent = fact?.status === 'ok' ? JSON.stringify(fact.value, null, 2) : '';
        }
      }
    },
  };
}

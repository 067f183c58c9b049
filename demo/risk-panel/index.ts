/** A panel that shows what the risk room reads, what it suggests and what is handed in, with a switch for every group and fact. */
import type { RiskReport } from '../../src/risk/report.js';
import { element } from '../explorer/element.js';
import { createFacts, type Selection } from './facts.js';
import { createPayload } from './payload.js';
import { createReport } from './report.js';
import { signalItems } from './signals.js';
import { fill, RISK_WORDS, type RiskLanguage } from './words.js';

export type { Selection } from './facts.js';
export type { RiskLanguage } from './words.js';

/** Options of {@link mountRiskPanel}. */
export interface RiskPanelOptions {
  /** Runs `collectRisk` with the page's camera, the consent it has (the button asks for none), and what the switches ask for. Called only when the person presses the button. */
  readonly collect: (selection: Selection & { readonly signal: AbortSignal }) => Promise<RiskReport>;
  /** Calls the SDK's `withdraw`. Default: there is no such button. */
  readonly withdraw?: () => void;
  /** Default `zh-CN`. */
  readonly language?: RiskLanguage;
}

/** A panel that is there. */
export interface RiskPanel {
  /** What the switches ask for. */
  selection(): Selection;
  /** Collects as if the button had been pressed. */
  collect(): Promise<void>;
  /** Shows a report that was collected elsewhere, such as in the flow. */
  show(report: RiskReport): void;
  setLanguage(language: RiskLanguage): void;
  /** Ends a run that is going on, and empties the container. */
  destroy(): void;
}

/** Draws the panel into a container, which should be a `<section>` of the page. Its styles are in `risk-panel.css`. */
export function mountRiskPanel(container: HTMLElement, { collect, withdraw, language = 'zh-CN' }: RiskPanelOptions): RiskPanel {
  let words = RISK_WORDS[language] as (typeof RISK_WORDS)[RiskLanguage];
  let report: RiskReport | undefined;
  let news: 'notYet' | 'collecting' | 'summary' | 'withdrawn' | 'failed' = 'notYet';
  let running: AbortController | undefined;

  const title = element('h2', { id: 'rp-title' });
  const intro = element('p', { className: 'rp-intro' });
  const begin = element('button', { type: 'button', className: 'rp-collect' });
  const end = element('button', { type: 'button', className: 'rp-withdraw', hidden: !withdraw });
  const status = element('p', { className: 'rp-news' });
  status.setAttribute('role', 'status');
  const signalsTitle = element('h3');
  const signalsNote = element('p');
  const signals = element('ul', { className: 'rp-signals' });
  const facts = createFacts();
  const payload = createPayload();
  const whole = createReport();
  const root = element(
    'div',
    { className: 'risk-panel' },
    title,
    intro,
    element('div', { className: 'rp-actions' }, begin, end),
    status,
    element('div', { className: 'rp-found' }, signalsTitle, signalsNote, signals),
    whole.root,
    payload.root,
    facts.root,
  );

  const sayNews = (): string => {
    if (news !== 'summary' || !report) return words[news === 'summary' ? 'notYet' : news];
    if (report.outcome === 'refused' || report.outcome === 'withdrawn') return words[report.outcome];
    const all = Object.values(report.facts);
    const summary = fill(words.summary, { read: all.filter((fact) => fact.status === 'ok').length, all: all.length, ms: report.timings.totalMs, signals: report.signals.length });
    return report.outcome === 'complete' ? summary : `${summary} · ${words.cut}`;
  };

  const draw = (): void => {
    status.textContent = sayNews();
    root.setAttribute('aria-busy', String(news === 'collecting'));
    signals.replaceChildren(...signalItems(report?.signals ?? [], words));
    signalsNote.textContent = report && report.signals.length === 0 ? words.signalsNone : words.signalsNote;
    facts.show(report, words);
    whole.show(report);
    payload.show(report);
  };

  const speak = (): void => {
    root.lang = language;
    title.textContent = words.title;
    intro.textContent = words.intro;
    begin.textContent = words.collect;
    end.textContent = words.withdraw;
    signalsTitle.textContent = words.signalsTitle;
    facts.speak(words);
    whole.speak(words);
    payload.speak(words);
    draw();
  };

  const tell = (what: typeof news, found?: RiskReport): void => {
    news = what;
    report = found;
    draw();
  };

  const run = async (): Promise<void> => {
    running?.abort();
    const own = new AbortController();
    running = own;
    tell('collecting', report);
    try {
      const found = await collect({ ...facts.selection(), signal: own.signal });
      if (running === own) tell('summary', found);
    } catch {
      if (running === own) tell('failed');
    }
  };

  begin.addEventListener('click', () => void run());
  end.addEventListener('click', () => {
    running?.abort();
    running = undefined;
    withdraw?.();
    tell('withdrawn');
  });
  container.setAttribute('aria-labelledby', title.id);
  container.hidden = false;
  container.replaceChildren(root);
  speak();

  return {
    selection: () => facts.selection(),
    collect: run,
    show: (found) => tell('summary', found),
    setLanguage(chosen) {
      language = chosen;
      words = RISK_WORDS[chosen];
      speak();
    },
    destroy() {
      running?.abort();
      running = undefined;
      container.replaceChildren();
    },
  };
}

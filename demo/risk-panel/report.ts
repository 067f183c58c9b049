import type { RiskReport } from '../../src/risk/report.js';
import { element } from '../explorer/element.js';
import type { RiskWords } from './words.js';

/** The report as it goes with the submission. */
export interface ReportView {
  readonly root: HTMLElement;
  speak(words: RiskWords): void;
  show(report: RiskReport | undefined): void;
}

/** Draws the report as JSON, folded: it is long. */
export function createReport(): ReportView {
  const heading = element('h3');
  const note = element('p');
  const summary = element('summary');
  const body = element('pre', { tabIndex: 0 });
  const details = element('details', { hidden: true }, summary, body);
  return {
    root: element('div', { className: 'rp-payload rp-report' }, heading, note, details),
    speak(words) {
      heading.textContent = words.reportTitle;
      note.textContent = words.reportNote;
      summary.textContent = 'JSON';
      // Read out of its place, the word alone says nothing.
      summary.setAttribute('aria-label', `JSON: ${words.reportTitle}`);
      body.setAttribute('aria-label', words.reportTitle);
    },
    show(report) {
      details.hidden = !report;
      body.textContent = report ? JSON.stringify(report, null, 2) : '';
    },
  };
}

import { buildClientPart, type PayloadProfile } from '../../src/risk/payloads/index.js';
import type { RiskReport } from '../../src/risk/report.js';
import { element } from '../explorer/element.js';
import type { RiskWords } from './words.js';

/** What of the report the vendor that is chosen may be asked with. */
export interface PayloadView {
  readonly root: HTMLElement;
  speak(words: RiskWords): void;
  show(report: RiskReport | undefined): void;
}

const PROFILES: Readonly<Record<PayloadProfile, string>> = { 'juhe-antirush': '聚合数据 antiRush', 'tencent-rce': '腾讯云 RCE' };

/** Draws the choice of the vendor. */
export function createPayload(): PayloadView {
  const heading = element('h3');
  const note = element('p');
  const label = element('label', { htmlFor: 'rp-profile' });
  const choice = element('select', { id: 'rp-profile' }, ...Object.entries(PROFILES).map(([value, name]) => element('option', { value, lang: 'zh-CN' }, name)));
  const body = element('pre', { tabIndex: 0 });
  const server = element('p', { className: 'rp-server' });
  let shown: RiskReport | undefined;

  const draw = (): void => {
    if (!shown) {
      body.textContent = '';
      return;
    }
    const payload = buildClientPart(choice.value as PayloadProfile, { report: shown });
    body.textContent = JSON.stringify(payload.ok ? payload.value : payload.errors, null, 2);
  };
  choice.addEventListener('change', draw);

  return {
    root: element('div', { className: 'rp-payload' }, heading, note, element('div', { className: 'rp-line' }, label, choice), body, server),
    speak(words) {
      heading.textContent = words.payloadTitle;
      note.textContent = words.payloadNote;
      label.textContent = words.payloadProfile;
      server.textContent = words.payloadServer;
      body.setAttribute('aria-label', words.payloadTitle);
    },
    show(report) {
      shown = report;
      draw();
    },
  };
}

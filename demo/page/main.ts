/** The demo page: the element as an integrator would place it, a vendor that says what it is told, and what happened. */
import type { FaceVerifyElement } from '../../src/element/index.js';
import './facefront-global.js';
import { createChallengePicker } from './challenge-picker.js';
import { createLog } from './log.js';
import { part } from './part.js';
import { connectRisk } from './risk.js';
import { streamOf } from './sample-person.js';
import { createTraceKeeper } from './trace.js';
import { createVendorCodePanel } from './vendor-code.js';
import { type Language, type Word, WORDS } from './words.js';

Facefront.defineFaceVerify();

const face = part<FaceVerifyElement>('face');
const sample = part<HTMLVideoElement>('sample');
const vendor = createVendorCodePanel();
const challenge = createChallengePicker({ onChange: () => void face.restart() });
const risk = connectRisk(face, part('risk-panel'));
const spoken = part<HTMLInputElement>('spoken');
const log = createLog();
const trace = createTraceKeeper();

function speak(language: Language): void {
  document.documentElement.lang = language;
  document.title = WORDS[language].pageTitle;
  for (const each of document.querySelectorAll<HTMLElement>('[data-word]')) each.textContent = WORDS[language][each.dataset['word'] as Word];
  face.locale = language;
  vendor.draw(language);
  challenge.draw(language);
  risk.setLanguage(language);
  // The element fetches the same file; the browser's cache answers one of the two.
  if (language !== 'zh-CN') Facefront.loadLocale(language, { assetBase: face.assetBase }).then(() => vendor.draw(language), console.error);
}

function useSource(synthetic: boolean): void {
  face.streamProvider = synthetic ? () => streamOf(sample) : undefined;
  part('synthetic').hidden = !synthetic;
  sample.hidden = !synthetic;
  part('use-sample').setAttribute('aria-pressed', String(synthetic));
  part('use-camera').setAttribute('aria-pressed', String(!synthetic));
  void face.restart();
}

for (const radio of document.querySelectorAll<HTMLInputElement>('input[name=language]')) {
  radio.addEventListener('change', () => speak(radio.value as Language));
}
part('use-sample').addEventListener('click', () => useSource(true));
part('use-camera').addEventListener('click', () => useSource(false));
spoken.addEventListener('change', () => (face.spoken = spoken.checked));
face.verifyOptions = { onObservation: trace.add };
face.addEventListener('face-state', ({ detail }) => {
  log.state(detail);
  trace.state(detail);
});
face.addEventListener('face-result', ({ detail }) => log.result(detail));

face.headers = () => ({ ...vendor.headers(), ...challenge.headers() });
// A browser that comes back to the page keeps what was chosen.
face.spoken = spoken.checked;
speak((document.querySelector<HTMLInputElement>('input[name=language]:checked')?.value ?? 'zh-CN') as Language);
void face.start();

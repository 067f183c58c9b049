import { resolveLocale } from '../../codes/core.js';
import { button, html, setAttribute, setText, show } from '../nodes.js';
import type { Scene, View } from '../scene.js';
import { sentenceOf } from '../sentence.js';
import { createActions } from './actions.js';
import { createConsent, type ConsentViewOptions } from './consent.js';
import { createDigits } from './digits.js';
import { createDownload } from './download.js';
import { createFile, type FileViewOptions } from './file.js';
import { createGlow } from './glow.js';
import { createIcon } from './icon.js';
import { createStage, type StageViewOptions } from './stage.js';
import { createUpload } from './upload.js';
import { createWarning, type WarningViewOptions } from './warning.js';

/** What {@link createFrame} needs: what to do when the person has chosen something. */
export interface FrameOptions extends ConsentViewOptions, WarningViewOptions, FileViewOptions, StageViewOptions {
  readonly onCancel: () => void;
  readonly onAction: Parameters<typeof createActions>[0]['onAction'];
}

/** The whole element. */
export interface FrameView extends View {
  readonly video: HTMLVideoElement;
  /** See {@link ConsentView.text}. */
  consentText(): string;
  /** Puts the focus where the scene drawn last is to be read or answered, and brings that into sight. */
  focus(): void;
}

/** Languages that are written from right to left. */
const RIGHT_TO_LEFT = /^(ar|fa|he|ps|sd|ug|ur|yi)\b/;

/**
 * Title and cancel on top, one sentence in one live region that lives as long as the element (a region that is replaced is not
 * read out), and below it what the phase needs.
 */
export function createFrame(options: FrameOptions): FrameView {
  const title = html('span', { class: 'title', part: 'title', id: 'title' });
  const cancel = button({ class: 'cancel', part: 'cancel' }, options.onCancel);
  const icon = createIcon();
  // Assertive: an instruction that waits for the end of the last one comes too late.
  const message = html('h2', { class: 'message', part: 'message', id: 'message', 'aria-live': 'assertive', 'aria-atomic': 'true' });
  const hint = html('p', { class: 'hint', part: 'hint' });
  const consent = createConsent(options);
  const stage = createStage(options);
  const actions = createActions(options);
  const digits = createDigits();
  const file = createFile(options);
  const views: readonly View[] = [consent, stage, createUpload(), createWarning(options), file, actions, createDownload()];
  const element = html(
    'div',
    { class: 'frame', part: 'frame', role: 'group', 'aria-labelledby': 'title', tabindex: '-1' },
    html('div', { class: 'header', part: 'header' }, title, cancel),
    html('div', { class: 'sentence' }, icon.element, digits.element, message, hint, file.reasons),
    ...views.map((view) => view.element),
  );
  const glow = createGlow(element);
  element.prepend(glow.element);
  let phase = 'idle';

  return {
    element,
    video: stage.video,
    consentText: consent.text,
    draw(scene: Scene) {
      const { state } = scene;
      phase = state?.phase ?? 'idle';
      const { icon: picture, message: text, hint: smaller = '' } = sentenceOf(scene);
      const language = resolveLocale(scene.locale);
      setAttribute(element, 'lang', language);
      if (RIGHT_TO_LEFT.test(language)) setAttribute(element, 'dir', 'rtl');
      else element.removeAttribute('dir');
      setAttribute(element, 'data-phase', phase);
      setAttribute(element, 'data-challenge', state?.phase === 'recording' ? state.challenge.type : state?.phase === 'guidance' ? state.challengeType : '');
      setText(title, scene.say('title'));
      setText(cancel, scene.say('cancel'));
      show(cancel, !['idle', 'consent', 'ended'].includes(phase));
      icon.draw(picture);
      setText(message, text);
      // Bytes that go by, and a code to be quoted, are not for reading out.
      setAttribute(hint, 'aria-live', ['converting', 'uploading', 'ended'].includes(phase) ? 'off' : 'polite');
      setText(hint, smaller);
      show(hint, smaller !== '');
      for (const view of [digits, glow, ...views]) view.draw(scene);
      element.toggleAttribute('data-staged', !stage.element.hidden);
    },
    focus() {
      (phase === 'idle' || phase === 'ended' ? actions.primary : element).focus({ preventScroll: true });
      // Down at the button of a long consent text, the first instruction would be above the screen.
      if (element.getBoundingClientRect().top < 0) element.scrollIntoView();
    },
  };
}

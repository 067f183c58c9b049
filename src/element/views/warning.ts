import { button, html, setText, show } from '../nodes.js';
import type { View } from '../scene.js';

/** What {@link createWarning} needs. */
export interface WarningViewOptions {
  readonly onLight: (answer: 'go' | 'other') => void;
}

/** The choice before a screen that changes its colour; the sentence above says why. */
export function createWarning({ onLight }: WarningViewOptions): View {
  const go = button({ class: 'button primary', part: 'button go' }, () => onLight('go'));
  const other = button({ class: 'button', part: 'button other' }, () => onLight('other'));
  const element = html('div', { class: 'buttons', part: 'buttons' }, go, other);
  return {
    element,
    draw({ state, say }) {
      show(element, state?.phase === 'lightWarning');
      setText(go, say('lightGo'));
      setText(other, say('lightOther'));
    },
  };
}

import { part } from './part.js';
import { type Language, type Word, WORDS } from './words.js';

/** What each challenge asks of the person, in words of the page. */
const SAYS: Readonly<Record<string, Word>> = { silent: 'saysSilent', action: 'saysAction', digits: 'saysDigits', light: 'saysLight' };

/** The panel that chooses what the demo's backend asks for. */
export interface ChallengePicker {
  /** For every request to the backend. */
  headers(): Record<string, string>;
  draw(language: Language): void;
}

/** @param options.onChange called when another challenge was chosen */
export function createChallengePicker({ onChange }: { readonly onChange: () => void }): ChallengePicker {
  const buttons = [...part('challenges').querySelectorAll('button')];
  const says = part('challenge-says');
  let chosen = 'silent';
  let language: Language = 'zh-CN';

  function draw(): void {
    for (const button of buttons) button.setAttribute('aria-pressed', String(button.value === chosen));
    const word = SAYS[chosen];
    if (word) says.textContent = WORDS[language][word];
  }

  for (const button of buttons) {
    button.addEventListener('click', () => {
      if (button.value === chosen) return;
      chosen = button.value;
      draw();
      onChange();
    });
  }
  return {
    headers: () => ({ 'x-simulated-challenge': chosen }),
    draw(next) {
      language = next;
      draw();
    },
  };
}

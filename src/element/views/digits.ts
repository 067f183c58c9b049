import { html, setAttribute, show, svg } from '../nodes.js';
import type { View } from '../scene.js';

/** From here on the voice is loud enough; see `DigitsView.level`. */
const LOUD_ENOUGH = 0.5;

/** The digit to read now, on top where the camera of a phone is, and how loud the voice arrives. */
export function createDigits(): View {
  const sign = html('strong', { class: 'digit', part: 'digit', 'aria-atomic': 'true' });
  const bar = html('i');
  const meter = html('span', { class: 'meter', part: 'meter', role: 'meter', 'aria-valuemin': '0', 'aria-valuemax': '100' }, bar);
  const microphone = svg('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true' }, svg('path', { d: 'M12 4a2.5 2.5 0 0 1 2.5 2.5v5a2.5 2.5 0 0 1-5 0v-5A2.5 2.5 0 0 1 12 4M6.5 11.5a5.5 5.5 0 0 0 11 0M12 17v3' }));
  const element = html('div', { class: 'digits', part: 'digits' }, sign, html('span', { class: 'volume' }, microphone, meter));
  return {
    element,
    draw({ state, say, speaksDigits, speaking }) {
      const challenge = state?.phase === 'recording' ? state.challenge : undefined;
      const reading = challenge?.type === 'digits';
      show(element, reading);
      if (!reading) return;
      const { index, level, digit = '' } = challenge;
      // The microphone is closed while the voice says the digit: who sees it at once would read it then.
      const shown = speaking ? '' : digit;
      // A screen reader says it, unless the element's own voice does.
      setAttribute(sign, 'aria-live', speaksDigits ? 'off' : 'assertive');
      // Two that are the same are two: to the eye by the turn, to a screen reader by a new text.
      const turn = String(index & 1);
      if (sign.getAttribute('data-turn') !== turn || sign.textContent !== shown) {
        sign.setAttribute('data-turn', turn);
        sign.textContent = shown;
      }
      const loud = level >= LOUD_ENOUGH;
      setAttribute(meter, 'data-loud', String(loud));
      setAttribute(meter, 'aria-label', say('volume'));
      setAttribute(meter, 'aria-valuenow', String(Math.round(level * 100)));
      setAttribute(meter, 'aria-valuetext', say(loud ? 'volumeGood' : 'volumeLow'));
      bar.style.transform = `scaleX(${level.toFixed(2)})`;
    },
  };
}

import { html, show } from '../nodes.js';
import type { View } from '../scene.js';

/** Of a screen that gives no light: before and after the colours, and while the face is away. */
const PLAIN = 'rgb(11,15,22)';

/**
 * The light of a challenge: fills the whole screen behind the frame's own contents, around the oval too. The colour is a custom
 * property of the frame, since a rule for each would be needed otherwise and style attributes are forbidden.
 */
export function createGlow(frame: HTMLElement): View {
  const element = html('div', { class: 'glow', part: 'glow', 'aria-hidden': 'true' });
  return {
    element,
    draw({ state }) {
      const challenge = state?.phase === 'recording' ? state.challenge : undefined;
      const lit = challenge?.type === 'light';
      show(element, lit);
      frame.toggleAttribute('data-lit', lit);
      if (!lit) {
        frame.style.removeProperty('--glow');
        return;
      }
      const { colour } = challenge;
      frame.style.setProperty('--glow', colour ? `rgb(${colour.r},${colour.g},${colour.b})` : PLAIN);
    },
  };
}

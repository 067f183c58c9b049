import { html, setAttribute, show } from '../nodes.js';
import type { View } from '../scene.js';

/** One dot for each action or digit: those done, the one that is next, and those to come. */
export function createSteps(): View {
  const element = html('div', { class: 'steps', part: 'steps', role: 'img' });
  return {
    element,
    draw({ state, say }) {
      const challenge = state?.phase === 'recording' ? state.challenge : undefined;
      const counted = challenge && (challenge.type === 'action' || challenge.type === 'digits') && challenge.total > 1;
      show(element, counted === true);
      if (!counted) return;
      const { index, total } = challenge;
      if (element.children.length !== total) element.replaceChildren(...Array.from({ length: total }, () => html('span')));
      [...element.children].forEach((step, at) => setAttribute(step, 'data-step', at < index ? 'done' : at === index ? 'now' : 'ahead'));
      setAttribute(element, 'aria-label', `${say('step')} ${Math.min(Math.max(index, 0) + 1, total)} / ${total}`);
    },
  };
}

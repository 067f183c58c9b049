import { button, html, setAttribute, setText, show } from '../nodes.js';
import { type Action, presentResult } from '../outcome.js';
import type { View } from '../scene.js';

/** What can be done before the first start and after the end: one button to recommend, and perhaps another. */
export interface ActionsView extends View {
  readonly primary: HTMLButtonElement;
}

/** @param options.onAction called with what was chosen; `start` before the first start */
export function createActions({ onAction }: { readonly onAction: (action: Action | 'start') => void }): ActionsView {
  let offered: readonly (Action | 'start')[] = [];
  const choose = (index: number) => (): void => {
    const action = offered[index];
    if (action) onAction(action);
  };
  const primary = button({ class: 'button primary' }, choose(0));
  const secondary = button({ class: 'button' }, choose(1));
  const element = html('div', { class: 'buttons', part: 'buttons' }, primary, secondary);
  return {
    element,
    primary,
    draw({ state, say }) {
      offered = state === undefined ? ['start'] : state.phase === 'ended' ? presentResult(state.result).actions : [];
      show(element, offered.length > 0);
      [primary, secondary].forEach((node, index) => {
        const action = offered[index];
        show(node, action !== undefined);
        if (action === undefined) return;
        setAttribute(node, 'part', `button ${action}`);
        setText(node, say(action));
      });
    },
  };
}

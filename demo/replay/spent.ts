import { promptFor } from '../../src/codes/index.js';
import { ENGINE_STATES } from '../../src/liveness/index.js';
import { element } from '../explorer/element.js';
import type { Run } from './run.js';
import { svg } from './svg.js';
import { LOCALE, showSeconds, WORDS, type Language } from './words.js';

const WIDTH = 200;
/** Lines of what stood in the way. */
const MOST_OBSTACLES = 5;

/** Where the time of a run went: its states, and within the guidance what stood in the way. */
export function spentTime({ summary }: Run, language: Language): HTMLElement[] {
  const total = Math.max(1, ...Object.values(summary.stateMs));
  const line = (kind: string, name: string, ms: number): HTMLElement =>
    element(
      'div',
      { className: 'spent-line' },
      element('span', { className: 'spent-name' }, name),
      bar(kind, ms / total),
      element('span', { className: 'value' }, `${showSeconds(ms)} s`),
    );
  return [
    ...ENGINE_STATES.filter((state) => summary.stateMs[state] > 0).map((state) => line(state, WORDS[language].states[state], summary.stateMs[state])),
    ...summary.obstacles.slice(0, MOST_OBSTACLES).map(({ code, ms }) => line('obstacle', `· ${promptFor({ system: 'facefront', table: 'client', code }, LOCALE[language])}`, ms)),
  ];
}

function bar(kind: string, share: number): HTMLElement {
  const drawn = svg('svg', { viewBox: `0 0 ${WIDTH} 10`, preserveAspectRatio: 'none', 'aria-hidden': 'true' }, svg('rect', { class: `band band-${kind}`, x: 0, y: 0, width: Math.max(1.5, share * WIDTH), height: 10 }));
  return element('span', { className: 'spent-bar' }, drawn);
}

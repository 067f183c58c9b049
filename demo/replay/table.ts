import { promptText } from '../../src/codes/index.js';
import type { EngineEvent } from '../../src/liveness/index.js';
import { element } from '../explorer/element.js';
import type { Run } from './run.js';
import { LOCALE, say, showSeconds, WORDS, type Language, type Word } from './words.js';

interface Line {
  readonly start: number;
  readonly end: number;
  readonly kind: Word;
  readonly what: string;
}

/** Everything that the lanes show, as a table. */
export function eventTable(run: Run, language: Language): HTMLTableElement {
  const prompt = (id: Run['instructions'][number]['kind']): string => promptText(`instruction.${id}`, LOCALE[language]);
  const { states, gestures } = WORDS[language];
  const lines: Line[] = [
    ...run.states.map(({ kind, ...span }): Line => ({ ...span, kind: 'kindState', what: states[kind] })),
    ...run.instructions.map(({ kind, ...span }): Line => ({ ...span, kind: 'kindInstruction', what: prompt(kind) })),
    ...run.gestures.map(({ kind, ...span }): Line => ({ ...span, kind: 'kindGesture', what: gestures[kind] })),
    ...run.events.map((event): Line => ({ ...spanOf(event), kind: 'kindEvent', what: describe(event) })),
  ].sort((a, b) => a.start - b.start || b.end - a.end);
  return element(
    'table',
    {},
    element('caption', {}, say(language, 'table')),
    element('thead', {}, element('tr', {}, ...(['tableFrom', 'tableTo', 'tableKind', 'tableWhat'] as const).map((word) => element('th', { scope: 'col' }, say(language, word))))),
    element('tbody', {}, ...lines.map(({ start, end, kind, what }) => element('tr', {}, ...[showSeconds(start), showSeconds(end), say(language, kind), what].map((text) => element('td', {}, text))))),
  );
}

function spanOf(event: EngineEvent): { readonly start: number; readonly end: number } {
  return 'start' in event ? { start: event.start, end: event.end } : { start: event.time, end: event.time };
}

function describe(event: EngineEvent): string {
  switch (event.type) {
    case 'action':
      return `${event.type} ${event.id}`;
    case 'wrongAction':
      return `${event.type} ${event.id} (${event.asked})`;
    case 'shown':
    case 'paused':
      return `${event.type} ${event.index}`;
    case 'interrupted':
    case 'missed':
      return `${event.type} ${event.code}`;
    default:
      return event.type;
  }
}

import { button, html, setText, show } from '../nodes.js';
import type { View } from '../scene.js';

const TOPICS = ['What', 'Device', 'Why', 'Kept', 'Choice'] as const;

/** The integrator's own text, or one by language (BCP 47). Line breaks separate paragraphs. */
export type ConsentText = string | ((locale: string) => string);

/** What {@link createConsent} needs. */
export interface ConsentViewOptions {
  readonly onAgree: () => void;
  readonly onRefuse: () => void;
}

/** The question for consent. */
export interface ConsentView extends View {
  /** The text that is on the screen now, heading first, one paragraph a line, white space of the markup collapsed. */
  text(): string;
}

/** What, why, how long, and the right to refuse; or the integrator's own text, in the slot `consent` or as a string. */
export function createConsent({ onAgree, onRefuse }: ConsentViewOptions): ConsentView {
  const slot = html('slot', { name: 'consent' });
  const agree = button({ class: 'button primary', part: 'button agree' }, onAgree);
  const refuse = button({ class: 'button', part: 'button refuse' }, onRefuse);
  const element = html('div', {}, html('div', { class: 'consent', part: 'consent' }, slot), html('div', { class: 'buttons', part: 'buttons' }, agree, refuse));
  let heading = '';
  let read: { readonly source: ConsentText; readonly locale: string; readonly text: string } | undefined;
  let drawn = '';

  /** A function is asked once for a language: one that answers differently every time must not ask the person anew every time. */
  function customText(source: ConsentText, locale: string): string {
    if (read?.source !== source || read.locale !== locale) {
      read = { source, locale, text: typeof source === 'function' ? source(locale) : source };
    }
    return read.text;
  }

  function fill(lines: readonly (readonly string[])[]): void {
    const next = JSON.stringify(lines);
    if (next === drawn) return;
    drawn = next;
    slot.replaceChildren(
      ...lines.map(([first = '', second]) =>
        second === undefined ? html('p', {}, first) : html('p', {}, html('strong', {}, first), '\n', html('span', {}, second)),
      ),
    );
  }

  return {
    element,
    draw({ state, locale, consentText, asksForDevice, say }) {
      const asking = state?.phase === 'consent';
      show(element, asking);
      if (!asking) return;
      heading = say('consentTitle');
      fill(
        consentText === undefined
          ? TOPICS.filter((topic) => topic !== 'Device' || asksForDevice).map((topic) => [say(`consent${topic}`), say(`consent${topic}Text`)])
          : customText(consentText, locale)
              .split(/\n+/)
              .map((line) => [line.trim()]),
      );
      setText(agree, say('agree'));
      setText(refuse, say('refuse'));
    },
    text() {
      const own = slot.assignedNodes({ flatten: true });
      const shown = (own.length ? own : [...slot.childNodes]).map((node) => node.textContent ?? '').join('\n');
      return `${heading}\n${shown}`
        .split('\n')
        .map((line) => line.replace(/\s+/g, ' ').trim())
        .filter(Boolean)
        .join('\n');
    },
  };
}

import { ACTION_IDS, type ActionId, type LivenessChallenge, type ProfileName } from '../../src/liveness/index.js';
import { promptText } from '../../src/codes/index.js';
import { element } from '../explorer/element.js';
import { part } from '../page/part.js';
import type { RunOptions } from './run.js';
import { LOCALE, type Language } from './words.js';

/** Colours of a light challenge that is only replayed: their times matter, not their looks. */
const COLOURS = [{ r: 255, g: 0, b: 0, ms: 400 }, { r: 255, g: 255, b: 255, ms: 400 }, { r: 0, g: 0, b: 255, ms: 400 }, { r: 0, g: 255, b: 0, ms: 400 }] as const;

/** What the form says. */
export interface FormChoice extends RunOptions {
  /** Where in the trace the run begins, milliseconds. */
  readonly from: number;
}

/** Parts of the page that choose what a trace is run with. */
export interface ChallengeForm {
  read(): FormChoice;
  draw(language: Language): void;
}

/** @param onChange called after every change */
export function createChallengeForm(onChange: () => void): ChallengeForm {
  const type = part<HTMLSelectElement>('challenge');
  const actions = part('actions');
  const from = part<HTMLInputElement>('from');
  const deadline = part<HTMLInputElement>('deadline');
  const digits = part<HTMLInputElement>('digits');
  const profile = part<HTMLSelectElement>('profile');
  let sequence: ActionId[] = ['blink'];
  let language: Language = 'en';

  function drawSequence(): void {
    const name = (id: ActionId): string => promptText(`instruction.${id}`, LOCALE[language]);
    part('sequence').replaceChildren(
      ...sequence.map((id, index) => {
        const remove = element('button', { type: 'button', className: 'chip', aria: { label: `× ${name(id)}` } }, `${index + 1}. ${name(id)} ×`);
        remove.addEventListener('click', () => {
          sequence = sequence.filter((_, other) => other !== index);
          if (sequence.length === 0) sequence = ['blink'];
          change();
          part('sequence').querySelectorAll('button')[Math.min(index, sequence.length - 1)]?.focus();
        });
        return element('li', {}, remove);
      }),
    );
    const add = part<HTMLSelectElement>('add-action');
    add.replaceChildren(element('option', { value: '' }, '+'), ...ACTION_IDS.map((id) => element('option', { value: id }, name(id))));
    add.disabled = sequence.length >= 8;
  }

  function drawFields(): void {
    actions.hidden = type.value !== 'action';
    part('digits-field').hidden = type.value !== 'digits';
    drawSequence();
  }

  function change(): void {
    drawFields();
    onChange();
  }

  for (const field of [type, from, deadline, digits, profile]) field.addEventListener('change', change);
  part<HTMLSelectElement>('add-action').addEventListener('change', (event) => {
    const { value } = event.target as HTMLSelectElement;
    if (!value) return;
    sequence = [...sequence, value as ActionId];
    change();
  });

  function challenge(): LivenessChallenge {
    const minimumMs = 2000;
    switch (type.value) {
      case 'action':
        return { type: 'action', actions: sequence, deadlineMs: deadline.valueAsNumber * 1000, minimumMs };
      case 'digits':
        return { type: 'digits', digits: digits.value, minimumMs };
      case 'light':
        return { type: 'light', colours: COLOURS, minimumMs };
      default:
        return { type: 'silent', minimumMs };
    }
  }

  return {
    read: () => ({ challenge: challenge(), from: Math.max(0, (from.valueAsNumber || 0) * 1000), ...(profile.value && { profile: profile.value as ProfileName }) }),
    draw(next) {
      language = next;
      drawFields();
    },
  };
}

import { ACTION_IDS, type ActionId, type EngineOptions, type LivenessChallenge, type ProfileName } from '../../src/liveness/index.js';
import { promptText } from '../../src/codes/index.js';
import { element } from '../explorer/element.js';
import { part } from '../page/part.js';
import { ASKED_OF_NONE, fieldsOf, optionsOf, withoutField } from './asked.js';
import type { RunOptions } from './run.js';
import { LOCALE, say, type Language } from './words.js';

/** What the form says. */
export interface FormChoice {
  readonly options: RunOptions;
  /** Where in the trace the run begins, milliseconds. */
  readonly from: number;
}

/** Parts of the page that choose what a trace is run with. */
export interface ChallengeForm {
  read(): FormChoice;
  /** Takes over what a trace says was asked for; where it says nothing, what the form says stays. */
  fill(asked: EngineOptions | undefined): void;
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
  const retries = part<HTMLInputElement>('retries');
  let sequence: readonly ActionId[] = ASKED_OF_NONE.actions;
  let trace: EngineOptions | undefined;
  let language: Language = 'en';

  function drawSequence(): void {
    const name = (id: ActionId): string => promptText(`instruction.${id}`, LOCALE[language]);
    part('sequence').replaceChildren(
      ...sequence.map((id, index) => {
        const remove = element('button', { type: 'button', className: 'chip', aria: { label: `× ${name(id)}` } }, `${index + 1}. ${name(id)} ×`);
        remove.addEventListener('click', () => {
          sequence = sequence.filter((_, other) => other !== index);
          if (sequence.length === 0) sequence = ASKED_OF_NONE.actions;
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
    part('asked').textContent = trace ? say(language, 'askedInTrace', { options: withoutField(trace) }) : say(language, 'askedNowhere');
    drawSequence();
  }

  function change(): void {
    drawFields();
    onChange();
  }

  for (const field of [type, from, deadline, digits, profile, retries]) field.addEventListener('change', change);
  part<HTMLSelectElement>('add-action').addEventListener('change', (event) => {
    const { value } = event.target as HTMLSelectElement;
    if (!value) return;
    sequence = [...sequence, value as ActionId];
    change();
  });

  return {
    read: () => ({
      from: Math.max(0, (from.valueAsNumber || 0) * 1000),
      options: optionsOf(
        {
          type: type.value as LivenessChallenge['type'],
          actions: sequence,
          deadlineMs: deadline.valueAsNumber * 1000,
          digits: digits.value,
          profile: (profile.value || undefined) as ProfileName | undefined,
          retries: retries.valueAsNumber,
        },
        trace,
      ),
    }),
    fill(asked) {
      trace = asked;
      if (asked) {
        const fields = fieldsOf(asked);
        type.value = fields.type;
        sequence = fields.actions;
        deadline.value = String(fields.deadlineMs / 1000);
        digits.value = fields.digits;
        profile.value = fields.profile ?? '';
        retries.value = String(fields.retries);
      }
      drawFields();
    },
    draw(next) {
      language = next;
      drawFields();
    },
  };
}

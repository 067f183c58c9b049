import en from '../codes/prompts/en.js';
import { addLocale } from '../codes/core.js';
import type { Instruction } from '../liveness/index.js';
import { defineFaceVerify } from './define.js';
import type { FaceVerifyElement } from './face-verify-element.js';
import { scriptedFlow, type ScriptedRun } from './scripted-flow.fixture.js';
import enWords from './words/en.js';
import { vocabulary } from './vocabulary.js';

export const OVAL = { x: 0.3, y: 0.1, width: 0.4, height: 0.8 };

export const instruction = (id: Instruction['id']): Instruction => ({ id, metric: 'faces', value: 0, threshold: 1, distance: 1 });

/** Lets promises that are ready go on. */
export const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** An element in the document over a scripted flow, and what a person sees and does in it. */
export interface MountedElement {
  readonly element: FaceVerifyElement;
  readonly runs: readonly ScriptedRun[];
  lastRun(): ScriptedRun;
  inside<Found extends Element = HTMLElement>(selector: string): Found;
  /** Part of a control, message or view. */
  part(name: string): HTMLElement;
  /** What can be seen and pressed, by part. */
  offered(): string[];
  message(): string;
  agree(): Promise<void>;
}

/** Defines the element, with English at hand, and puts one into the document. */
export function mountElement(): MountedElement {
  defineFaceVerify();
  vocabulary.add('en', enWords);
  addLocale(en);
  const { runs, verify } = scriptedFlow();
  const element = document.createElement('face-verify');
  element.setAttribute('endpoint', '/api/face');
  element.setAttribute('asset-base', '/');
  element.verify = verify;
  document.body.append(element);

  const inside: MountedElement['inside'] = <Found extends Element = HTMLElement>(selector: string): Found => {
    const found = element.shadowRoot?.querySelector<Found>(selector);
    if (!found) throw new Error(`no ${selector} in the element`);
    return found;
  };
  const part = (name: string): HTMLElement => inside(`[part~=${name}]`);
  return {
    element,
    runs,
    inside,
    part,
    lastRun() {
      const run = runs.at(-1);
      if (!run) throw new Error('the flow was not begun');
      return run;
    },
    offered: () =>
      [...(element.shadowRoot?.querySelectorAll<HTMLElement>('button') ?? [])]
        .filter((button) => !button.closest('[hidden]'))
        .map((button) => button.getAttribute('part')?.replace('button ', '') ?? ''),
    message: () => part('message').textContent ?? '',
    async agree() {
      part('agree').click();
      await settle();
    },
  };
}

import { SYSTEM_CAMERA_INPUT } from '../../capture/system-camera-input.js';
import { html, setText, show } from '../nodes.js';
import type { View } from '../scene.js';
import { reasonsOf } from '../sentence.js';

/** What {@link createFile} needs. */
export interface FileViewOptions {
  readonly onFile: (file: File) => void;
}

/** Asks for a file from the phone's own camera. */
export interface FileView extends View {
  /** What is wrong with the last one; belongs below the sentence. */
  readonly reasons: HTMLElement;
}

/** The input itself lies over the button's words: in-app browsers have been seen to ignore a click that a script makes. */
export function createFile({ onFile }: FileViewOptions): FileView {
  const input = html('input', { ...SYSTEM_CAMERA_INPUT, part: 'file', 'aria-describedby': 'reasons' });
  const text = html('span');
  // The role is what Safari takes from a list without bullets.
  const reasons = html('ul', { class: 'reasons', part: 'reasons', id: 'reasons', role: 'list', 'aria-live': 'polite' });
  const element = html('div', { class: 'buttons', part: 'buttons' }, html('label', { class: 'button primary open', part: 'button open' }, input, text));
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    // The same one again is a change again.
    input.value = '';
    if (file) onFile(file);
  });
  let told = '';
  return {
    element,
    reasons,
    draw(scene) {
      const { state, say } = scene;
      const asking = state?.phase === 'systemCamera' && state.checking === undefined;
      const sentences = asking ? reasonsOf(scene) : [];
      show(element, asking);
      show(reasons, sentences.length > 0);
      setText(text, say(sentences.length > 0 ? 'fileAgain' : 'fileOpen'));
      if (told === sentences.join('\n')) return;
      told = sentences.join('\n');
      reasons.replaceChildren(...sentences.map((sentence) => html('li', {}, sentence)));
    },
  };
}

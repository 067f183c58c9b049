import type { InstructionId, NormalizedBox } from '../../liveness/index.js';
import { button, html, setAttribute, setText, show, svg } from '../nodes.js';
import type { View } from '../scene.js';
import { FACE } from './icon.js';
import { createOval } from './oval.js';

/** Phases in which the camera is about to be on, or is. */
const STAGED: readonly string[] = ['preflight', 'session', 'camera', 'tap', 'loading', 'guidance', 'recording', 'paused'];

/** Instructions that correct nothing: what is asked for next while all is well. */
const WELL: readonly InstructionId[] = ['holdStill', 'blink', 'openMouth', 'nod', 'turnLeft', 'turnRight', 'readDigits'];

/** The camera: mirrored preview, oval with its ring, recording light. */
export interface StageView extends View {
  /** Stays the same element for the life of the view. */
  readonly video: HTMLVideoElement;
}

/** @param options.onTap the tap that some in-app browsers want before they play the preview */
export function createStage({ onTap }: { readonly onTap: () => void }): StageView {
  const video = html('video', { part: 'video', playsinline: '', 'webkit-playsinline': '', 'x5-playsinline': '', disablepictureinpicture: '' });
  video.muted = true;
  const oval = createOval();
  // Where the face will be, until there is a picture.
  const ghost = svg('svg', { class: 'ghost', viewBox: '0 0 64 64', 'aria-hidden': 'true' }, svg('path', { d: FACE }));
  const light = html('span', { class: 'light', part: 'recording' });
  const arrow = svg('svg', { class: 'arrow', viewBox: '0 0 24 24', 'aria-hidden': 'true' }, svg('path', { d: 'M14.5 5l-7 7 7 7' }));
  const tap = button({ class: 'tap', part: 'button tap' }, onTap);
  const tapText = html('span');
  tap.append(tapText);
  const element = html('div', { class: 'stage', part: 'stage' }, video, oval.element, ghost, arrow, light, tap);

  let lastOval: NormalizedBox | undefined;
  return {
    element,
    video,
    draw({ state, say }) {
      const staged = state !== undefined && STAGED.includes(state.phase);
      show(element, staged);
      if (!staged) return;
      const { phase } = state;
      if (phase === 'preflight') lastOval = undefined;
      if ('oval' in state) lastOval = state.oval;
      const guiding = phase === 'guidance' || phase === 'recording';
      const instruction = guiding ? state.instruction.id : undefined;
      setAttribute(element, 'data-phase', phase);
      setAttribute(element, 'data-instruction', instruction ?? '');
      setAttribute(element, 'data-tone', instruction === undefined ? 'neutral' : WELL.includes(instruction) ? 'good' : 'attention');
      setAttribute(video, 'aria-label', say('preview'));
      oval.draw(video, lastOval, guiding ? state.progress : 0);
      show(light, phase === 'recording');
      setText(light, say('recording'));
      show(tap, phase === 'tap');
      setText(tapText, say('tap'));
    },
  };
}

import type { InstructionId, NormalizedBox } from '../../liveness/index.js';
import { button, html, setAttribute, setText, show, svg } from '../nodes.js';
import type { View } from '../scene.js';
import { type CamerasViewOptions, createCameras } from './cameras.js';
import { FACE } from './icon.js';
import { createGesture } from './gesture.js';
import { createOval } from './oval.js';
import { createSteps } from './steps.js';

/** Phases in which the camera is about to be on, or is. */
const STAGED: readonly string[] = ['preflight', 'session', 'camera', 'microphone', 'tap', 'loading', 'guidance', 'recording', 'reacquiring', 'paused'];

/** Instructions that correct nothing: what is asked for next while all is well. */
const WELL: readonly InstructionId[] = ['holdStill', 'blink', 'openMouth', 'nod', 'turnLeft', 'turnRight', 'readDigits'];

/** The camera: mirrored preview, oval with its ring, recording light, what to do and how much of it is done. */
export interface StageView extends View {
  /** Stays the same element for the life of the view. */
  readonly video: HTMLVideoElement;
}

/** What {@link createStage} needs. */
export interface StageViewOptions extends CamerasViewOptions {
  /** The tap that some in-app browsers want before they play the preview. */
  readonly onTap: () => void;
}

/** Makes the stage. */
export function createStage({ onTap, onCamera }: StageViewOptions): StageView {
  const video = html('video', { part: 'video', playsinline: '', 'webkit-playsinline': '', 'x5-playsinline': '', disablepictureinpicture: '' });
  video.muted = true;
  const oval = createOval();
  // Where the face will be, until there is a picture.
  const ghost = svg('svg', { class: 'ghost', viewBox: '0 0 64 64', 'aria-hidden': 'true' }, svg('path', { d: FACE }));
  const recording = html('span', { class: 'recording', part: 'recording' });
  const steps = createSteps();
  const cameras = createCameras({ onCamera });
  const arrow = svg('svg', { class: 'arrow', viewBox: '0 0 24 24', 'aria-hidden': 'true' }, svg('path', { d: 'M14.5 5l-7 7 7 7' }));
  const tap = button({ class: 'tap', part: 'button tap' }, onTap);
  const tapText = html('span');
  tap.append(tapText);
  const element = html('div', { class: 'stage', part: 'stage' }, video, oval.element, ghost, arrow, createGesture(), recording, steps.element, cameras.element, tap);

  let lastOval: NormalizedBox | undefined;
  return {
    element,
    video,
    draw(scene) {
      const { state, say } = scene;
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
      show(recording, phase === 'recording');
      setText(recording, say('recording'));
      steps.draw(scene);
      cameras.draw(scene);
      show(tap, phase === 'tap');
      setText(tapText, say('tap'));
    },
  };
}

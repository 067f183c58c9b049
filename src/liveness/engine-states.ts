import type { ClientCode } from '../codes/client-codes.js';

/**
 * `guiding`: not yet good. `ready`: good, waiting for the recorder. `capturing`: recorded and tracked. `suspended`: the page
 * is hidden, or the camera has gone. `failed` is final, and so is `done` once the recorder is known to have recorded.
 */
export const ENGINE_STATES = ['guiding', 'ready', 'capturing', 'suspended', 'done', 'failed'] as const;

/** See {@link ENGINE_STATES}. */
export type EngineState = (typeof ENGINE_STATES)[number];

/**
 * What can happen: `steady` (good for long enough), `finished` (the challenge is complete), `missed` (it cannot be met any more: an
 * action that did not come in its time, digits that nobody heard; a new try is allowed), `lost` (the face left, a new try is allowed),
 * `exhausted` (the challenge was missed or the face left once too often), `deadline`, and what the flow notifies.
 */
export const ENGINE_INPUTS = [
  'steady',
  'finished',
  'missed',
  'lost',
  'exhausted',
  'deadline',
  'recordingStarted',
  'recordingFailed',
  'recordingBroken',
  'suspend',
  'resume',
] as const;

/** See {@link ENGINE_INPUTS}. */
export type EngineInput = (typeof ENGINE_INPUTS)[number];

/**
 * State × input → next state; what is not listed changes nothing. A recording is only of use on the path
 * `ready → capturing → done`: in `guiding` and `suspended` late news of an abandoned recorder means nothing. A recorder that
 * starts in `capturing` begins the recording anew, and the challenge with it; so does one in `done`, where the recorder before it
 * has proved to give nothing only after the challenge was over. One that breaks, or fails when it is stopped, is followed by another.
 */
export const TRANSITIONS: { readonly [State in EngineState]: { readonly [Input in EngineInput]?: EngineState } } = {
  guiding: { steady: 'ready', deadline: 'failed', suspend: 'suspended' },
  ready: { recordingStarted: 'capturing', recordingFailed: 'failed', deadline: 'failed', suspend: 'suspended' },
  capturing: { recordingStarted: 'capturing', finished: 'done', missed: 'guiding', lost: 'guiding', exhausted: 'failed', recordingFailed: 'failed', recordingBroken: 'guiding', deadline: 'failed', suspend: 'suspended' },
  suspended: { resume: 'guiding', deadline: 'failed' },
  done: { recordingStarted: 'capturing', recordingFailed: 'failed', recordingBroken: 'guiding' },
  failed: {},
};

/** The code of a run that ends in a state by its deadline; in `guiding` what stood in the way most of the time says more, and in `suspended` the reason that was given. */
export const DEADLINE_CODES: { readonly [State in EngineState]?: ClientCode } = {
  guiding: 'guidance-timeout',
  ready: 'recorder-failed',
  capturing: 'face-lost',
  suspended: 'page-hidden',
};

import type { PromptOverrides } from '../codes/core.js';
import type { CameraControl, FlowState } from '../flow/index.js';
import type { ConsentText } from './views/consent.js';
import type { Speak } from './vocabulary.js';

/** Everything a view needs to draw itself. Drawing the same scene twice changes nothing. */
export interface Scene {
  /** Absent before the first start and after a result was closed. */
  readonly state: FlowState | undefined;
  /** BCP 47, for the sentences of `codes`. */
  readonly locale: string;
  readonly prompts: PromptOverrides | undefined;
  /** The integrator's own consent text. */
  readonly consentText: ConsentText | undefined;
  /** Whether the built-in consent text has to speak of device facts. */
  readonly asksForDevice: boolean;
  /** Whether the element's own voice says the digits that are to be read. */
  readonly speaksDigits: boolean;
  /** Whether that voice is speaking just now. */
  readonly speaking?: boolean;
  /** The camera in use and the others; absent while none is open. */
  readonly cameras: CameraControl | undefined;
  readonly say: Speak;
}

/** One part of the element. */
export interface View {
  readonly element: HTMLElement;
  /** Shows what belongs to the scene, and hides the element where nothing does. */
  draw(scene: Scene): void;
}

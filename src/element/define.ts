import type { FlowState, VerifyResult } from '../flow/index.js';
import { FaceVerifyElement } from './face-verify-element.js';

/**
 * Makes `<face-verify>` known to the page. Calling it again with the same name does nothing, also when another copy of the
 * package was there first.
 *
 * @param name with a hyphen. A second name gets a class of its own, since a class can have one name only.
 */
export function defineFaceVerify(name = 'face-verify'): void {
  if (customElements.get(name)) return;
  try {
    customElements.define(name, FaceVerifyElement);
  } catch (error) {
    // A class that has a name already; a bad name is a SyntaxError.
    if (!(error instanceof DOMException) || error.name !== 'NotSupportedError') throw error;
    customElements.define(name, class extends FaceVerifyElement {});
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'face-verify': FaceVerifyElement;
  }
  interface GlobalEventHandlersEventMap {
    'face-state': CustomEvent<FlowState>;
    'face-result': CustomEvent<VerifyResult>;
    'face-close': CustomEvent<undefined>;
  }
}

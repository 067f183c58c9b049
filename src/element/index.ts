/** `facefront/element`: the view over the headless flow. Nothing is defined on import; see {@link defineFaceVerify}. */
export { defineFaceVerify } from './define.js';
export { FaceVerifyElement } from './face-verify-element.js';
export type { ExtraVerifyOptions } from './face-verify-element.js';
export type { ConsentText } from './views/consent.js';
export { addWords } from './vocabulary.js';
export type { WordId, Words } from './vocabulary.js';

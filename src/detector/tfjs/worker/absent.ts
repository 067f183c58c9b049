/**
 * Stands where a dependency imports code that never runs here: MediaPipe's own runtime, and tfjs's threaded wasm, which
 * needs blob workers. `rollup.config.mjs` says which imports. Calling it is a bug, so it says so.
 */
export default function absent(): never {
  throw new Error('this build of the detector has no such part');
}

/** See {@link absent}. The names that the dependencies import. */
export { absent as FaceDetection, absent as FaceMesh };

/** See {@link absent}. */
export const wasmWorkerContents = '';

import { html, show } from '../nodes.js';
import type { Scene, View } from '../scene.js';

/** How much of a file has been looked at, of the evidence has been made into what the backend takes, or has arrived there; it stays full while the verdict is awaited. */
export function createUpload(): View {
  const bar = html('progress', { 'aria-labelledby': 'message' });
  const element = html('div', { class: 'upload', part: 'upload' }, bar);
  return {
    element,
    draw({ state }) {
      const done = doneOf(state);
      show(element, done !== undefined);
      bar.value = done ?? 0;
    },
  };
}

/** 0–1; `undefined` where there is nothing to wait for. */
function doneOf(state: Scene['state']): number | undefined {
  switch (state?.phase) {
    case 'systemCamera':
      return state.checking;
    case 'converting':
      return state.progress;
    case 'uploading':
      return state.sentBytes / Math.max(1, state.totalBytes);
    case 'verdict':
      return 1;
    default:
      return undefined;
  }
}

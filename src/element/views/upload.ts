import { html, show } from '../nodes.js';
import type { View } from '../scene.js';

/** How much of the evidence has been made into what the backend takes, or has arrived there; it stays full while the verdict is awaited. */
export function createUpload(): View {
  const bar = html('progress', { 'aria-labelledby': 'message' });
  const element = html('div', { class: 'upload', part: 'upload' }, bar);
  return {
    element,
    draw({ state }) {
      const phase = state?.phase;
      show(element, phase === 'converting' || phase === 'uploading' || phase === 'verdict');
      bar.max = state?.phase === 'uploading' ? Math.max(1, state.totalBytes) : 1;
      bar.value = state?.phase === 'converting' ? state.progress : state?.phase === 'uploading' ? state.sentBytes : 1;
    },
  };
}

import { html, show } from '../nodes.js';
import type { View } from '../scene.js';

/** How much of the evidence has arrived at the backend; it stays full while the verdict is awaited. */
export function createUpload(): View {
  const bar = html('progress', { 'aria-labelledby': 'message' });
  const element = html('div', { class: 'upload', part: 'upload' }, bar);
  return {
    element,
    draw({ state }) {
      const uploading = state?.phase === 'uploading';
      show(element, uploading || state?.phase === 'verdict');
      bar.max = uploading ? Math.max(1, state.totalBytes) : 1;
      bar.value = uploading ? state.sentBytes : 1;
    },
  };
}

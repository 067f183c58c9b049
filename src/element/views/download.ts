import { html, setText, show } from '../nodes.js';
import type { View } from '../scene.js';

/** Phases in which the detector is still needed. */
const NEEDED: readonly string[] = ['consent', 'preflight', 'session', 'lightWarning', 'camera', 'microphone', 'systemCamera', 'tap', 'loading', 'guidance', 'recording', 'reacquiring', 'paused'];

/** How much of the detector has arrived, until all of it has. */
export function createDownload(): View {
  const label = html('span', { id: 'download' });
  const bar = html('progress', { 'aria-labelledby': 'download' });
  const element = html('div', { class: 'download', part: 'download' }, bar, label);
  return {
    element,
    draw({ state, say }) {
      const { stage, progress } = state?.detector ?? {};
      const needed = state !== undefined && NEEDED.includes(state.phase) && stage !== 'mesh' && progress !== undefined;
      show(element, needed);
      if (!needed) return;
      const percent = Math.floor((100 * progress.loadedBytes) / progress.totalBytes) || 0;
      bar.max = 100;
      bar.value = percent;
      setText(label, `${say('download')} ${percent}%`);
    },
  };
}

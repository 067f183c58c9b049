import type { CameraControl } from '../../flow/index.js';
import { html, setAttribute, show, svg } from '../nodes.js';
import type { View } from '../scene.js';
import type { Speak } from '../vocabulary.js';

/** What {@link createCameras} needs. */
export interface CamerasViewOptions {
  readonly onCamera: (deviceId: string) => void;
}

/** Android's names, which are no words, and the numbers that Chrome writes behind those of USB cameras. */
const NO_NAME = /^camera2? \d+/;
const USB_NUMBERS = /\s*\([\da-f]{4}:[\da-f]{4}\)$/i;

/**
 * Where there are several cameras: the system's own menu of them, under a small button in the picture's corner. Not while the
 * challenge is on, when a change would begin it anew.
 */
export function createCameras({ onCamera }: CamerasViewOptions): View {
  const select = html('select', { part: 'camera' });
  const turn = svg('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true' }, svg('path', { d: 'M9 6.5l1-2h4l1 2h3.5a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2v-9a2 2 0 0 1 2-2zM8.5 12.5a3.5 3.5 0 0 1 6.5-1.5v-1.5m.5 3.5a3.5 3.5 0 0 1-6.5 1.5v1.5' }));
  const element = html('div', { class: 'cameras', part: 'cameras' }, turn, select);
  select.addEventListener('change', () => onCamera(select.value));
  let listed = '';
  return {
    element,
    draw({ state, cameras, say }) {
      const offered = cameras !== undefined && cameras.cameras.length > 1 && (state?.phase === 'guidance' || state?.phase === 'loading');
      show(element, offered);
      if (!offered) return;
      setAttribute(select, 'aria-label', say('switchCamera'));
      const names = namesOf(cameras, say);
      if (listed !== JSON.stringify(names)) {
        listed = JSON.stringify(names);
        select.replaceChildren(...names.map(([value, name]) => html('option', { value }, name)));
      }
      const { deviceId = '' } = cameras;
      if (select.value !== deviceId) select.value = deviceId;
    },
  };
}

/** Ids with names to read, each of them once. */
function namesOf({ cameras }: CameraControl, say: Speak): readonly (readonly [deviceId: string, name: string])[] {
  const seen = new Map<string, number>();
  return cameras.map(({ deviceId, label, facing }) => {
    const name = label && !NO_NAME.test(label) ? label.replace(USB_NUMBERS, '') : say(facing === 'front' ? 'cameraFront' : facing === 'back' ? 'cameraBack' : 'camera');
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return [deviceId, count > 1 ? `${name} ${count}` : name];
  });
}

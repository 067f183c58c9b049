import type { FaceVerifyElement } from '../../src/element/index.js';
import type { RiskContext } from '../../src/index.js';
import { type CameraUnderTest, collectRisk, onWithdrawal, withdraw } from '../../src/risk/index.js';
import { mountRiskPanel, type RiskPanel } from '../risk-panel/index.js';

/** See `demo/withdrawals.ts`, which is not for pages to import. */
const WITHDRAWAL_PATH = '/withdrawals';

/** The downloads count, and the detector's stand beside them; with a camera there is half a second of frames to look at besides. */
const DEADLINE_MS = 5000;

/** A stream of the page's own was not asked of the browser, and no phone blinks when a clone of it is asked for another size. */
function underTest(camera: RiskContext['camera']): CameraUnderTest | undefined {
  return camera && camera.requested === undefined ? { ...camera, probe: 'clone' } : camera;
}

/**
 * Has the element collect the risk report that the panel's switches ask for, which goes with the submission, and shows it in the panel. The panel's own button
 * collects under the consent that was given to the element last; without one, nothing.
 */
export function connectRisk(face: FaceVerifyElement, container: HTMLElement): RiskPanel {
  let context: RiskContext | undefined;
  const forget = (): void => void (context = undefined);
  face.addEventListener('face-result', ({ detail }) => {
    if (detail.status === 'cancelled') forget();
  });
  const panel = mountRiskPanel(container, {
    collect(selection) {
      const camera = context?.camera?.track.readyState === 'live' ? underTest(context.camera) : undefined;
      return collectRisk({ consent: context?.consent ?? { granted: false }, deadlineMs: DEADLINE_MS, ...selection, camera });
    },
    withdraw() {
      forget();
      face.forgetConsent();
      withdraw();
    },
  });
  // The SDK sends nothing by itself: what the server holds of this browser is deleted because the page says so.
  onWithdrawal((event) => {
    if (event.installation !== undefined) fetch(WITHDRAWAL_PATH, { method: 'POST', keepalive: true, headers: { 'content-type': 'application/json' }, body: JSON.stringify(event) }).catch(console.error);
  });
  face.collectRisk = async (given) => {
    context = given;
    const report = await collectRisk({ ...given, camera: underTest(given.camera), ...panel.selection(), deadlineMs: DEADLINE_MS });
    panel.show(report);
    return report;
  };
  return panel;
}

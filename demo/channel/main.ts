/** The demo of the channels that lead through a vendor's page: the server chooses, the page is left, and goes on when it opens again. */
import type { FaceVerifyElement } from '../../src/element/index.js';
import '../page/facefront-global.js';
import { part } from '../page/part.js';
import './facefront-channels-global.js';

Facefront.defineFaceVerify();

const face = part<FaceVerifyElement>('face');
// The simulated vendors are on loopback.
const options = { allowLoopbackHttp: true };
const { createDetectAuthH5Channel, createEidH5Channel, createKycH5Channel } = FacefrontChannels;
face.verifyOptions = { channels: [createKycH5Channel(options), createDetectAuthH5Channel(options), createEidH5Channel(options)] };
face.headers = () => ({ 'x-simulated-channel': document.querySelector<HTMLInputElement>('input[name=channel]:checked')?.value ?? 'capture' });

const phases = part('phases');
face.addEventListener('face-state', ({ detail }) => {
  const line = `${detail.phase}${'code' in detail && detail.code ? ` ${detail.code.system}/${detail.code.code}` : ''}`;
  if (phases.lastElementChild?.textContent === line) return;
  phases.append(Object.assign(document.createElement('li'), { textContent: line }));
});
face.addEventListener('face-result', ({ detail }) => (part('result').textContent = JSON.stringify(detail, null, 2)));
void face.start();

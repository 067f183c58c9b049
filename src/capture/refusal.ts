import type { ClientCode } from '../codes/client-codes.js';
import type { MediaPlatform, PolicyFeature } from '../platform/port.js';
import { unsupportedCode } from './requirements.js';
import { type CaptureFailure, describeError, failure } from './result.js';

const CODE_OF_ERROR: { readonly [Device in PolicyFeature]: Readonly<Record<string, ClientCode>> } = {
  camera: {
    NotAllowedError: 'camera-denied',
    NotFoundError: 'camera-absent',
    NotReadableError: 'camera-in-use',
    OverconstrainedError: 'camera-overconstrained',
  },
  microphone: {
    NotAllowedError: 'microphone-denied',
    NotFoundError: 'microphone-absent',
  },
};


/** What `getUserMedia` meant by rejecting, as a code. */
export function describeRefusal(error: unknown, device: PolicyFeature, platform: Pick<MediaPlatform, 'isFramed' | 'allowsFeature' | 'userAgent'>): CaptureFailure {
  const said = describeError(error);
  const name = said.split(':', 1)[0] ?? '';
  // Firefox's "AbortError: Starting videoinput failed" is a camera that another program holds.
  const held = /AbortError: Starting video/.test(said) ? 'camera-in-use' : undefined;
  // Chromium inside an app that gave it nothing to ask the person with says that it does not support it.
  const either = name === 'SecurityError' ? 'permissions-policy' : name === 'NotSupportedError' ? unsupportedCode(platform) : undefined;
  const code = held ?? CODE_OF_ERROR[device][name] ?? either ?? `${device}-failed`;
  // Firefox and Safari cannot be asked about the policy; there a missing `allow` looks like a refusal.
  const framed = code === `${device}-denied` && platform.isFramed() && platform.allowsFeature(device) === undefined;
  return failure(code, framed ? `${said} (in an iframe: is allow="${device}" set?)` : said);
}

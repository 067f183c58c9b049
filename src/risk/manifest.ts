import { STORE_KEY } from '../platform/web-risk.js';
import type { FactAbout, FactGroup } from './fact.js';
import { about as automation } from './facts/automation.js';
import { about as cameraCapabilities } from './facts/capture/capabilities.js';
import { about as cameraDevice } from './facts/capture/device.js';
import { about as cameraFrames } from './facts/capture/frames.js';
import { about as motion } from './facts/capture/motion.js';
import { about as cameraResponse } from './facts/capture/response.js';
import { about as cameraSettings } from './facts/capture/settings.js';
import { about as clientHints } from './facts/client-hints.js';
import { about as cookieHash } from './facts/cookie-hash.js';
import { about as deviceToken } from './facts/device-token.js';
import { about as emulatorHints } from './facts/emulator-hints.js';
import { about as fingerprint } from './facts/fingerprint.js';
import { about as gpu } from './facts/gpu.js';
import { about as hardware } from './facts/hardware.js';
import { about as inAppBrowser } from './facts/in-app-browser.js';
import { about as installation } from './facts/installation.js';
import { about as languages } from './facts/languages.js';
import { about as nativeFunctions } from './facts/native-functions.js';
import { about as network } from './facts/network.js';
import { about as permissions } from './facts/permissions.js';
import { about as referrer } from './facts/referrer.js';
import { about as screen } from './facts/screen.js';
import { about as storage } from './facts/storage.js';
import { about as timeZone } from './facts/time-zone.js';
import { about as touch } from './facts/touch.js';
import { about as userAgent } from './facts/user-agent.js';
import { COLLECTORS, type FactId } from './facts/index.js';
import { MANIFEST_VERSION } from './manifest-version.js';
import { DEFAULT_BUDGET_MS } from './runner.js';
import { about as automatedBrowser } from './signals/automated-browser.js';
import { about as cameraHook } from './signals/camera-hook.js';
import { about as cameraSettingsMismatch } from './signals/camera-settings-mismatch.js';
import { about as changedDevice } from './signals/changed-device.js';
import { about as clientHintsMismatch } from './signals/client-hints-mismatch.js';
import { about as desktopGraphicsOnPhone } from './signals/desktop-graphics-on-phone.js';
import { about as disguisedHook } from './signals/disguised-hook.js';
import { about as functionHook } from './signals/function-hook.js';
import { about as headlessBrowser } from './signals/headless-browser.js';
import { about as languagesMismatch } from './signals/languages-mismatch.js';
import { about as motionlessPhone } from './signals/motionless-phone.js';
import { about as phoneWithoutTouch } from './signals/phone-without-touch.js';
import { about as platformMismatch } from './signals/platform-mismatch.js';
import { about as poorCamera } from './signals/poor-camera.js';
import { about as rackedPhone } from './signals/racked-phone.js';
import { about as repeatedFrames } from './signals/repeated-frames.js';
import { about as softwareGraphics } from './signals/software-graphics.js';
import { about as syntheticCamera } from './signals/synthetic-camera.js';
import { about as timeZoneMismatch } from './signals/time-zone-mismatch.js';
import { about as uncapturedFrames } from './signals/uncaptured-frames.js';
import { about as unlistedCamera } from './signals/unlisted-camera.js';
import { about as unresponsiveCamera } from './signals/unresponsive-camera.js';
import { about as virtualCamera } from './signals/virtual-camera.js';
import { about as virtualMachine } from './signals/virtual-machine.js';
import { RULES, type SignalId } from './signals/index.js';
import type { SignalAbout } from './signals/rule.js';

/** What is said of every fact. */
export const FACTS_ABOUT: Readonly<Record<FactId, FactAbout>> = {
  fingerprint,
  cookieHash,
  installation,
  deviceToken,
  userAgent,
  clientHints,
  referrer,
  languages,
  timeZone,
  inAppBrowser,
  storage,
  permissions,
  screen,
  touch,
  hardware,
  gpu,
  network,
  emulatorHints,
  automation,
  nativeFunctions,
  cameraDevice,
  cameraSettings,
  cameraCapabilities,
  cameraFrames,
  cameraResponse,
  motion,
};

/** What is said of every signal. */
export const SIGNALS_ABOUT: Readonly<Record<SignalId, SignalAbout>> = {
  syntheticCamera,
  automatedBrowser,
  headlessBrowser,
  disguisedHook,
  clientHintsMismatch,
  desktopGraphicsOnPhone,
  virtualMachine,
  phoneWithoutTouch,
  uncapturedFrames,
  unlistedCamera,
  virtualCamera,
  cameraHook,
  platformMismatch,
  cameraSettingsMismatch,
  changedDevice,
  functionHook,
  repeatedFrames,
  softwareGraphics,
  timeZoneMismatch,
  motionlessPhone,
  poorCamera,
  unresponsiveCamera,
  languagesMismatch,
  rackedPhone,
};

/** A fact in the privacy manifest. */
export interface ManifestFact extends FactAbout {
  readonly id: FactId;
  readonly group: FactGroup;
  /** Longest wait for it, milliseconds. */
  readonly budgetMs: number;
}

/** A signal in the privacy manifest. */
export interface ManifestSignal extends SignalAbout {
  readonly id: SignalId;
  readonly weight: number;
  readonly sentence: string;
  /** As `system/table/code`. */
  readonly tags: readonly string[];
}

/** Everything the risk room reads, keeps and sends: machine-readable, one per release. */
export interface PrivacyManifest {
  readonly version: string;
  readonly consent: string;
  readonly storage: readonly { readonly where: string; readonly key: string; readonly holds: string; readonly until: string }[];
  /** Addresses the room sends anything to. */
  readonly recipients: readonly string[];
  readonly facts: readonly ManifestFact[];
  readonly signals: readonly ManifestSignal[];
}

/** The privacy manifest of this version. Not part of any bundle that does not import it. */
export function privacyManifest(): PrivacyManifest {
  const facts = (Object.keys(FACTS_ABOUT) as FactId[]).map((id) => {
    const { group, budgetMs = DEFAULT_BUDGET_MS } = COLLECTORS[id];
    return { id, group, ...FACTS_ABOUT[id], budgetMs };
  });
  const signals = (Object.keys(SIGNALS_ABOUT) as SignalId[]).map((id) => {
    const { weight, sentence, tags } = RULES[id];
    return { id, weight, sentence, tags, ...SIGNALS_ABOUT[id] };
  });
  return {
    version: MANIFEST_VERSION,
    consent: 'Nothing is loaded, read or stored before consent is given; a withdrawal ends what is going on and wipes what was stored.',
    storage: [{ where: 'localStorage', key: STORE_KEY, holds: 'A random id, the day of the first visit, the number of visits and of changes, and the last values of three parameters of the device: about 250 bytes, and up to 500 more where they change.', until: 'Consent is withdrawn, or the person empties the storage.' }],
    recipients: [],
    facts,
    signals,
  };
}

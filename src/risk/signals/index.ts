import type { Facts } from '../report.js';
import { automatedBrowser } from './automated-browser.js';
import { cameraHook } from './camera-hook.js';
import { cameraSettingsMismatch } from './camera-settings-mismatch.js';
import { changedDevice } from './changed-device.js';
import { clientHintsMismatch } from './client-hints-mismatch.js';
import { desktopGraphicsOnPhone } from './desktop-graphics-on-phone.js';
import { disguisedHook } from './disguised-hook.js';
import { functionHook } from './function-hook.js';
import { headlessBrowser } from './headless-browser.js';
import { languagesMismatch } from './languages-mismatch.js';
import { motionlessPhone } from './motionless-phone.js';
import { phoneWithoutTouch } from './phone-without-touch.js';
import { platformMismatch } from './platform-mismatch.js';
import { poorCamera } from './poor-camera.js';
import { rackedPhone } from './racked-phone.js';
import { repeatedFrames } from './repeated-frames.js';
import type { FactReader, Rule, Signal } from './rule.js';
import { softwareGraphics } from './software-graphics.js';
import { syntheticCamera } from './synthetic-camera.js';
import { timeZoneMismatch } from './time-zone-mismatch.js';
import { uncapturedFrames } from './uncaptured-frames.js';
import { unlistedCamera } from './unlisted-camera.js';
import { unresponsiveCamera } from './unresponsive-camera.js';
import { virtualCamera } from './virtual-camera.js';
import { virtualMachine } from './virtual-machine.js';

/** Every rule by its signal's id. */
export const RULES = {
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
} as const satisfies Record<string, Rule>;

/** The name of a signal. */
export type SignalId = keyof typeof RULES;

/**
 * What the facts suggest, strongest first. Pure: a server that does not trust the client's signals runs it again over the facts.
 * Facts of the wrong shape count as not read.
 */
export function evaluateSignals(facts: Facts): readonly Signal[] {
  const signals = Object.entries<Rule>(RULES).flatMap(([id, { fires, sentence, tags, weight }]) => {
    const evidence: Record<string, unknown> = {};
    const read: FactReader = (name) => {
      const fact = facts[name];
      return fact?.status === 'ok' ? ((evidence[name] = fact.value) as never) : undefined;
    };
    try {
      const fired = fires(read);
      return fired ? [{ id, weight: fired === true ? weight : fired, codes: tags.map(toReference), sentence, evidence }] : [];
    } catch {
      // Whatever shape a stranger gave a fact, one rule's trouble must not silence the others.
      return [];
    }
  });
  return signals.sort((a, b) => b.weight - a.weight);
}

function toReference(tag: string): Signal['codes'][number] {
  const [system = '', table = '', code = ''] = tag.split('/');
  return { system, table, code };
}

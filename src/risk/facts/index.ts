import type { Collector, FactGroup } from '../fact.js';
import { automation } from './automation.js';
import type * as Capture from './capture/index.js';
import { clientHints } from './client-hints.js';
import { cookieHash } from './cookie-hash.js';
import { deviceToken } from './device-token.js';
import { emulatorHints } from './emulator-hints.js';
import { fingerprint } from './fingerprint.js';
import { gpu } from './gpu.js';
import { hardware } from './hardware.js';
import { inAppBrowser } from './in-app-browser.js';
import { installation } from './installation.js';
import { languages } from './languages.js';
import { nativeFunctions } from './native-functions.js';
import { network } from './network.js';
import { permissions } from './permissions.js';
import { referrer } from './referrer.js';
import { screen } from './screen.js';
import { storage } from './storage.js';
import { timeZone } from './time-zone.js';
import { touch } from './touch.js';
import { userAgent } from './user-agent.js';

/** What a fact of the capture gives. */
type CaptureValue<Id extends keyof typeof Capture> = NonNullable<Awaited<ReturnType<(typeof Capture)[Id]>>>;

const load = () => import('./capture/index.js');

/** A fact whose code is loaded when it is first read. */
function duringCapture<Id extends keyof typeof Capture>(id: Id, budgetMs: number, group: FactGroup = 'camera'): Collector<CaptureValue<Id>> {
  return {
    group,
    budgetMs,
    load,
    read: async (context) => (await load())[id](context) as Promise<CaptureValue<Id> | undefined>,
  };
}

/**
 * Every fact by its id, in the order they are begun: first those that mostly wait, so that they overlap, and each after those whose
 * answers it uses.
 */
export const COLLECTORS = {
  deviceToken,
  fingerprint,
  clientHints,
  cameraFrames: duringCapture('cameraFrames', 1_200),
  motion: duringCapture('motion', 1_100, 'motion'),
  cameraDevice: duringCapture('cameraDevice', 700),
  cameraResponse: duringCapture('cameraResponse', 800),
  emulatorHints,
  permissions,
  gpu,
  automation,
  cookieHash,
  userAgent,
  referrer,
  languages,
  timeZone,
  inAppBrowser,
  storage,
  screen,
  touch,
  hardware,
  network,
  nativeFunctions,
  cameraSettings: duringCapture('cameraSettings', 300),
  cameraCapabilities: duringCapture('cameraCapabilities', 300),
  installation,
} as const satisfies Record<string, Collector<unknown>>;

/** The name of a fact. */
export type FactId = keyof typeof COLLECTORS;

/** What a fact's value looks like. */
export type FactValue<Id extends FactId> = (typeof COLLECTORS)[Id] extends Collector<infer Value> ? Value : never;

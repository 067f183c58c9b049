import type { CameraUnderTest } from './camera-under-test.js';
import type { RiskHost } from '../platform/risk-port.js';

/** What facts can be switched on and off together. `camera` and `motion` belong to the capture; the others can be read before it. */
export type FactGroup = 'identity' | 'browser' | 'device' | 'integrity' | 'camera' | 'motion';

/**
 * How the reading of a fact ended: `ok` · `missing` this browser or page has nothing to read · `denied` the person, the page's
 * policy or its sandbox forbids it · `timeout` the fact's budget or the whole deadline passed · `error` the reading threw ·
 * `aborted` the caller or a withdrawal ended the run.
 */
export type FactStatus = 'ok' | 'missing' | 'denied' | 'timeout' | 'error' | 'aborted';

/** Something read from the environment, unjudged. `ms` is the time from the start of its reading. A status is never a value, and never hashed. */
export type Fact<T> =
  | { readonly status: 'ok'; readonly ms: number; readonly value: T }
  | {
      readonly status: Exclude<FactStatus, 'ok'>;
      readonly ms: number;
      /** The name of what was thrown, such as `SecurityError`; never its message, which may quote what was being read. */
      readonly detail?: string;
    };

/** What a collector gives: the fact's value, or `undefined` where this browser or page has nothing to read. */
export type Reading<T> = T | undefined;

/** What a collector may use. */
export interface CollectContext {
  readonly host: RiskHost;
  /** Aborted as soon as nobody waits for this fact any more. */
  readonly signal: AbortSignal;
  /** The camera in use, where the caller gave one. */
  readonly camera?: CameraUnderTest | undefined;
  /** The integrator's own device fingerprint, where the caller gave one. */
  readonly deviceToken?: DeviceTokenSource | undefined;
  /** How another fact of this run ended; `undefined` where it is not part of the run. Never rejects, never later than that fact's budget. */
  fact(id: string): Promise<Fact<unknown> | undefined>;
  /**
   * To be awaited between pieces of synchronous work, and after whatever was waited for: gives the page a turn where the slice is used
   * up. Rejects as soon as nobody waits for this fact any more, so that a withdrawal ends what is going on.
   */
  pause(): Promise<void>;
}

/** Gets the token of a vendor's device fingerprint, for the vendor's `DeviceToken`. */
export type DeviceTokenSource = (signal: AbortSignal) => Promise<string> | string;

/**
 * Reads one fact. It never judges, never asks the person for anything, and changes nothing that the page can see. Where reading is
 * forbidden it throws what browsers throw: a `NotAllowedError` or a `SecurityError`.
 */
export interface Collector<T> {
  readonly group: FactGroup;
  /** Longest wait for the value, milliseconds, from the start of the reading. Default 100, which is plenty where nothing is waited for. */
  readonly budgetMs?: number;
  /** A fact that has to end before this one begins, where it is part of the run. */
  readonly after?: string;
  /** Gets the code of the reading. Only the run's deadline counts meanwhile: what is slow is the network, and not what is read. */
  readonly load?: () => Promise<unknown>;
  readonly read: (context: CollectContext) => Reading<T> | Promise<Reading<T>>;
}

/** Engines that have what a fact reads. Mini-programs have their own. */
export type Engine = 'chromium' | 'gecko' | 'webkit';

/**
 * What a value says about a person: `none` nothing · `device` describes a device that many people have · `identifier` can single out
 * a browser · `activity` what the person did or where they came from · `sensor` a measurement of their surroundings.
 */
export type PersonalData = 'none' | 'device' | 'identifier' | 'activity' | 'sensor';

/** What the privacy manifest and `docs/signals.md` say of a fact. Not part of any bundle. */
export interface FactAbout {
  /** Why it is read. */
  readonly purpose: string;
  /** What the value is. */
  readonly value: string;
  readonly personalData: PersonalData;
  readonly platforms: readonly Engine[];
  /** What reading it costs. */
  readonly cost: string;
}

/** Every engine. */
export const EVERYWHERE: readonly Engine[] = ['chromium', 'gecko', 'webkit'];

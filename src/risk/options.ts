import type { CameraUnderTest } from './camera-under-test.js';
import type { DeviceTokenSource, FactGroup } from './fact.js';
import { COLLECTORS, type FactId } from './facts/index.js';

/** What the person agreed to. The flow's consent record is one. */
export interface RiskConsent {
  readonly granted: boolean;
  /** Where the consent was asked for by scope, one of these has to be `risk`. Default: it covers everything. */
  readonly scopes?: readonly string[] | undefined;
}

/** Options of `collectRisk`. */
export interface CollectRiskOptions {
  /** Without it nothing is read, stored or loaded. */
  readonly consent: RiskConsent;
  /**
   * What to read. Default: `identity`, `browser`, `device` and `integrity`; with a `camera` also `camera` and `motion`, which take
   * about a second.
   */
  readonly groups?: readonly FactGroup[] | undefined;
  /** Facts to leave out of those groups. Default: none. */
  readonly exclude?: readonly FactId[] | undefined;
  /** For the whole run, milliseconds, from 1 to 60,000. Default 1,500. */
  readonly deadlineMs?: number | undefined;
  /** Ends the run at once, with what there is. */
  readonly signal?: AbortSignal | undefined;
  /** The camera in use. Default: none, and no facts about one. */
  readonly camera?: CameraUnderTest | undefined;
  /** The vendor's own device fingerprint. Default: none. */
  readonly deviceToken?: DeviceTokenSource | undefined;
}

/** Groups that are read before a camera is open. */
const STANDING: readonly FactGroup[] = ['identity', 'browser', 'device', 'integrity'];
/** With those that belong to an open camera. */
const GROUPS: readonly FactGroup[] = [...STANDING, 'camera', 'motion'];

const KNOWN = ['consent', 'groups', 'exclude', 'deadlineMs', 'signal', 'camera', 'deviceToken'];

/** What a run is to do. */
export interface Plan {
  readonly granted: boolean;
  readonly ids: readonly FactId[];
  readonly deadlineMs: number;
}

/**
 * Checks the options and says what they ask for.
 *
 * @throws TypeError naming the option and the rule.
 */
export function planOf(options: CollectRiskOptions): Plan {
  const { consent, exclude = [], deadlineMs = 1_500, signal, camera, deviceToken, groups = camera ? GROUPS : STANDING } = options;

  for (const name of Object.keys(options)) demand(name, 'left out', KNOWN.includes(name));
  demand('consent', '{ granted: boolean, scopes?: text[] }', typeof consent?.granted === 'boolean' && Array.isArray(consent.scopes ?? []));
  demand('groups', `an array of ${GROUPS}`, Array.isArray(groups) && groups.every((group) => GROUPS.includes(group)));
  demand('exclude', `an array of ${Object.keys(COLLECTORS)}`, Array.isArray(exclude) && exclude.every((id) => id in COLLECTORS));
  demand('deadlineMs', 'a number from 1 to 60,000', typeof deadlineMs === 'number' && deadlineMs >= 1 && deadlineMs <= 60_000);
  demand('signal', 'an AbortSignal', signal === undefined || typeof signal?.addEventListener === 'function');
  demand('camera', '{ track }', camera === undefined || typeof camera?.track === 'object');
  demand('deviceToken', 'a function', typeof (deviceToken ?? demand) === 'function');

  const ids = (Object.keys(COLLECTORS) as FactId[]).filter((id) => groups.includes(COLLECTORS[id].group) && !exclude.includes(id));
  return { granted: consent.granted && consent.scopes?.includes('risk') !== false, ids, deadlineMs };
}

function demand(option: string, rule: string, isMet: boolean): void {
  if (!isMet) throw new TypeError(`collectRisk: ${option} must be ${rule}`);
}

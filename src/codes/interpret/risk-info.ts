import type { Entry } from '../entry.js';
import { createRegistry } from '../registry.js';
import faceidRisk from '../tables/faceid-risk/index.js';
import { codeText, field, listOf } from './reading.js';

/** The risk fields of an enhanced-edition FaceID result, as the vendor sends them. */
export interface RiskInfo {
  /** 0–4. */
  readonly deviceInfoLevel?: string | number | null;
  /** Tags such as `5001`, several separated by commas. */
  readonly deviceInfoTag?: string | readonly (string | number)[] | null;
  /** 0–5. */
  readonly riskInfoLevel?: string | number | null;
  /** Tags with their zero, such as `02`, several separated by commas. */
  readonly riskInfoTag?: string | readonly string[] | null;
}

/** One half of the risk information. */
export interface RiskDimension {
  readonly level: Entry;
  /** Whether the vendor intercepts at this level: 3 and 4 for a device, 5 for an identity. */
  readonly intercepts: boolean;
  /** What the vendor found, one entry for each tag, unknown ones too. */
  readonly tags: readonly Entry[];
}

/** What risk information means. */
export interface RiskInfoInterpretation {
  /** `unknown` when nothing intercepts and a level is missing or not one the vendor documents. */
  readonly decision: 'low-risk' | 'intercepted' | 'unknown';
  readonly device: RiskDimension;
  readonly identity: RiskDimension;
}

const registry = /* @__PURE__ */ createRegistry(faceidRisk);
const INTERCEPTING = { device: ['3', '4'], identity: ['5'] } as const;

/** Explains `deviceInfoLevel`, `deviceInfoTag`, `riskInfoLevel` and `riskInfoTag`. Tolerates nulls; never throws. */
export function interpretRiskInfo(info: RiskInfo): RiskInfoInterpretation {
  const device = dimension('device', field(info, 'deviceInfoLevel'), field(info, 'deviceInfoTag'));
  const identity = dimension('identity', field(info, 'riskInfoLevel'), field(info, 'riskInfoTag'));
  const decided = device.level.known && identity.level.known ? 'low-risk' : 'unknown';
  return { decision: device.intercepts || identity.intercepts ? 'intercepted' : decided, device, identity };
}

function dimension(name: keyof typeof INTERCEPTING, level: unknown, tags: unknown): RiskDimension {
  const entry = registry.find('faceid-risk', `${name}-level`, codeText(level));
  return {
    level: entry,
    intercepts: (INTERCEPTING[name] as readonly string[]).includes(entry.code) && entry.known,
    tags: listOf(tags).map((tag) => registry.find('faceid-risk', `${name}-tag`, codeText(tag))),
  };
}

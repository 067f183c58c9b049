import type { Entry } from '../entry.js';
import { createRegistry } from '../registry.js';
import juheAntifraud from '../tables/juhe-antifraud/index.js';
import type { RiskDecision } from './juhe.js';
import { juheError } from './juhe.js';
import { codeText, field, listOf, numberOf } from './reading.js';

/** `v1` is the social card query (`anti_fraud/query`), `v2` the general query 2.0 (`anti_fraud/queryV2`). */
export type SocialCardVersion = 'v1' | 'v2';

/** One risk of the answer. */
export interface SocialCardRisk {
  readonly risk: Entry;
  /** 1 low, 2 medium, 3 high. */
  readonly severity: Entry;
}

/** What an answer of the social card query means. */
export interface SocialCardInterpretation {
  /** Below 60 `pass`, 60–80 `review`, above 80 `reject`, by the vendor's advice. Not found, or no score, is `unknown`. */
  readonly decision: RiskDecision;
  /** 0–100, the higher the worse; only where the person was found. */
  readonly score?: number;
  /** Whether the vendor has the person. `undefined` where the answer does not say. */
  readonly found?: boolean;
  /** Whether the vendor has the identity number. `undefined` where the answer does not say. */
  readonly idFound?: boolean;
  readonly risks: readonly SocialCardRisk[];
  /** The error, where the answer is one. */
  readonly error?: Entry;
}

/** By version: what the score is when the person was not found. In V1 it is also a score a person can have. */
const NOT_FOUND_SCORE = /* @__PURE__ */ new Map<unknown, number>([['v1', 99], ['v2', -1]]);

const registry = /* @__PURE__ */ createRegistry(juheAntifraud);

/** Explains an answer of either query: the whole body or its `result`. Tolerates nulls; never throws. */
export function interpretSocialCard(result: unknown, version: SocialCardVersion): SocialCardInterpretation {
  const inner = field(result, 'result') ?? result;
  const error = juheError(registry, 'juhe-antifraud', result);
  const raw = numberOf(field(inner, 'riskScore'));
  // Where `found` is missing, the score that means "not found" is taken to mean it: never reject on a doubt.
  const found = presence(field(inner, 'found')) ?? (raw !== undefined && raw === NOT_FOUND_SCORE.get(version) ? false : undefined);
  const idFound = presence(field(inner, 'idFound'));
  const score = found !== false && !error && raw !== undefined && raw >= 0 && raw <= 100 ? raw : undefined;
  return {
    decision: score === undefined || !NOT_FOUND_SCORE.has(version) ? 'unknown' : decide(score),
    ...(score !== undefined && { score }),
    ...(found !== undefined && { found }),
    ...(idFound !== undefined && { idFound }),
    risks: listOf(field(inner, 'riskInfo')).map((item) => toRisk(item, version)),
    ...(error && { error }),
  };
}

function decide(score: number): RiskDecision {
  if (score < 60) return 'pass';
  return score <= 80 ? 'review' : 'reject';
}

function presence(value: unknown): boolean | undefined {
  const number = numberOf(value);
  return number === 1 ? true : number === -1 ? false : undefined;
}

function toRisk(item: unknown, version: SocialCardVersion): SocialCardRisk {
  return {
    risk: registry.find('juhe-antifraud', version === 'v2' ? 'risk-v2' : 'risk-v1', codeText(field(item, 'riskCode'))),
    severity: registry.find('juhe-antifraud', 'risk-code-value', codeText(field(item, 'riskCodeValue'))),
  };
}

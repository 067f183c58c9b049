import type { Entry } from '../entry.js';
import { createRegistry } from '../registry.js';
import juheAntirush from '../tables/juhe-antirush/index.js';
import type { RiskDecision } from './juhe.js';
import { juheError } from './juhe.js';
import { codeText, field, listOf } from './reading.js';

/** What an answer of Juhe's risk engine means. */
export interface AntiRushInterpretation {
  /** The vendor's `RiskLevel`; `unknown` where it is null, missing, new, or the request failed. */
  readonly decision: RiskDecision;
  readonly level: Entry;
  /** What the vendor found, one entry for each `RiskType`, unknown ones too. */
  readonly types: readonly Entry[];
  /** The error, where the answer is one. */
  readonly error?: Entry;
}

const registry = /* @__PURE__ */ createRegistry(juheAntirush);

/** Explains an answer of `antiRush/query`: the whole body, its `result`, or the `res` inside. Tolerates nulls; never throws. */
export function interpretAntiRush(result: unknown): AntiRushInterpretation {
  const inner = field(result, 'result') ?? result;
  const res = field(inner, 'res') ?? inner;
  const error = juheError(registry, 'juhe-antirush', result);
  const level = registry.find('juhe-antirush', 'risk-level', codeText(field(res, 'RiskLevel')));
  return {
    decision: level.known && !error ? (level.code as RiskDecision) : 'unknown',
    level,
    types: listOf(field(res, 'RiskType')).map((type) => registry.find('juhe-antirush', 'risk-type', codeText(type))),
    ...(error && { error }),
  };
}

import type { Entry } from '../entry.js';
import type { Registry } from '../registry.js';
import { codeText, field } from './reading.js';

/** The decision a risk answer leads to. `unknown` is neither a pass nor a rejection: somebody has to decide what it means. */
export type RiskDecision = 'pass' | 'review' | 'reject' | 'unknown';

/**
 * The entry of a Juhe `error_code`, which is in one of two tables: a service's own codes have six digits, the platform's five.
 * `undefined` for success and where there is no `error_code`.
 */
export function juheError(registry: Registry, system: string, body: unknown): Entry | undefined {
  const code = codeText(field(body, 'error_code'));
  if (code == null || code === '0') return undefined;
  const service = registry.find(system, 'service', code);
  const platform = registry.find(system, 'system', code);
  return platform.known ? platform : service;
}

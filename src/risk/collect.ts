import type { Unsubscribe } from '../platform/port.js';
import { webRiskHost } from '../platform/web-risk.js';
import { COLLECTORS } from './facts/index.js';
import { MANIFEST_VERSION } from './manifest-version.js';
import { type CollectRiskOptions, planOf } from './options.js';
import type { RiskHost } from '../platform/risk-port.js';
import { readRecord } from './record.js';
import type { Facts, RiskReport } from './report.js';
import { elapsed, runCollectors } from './runner.js';
import { evaluateSignals } from './signals/index.js';

/** Tells that consent was withdrawn. What the server holds is the server's to delete; nothing is sent from here. */
export interface WithdrawalEvent {
  readonly type: 'consent-withdrawn';
  /** ISO 8601, the client's clock. */
  readonly at: string;
  /** Id of the installation whose record was wiped: where the server knows it, that is what to delete by. */
  readonly installation?: string;
}

/** The risk room on one page. */
export interface RiskCollector {
  /**
   * Reads the facts that the person agreed to, within a deadline, and says what they suggest. Without consent nothing runs, is
   * loaded, stored or sent; nothing is ever sent from here.
   *
   * @throws TypeError (as a rejection) naming the option and the rule it breaks. Nothing else makes it reject.
   */
  collectRisk(options: CollectRiskOptions): Promise<RiskReport>;
  /** Ends the runs that are going on, wipes what was stored, and tells the listeners. */
  withdraw(): WithdrawalEvent;
  /** Calls the listener at every {@link withdraw}, to pass the event on to the server. */
  onWithdrawal(listener: (event: WithdrawalEvent) => void): Unsubscribe;
}

/** A risk room of its own: `facefront/risk` is the one of the page. */
export function createRiskCollector(host: RiskHost = webRiskHost()): RiskCollector {
  const runs = new Set<AbortController>();
  const listeners = new Set<(event: WithdrawalEvent) => void>();
  const date = (): string => new Date(host.wallClock()).toISOString();

  return {
    async collectRisk(options) {
      const { granted, ids, deadlineMs } = planOf(options);
      const startedAt = date();
      const began = host.now();
      const report = (outcome: RiskReport['outcome'], facts: Facts): RiskReport => {
        const { fingerprint } = facts;
        return {
          outcome,
          facts,
          signals: evaluateSignals(facts),
          ...(fingerprint?.status === 'ok' && { visitorId: fingerprint.value.visitorId }),
          timings: { startedAt, totalMs: elapsed(host, began), deadlineMs },
          manifestVersion: MANIFEST_VERSION,
        };
      };
      if (!granted) return report('refused', {});

      const { signal } = options;
      const run = new AbortController();
      const end = (): void => run.abort();
      signal?.addEventListener('abort', end);
      if (signal?.aborted) end();
      runs.add(run);
      const { facts, ending } = await runCollectors({
        host,
        collectors: Object.fromEntries(ids.map((id) => [id, COLLECTORS[id]])),
        deadlineMs,
        signal: run.signal,
        context: options,
      });
      signal?.removeEventListener('abort', end);
      return runs.delete(run) ? report(ending, facts as Facts) : report('withdrawn', {});
    },

    withdraw() {
      const stored = readRecord(host);
      for (const run of runs) {
        runs.delete(run);
        run.abort();
      }
      host.store.erase();
      const event: WithdrawalEvent = { type: 'consent-withdrawn', at: date(), ...(stored && { installation: stored.id }) };
      for (const listener of [...listeners]) {
        try {
          listener(event);
        } catch (error) {
          // A listener that throws must not keep the others from it; the error still reaches the page's own reporting.
          host.setTimeout(() => {
            throw error;
          }, 0);
        }
      }
      return event;
    },

    onWithdrawal(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

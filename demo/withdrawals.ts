import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Handler, VendorPort } from '../src/server/index.js';

/** Where the demo's page posts the event of a withdrawal. */
export const WITHDRAWAL_PATH = '/withdrawals';

/** Installations kept; the oldest are forgotten first. */
const MOST = 1_000;

const MAX_BYTES = 1_024;

/** Which sessions were an installation's, as a customer's own database would know. */
export interface Withdrawals {
  /** Notes whose session it is, as its risk report says, before the vendor is asked. */
  noting(vendor: VendorPort): VendorPort;
  /** Takes the event and withdraws the sessions of its installation: 204, or 400 for what is no such event. */
  routes(handler: Pick<Handler, 'withdraw'>): Hono;
}

/** What is known of one installation. */
interface Known {
  readonly sessions: Set<string>;
  withdrawn: boolean;
}

/** In memory, and gone with the process as the demo's sessions are. */
export function createWithdrawals(): Withdrawals {
  const installations = new Map<string, Known>();
  let end: Handler['withdraw'] | undefined;

  const knownOf = (id: string): Known => {
    const known = installations.get(id) ?? { sessions: new Set(), withdrawn: false };
    installations.delete(id);
    installations.set(id, known);
    const [oldest = ''] = installations.keys();
    if (installations.size > MOST) installations.delete(oldest);
    return known;
  };

  return {
    noting: (vendor) => ({
      ...vendor,
      async decide(question) {
        const id = installationOf(question.submission.risk);
        const known = id === undefined ? undefined : knownOf(id);
        const { sessionId } = question.session;
        known?.sessions.add(sessionId);
        // The event may have come while the recording was looked at. An id is never used again after a withdrawal.
        if (known?.withdrawn) await end?.(sessionId);
        question.signal.throwIfAborted();
        return vendor.decide(question);
      },
    }),
    routes(handler) {
      end = handler.withdraw;
      return new Hono().post(WITHDRAWAL_PATH, bodyLimit({ maxSize: MAX_BYTES }), async (context) => {
        const event: unknown = await context.req.json().catch(() => undefined);
        const { type, installation } = (event ?? {}) as { readonly type?: unknown; readonly installation?: unknown };
        if (type !== 'consent-withdrawn' || !isInstallation(installation)) return context.body(null, 400);
        const known = knownOf(installation);
        known.withdrawn = true;
        for (const sessionId of known.sessions) await handler.withdraw(sessionId);
        return context.body(null, 204);
      });
    },
  };
}

/** The id in a report, which a stranger may have made up. */
function installationOf(risk: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const { installation } = (risk?.['facts'] ?? {}) as { readonly installation?: { readonly value?: { readonly id?: unknown } } | null };
  const id = installation?.value?.id;
  return isInstallation(id) ? id : undefined;
}

function isInstallation(id: unknown): id is string {
  return typeof id === 'string' && /^[\da-f]{32}$/.test(id);
}

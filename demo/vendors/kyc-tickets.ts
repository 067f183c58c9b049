import { createHash, randomBytes } from 'node:crypto';

/** Milliseconds an old token is still taken after a new one was issued. */
const COEXISTENCE_MS = 60_000;

/** Milliseconds within which a user gets one NONCE ticket. */
const NONCE_INTERVAL_MS = 2000;

interface Issued {
  readonly value: string;
  expiresAt: number;
  /** The token it was got with; it dies with that. */
  readonly parent?: Issued;
}

type Refused = { readonly code: string };

/** Issues and checks tokens and tickets as the vendor documents them. */
export interface TicketOffice {
  accessToken(query: Readonly<Record<string, string>>): { readonly value: string } | Refused;
  ticket(query: Readonly<Record<string, string>>): { readonly value: string; readonly seconds: number } | Refused;
  /** Whether a signature was made of these values with a SIGN ticket that is still taken. */
  isSigned(appId: string, values: readonly string[], signature: string): boolean;
  /** The newest SIGN ticket. */
  signTicket(appId: string): string;
  /** A user's NONCE ticket, once. */
  nonceTicket(userId: string): string | undefined;
}

/** The values in dictionary order, put together, digested: upper-case hexadecimal. */
export function sortedSha1(values: readonly string[]): string {
  return createHash('sha1').update([...values].sort().join('')).digest('hex').toUpperCase();
}

/** Source: TC 1007/57613, 57614; 655/13816. */
export function createTicketOffice({ apps, now }: { readonly apps: Readonly<Record<string, string>>; readonly now: () => number }): TicketOffice {
  const tokens = new Map<string, Issued[]>();
  const signs = new Map<string, Issued[]>();
  const nonces = new Map<string, { readonly value: string; readonly issuedAt: number; readonly expiresAt: number; used: boolean }>();
  const live = (shelf: Map<string, Issued[]>, appId: string): Issued[] => (shelf.get(appId) ?? []).filter(({ expiresAt, parent }) => now() < Math.min(expiresAt, parent?.expiresAt ?? Infinity));
  /** A new one shortens the life of those before it. */
  const issue = (shelf: Map<string, Issued[]>, appId: string, value: string, seconds: number, parent?: Issued): string => {
    const old = live(shelf, appId);
    for (const each of old) each.expiresAt = Math.min(each.expiresAt, now() + COEXISTENCE_MS);
    shelf.set(appId, [...old, { value, expiresAt: now() + seconds * 1000, ...(parent && { parent }) }]);
    return value;
  };

  return {
    accessToken({ appId = '', secret, grant_type: grantType, version }) {
      if (grantType !== 'client_credential' || version !== '1.0.0') return { code: '66660013' };
      if (!Object.hasOwn(apps, appId)) return { code: '66660001' };
      if (apps[appId] !== secret) return { code: '400103' };
      return { value: issue(tokens, appId, randomBytes(32).toString('base64url'), 7200) };
    },
    ticket({ appId = '', access_token: token, type, version, user_id: userId }) {
      if (version !== '1.0.0') return { code: '66660013' };
      const parent = live(tokens, appId).find(({ value }) => value === token);
      if (!parent) return { code: '400103' };
      const value = randomBytes(48).toString('base64url');
      if (type === 'SIGN') return { value: issue(signs, appId, value, 3600, parent), seconds: 3600 };
      if (type !== 'NONCE' || !userId) return { code: '66660013' };
      const last = nonces.get(userId);
      if (last && now() < last.issuedAt + NONCE_INTERVAL_MS) return { code: '400504' };
      nonces.set(userId, { value, issuedAt: now(), expiresAt: now() + 120_000, used: false });
      return { value, seconds: 120 };
    },
    isSigned: (appId, values, signature) => live(signs, appId).some(({ value }) => sortedSha1([...values, value]) === signature.toUpperCase()),
    signTicket: (appId) => live(signs, appId).at(-1)?.value ?? '',
    nonceTicket(userId) {
      const ticket = nonces.get(userId);
      if (!ticket || ticket.used || now() >= ticket.expiresAt) return undefined;
      ticket.used = true;
      return ticket.value;
    },
  };
}

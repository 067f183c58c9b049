import { withNonce } from '../../../transport/attempt-address.js';
import { kycReturnReference } from '../../../codes/interpret/kyc-return.js';
import type { CodeReference } from '../../../transport/protocol.js';
import { VENDOR_FAILED } from '../../decide.js';
import { decideReturned, notBegun } from '../attempts.js';
import type { AttemptsOptions, VendorAttempts } from '../attempts.js';
import { newAttemptNumber } from '../random.js';
import type { EidClient, EidTokenInput } from './eid.js';
import type { DetectAuthInput, FaceIdClient } from './face-id.js';
import type { KycClient, KycIdentity } from './kyc.js';

/** Whose face is to be checked on the standalone H5 page. */
export type KycAttempt = Omit<KycIdentity, 'orderNo'> & {
  /** Default a random one. */
  readonly orderNo?: string;
};

/** `begin` takes the address that the person comes back to; the attempt's name is added to it. */
type WithRedirect<Input> = Omit<Input, 'redirectUrl'> & { readonly redirectUrl: string };

/** Signature checks that failed, in the vendor's own words. */
const FORGED = { system: 'faceid-sdk', table: 'result', code: '400101' } as const;

/** Options of {@link createKycAttempts}. */
export interface KycAttemptsOptions extends AttemptsOptions {
  readonly client: KycClient;
  /**
   * Set where your orders also ask for the person's intention (意愿核身). The result query knows only the face, so that nobody passes
   * then without a return that the vendor has signed and whose `willCode` is 0: they are `review`. Default false: a return that bears a
   * code of the intention is held to it all the same.
   */
  readonly intention?: boolean;
}

/** The server's half of `kyc-h5`. */
export function createKycAttempts({ client, intention = false, ...options }: KycAttemptsOptions): VendorAttempts<KycAttempt> {
  return {
    async begin(_request, { orderNo = newAttemptNumber(), ...identity }) {
      const begun = await client.login({ orderNo, ...identity });
      if (!begun.ok) return notBegun(begun, options);
      const { login } = begun;
      return { channel: 'kyc-h5', task: { expiresInMs: login.expiresInMs, login }, expected: { orderNo } };
    },
    async confirm({ tokens, expected, session, vendorReference, signal }) {
      const { orderNo = '' } = expected;
      const { code } = tokens;
      const signature = tokens['newSignature'] ?? tokens['newSign'];
      const checked = code !== undefined && signature !== undefined ? await client.checkReturn({ code, orderNo, signature, begunAt: session.createdAt }) : undefined;
      if (checked?.ok && checked.forged) {
        options.onFailure?.('kyc return: the signature is not the vendor’s');
        return { status: 'decided', decision: 'rejected', code: FORGED, reference: orderNo };
      }
      const genuine = checked?.ok === true && checked.genuine;
      // A signature that cannot be told from a forged one speaks neither for the person nor against them.
      const told = checked?.ok && !genuine ? undefined : kycReturnReference(tokens);
      const doubt = doubtOf(tokens, genuine, intention);
      return decideReturned(() => client.query(orderNo), { ...options, reference: orderNo, told, doubt, saidPassed: (genuine && code === '0') || vendorReference !== undefined, signal });
    },
  };
}

/** What keeps a face that has passed from being a pass. The vendor signs `code` alone; of the others a bad one is believed, since nobody would make it up for themselves. */
function doubtOf(tokens: Readonly<Record<string, string>>, genuine: boolean, intention: boolean): CodeReference | undefined {
  const { code, faceCode, willCode } = tokens;
  const isAsked = intention || faceCode !== undefined || willCode !== undefined;
  const isContradicted = genuine && code !== '0';
  const isUnwilling = isAsked && (willCode !== '0' || (faceCode ?? '0') !== '0');
  if (isContradicted || isUnwilling) return kycReturnReference(tokens) ?? VENDOR_FAILED;
  return intention && !genuine ? VENDOR_FAILED : undefined;
}

/** Options of {@link createDetectAuthAttempts} and {@link createVerifyMpsdkAttempts}. */
export interface DetectAuthAttemptsOptions extends AttemptsOptions {
  readonly client: FaceIdClient;
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly now?: () => number;
}

/** Options of {@link createEidAttempts} and {@link createEidMpsdkAttempts}. */
export interface EidAttemptsOptions extends AttemptsOptions {
  readonly client: EidClient;
}

/** The server's half of `detectauth-h5`. */
export function createDetectAuthAttempts({ client, now = Date.now, ...options }: DetectAuthAttemptsOptions): VendorAttempts<WithRedirect<DetectAuthInput>> {
  return {
    async begin({ nonce }, input) {
      const begun = await client.detectAuth({ ...input, redirectUrl: withNonce(input.redirectUrl, nonce) });
      if (!begun.ok) return notBegun(begun, options);
      // As for E证通: the page may stay and ask.
      return { channel: 'detectauth-h5', task: { expiresInMs: begun.expiresInMs, url: begun.url, token: begun.bizToken }, expected: { BizToken: begun.bizToken } };
    },
    confirm({ expected: { BizToken: bizToken = '' }, session, signal }) {
      return decideReturned(() => client.detectInfo(bizToken, now() - session.createdAt), { ...options, reference: bizToken, signal });
    },
  };
}

/** The server's half of `verify-mpsdk`: the same token, for `wx.startVerify` of the vendor's SDK instead of a page. */
export function createVerifyMpsdkAttempts(options: DetectAuthAttemptsOptions): VendorAttempts<Omit<DetectAuthInput, 'redirectUrl'>> {
  return {
    ...createDetectAuthAttempts(options),
    async begin(_request, input) {
      const begun = await options.client.detectAuth(input);
      if (!begun.ok) return notBegun(begun, options);
      return { channel: 'verify-mpsdk', task: { expiresInMs: begun.expiresInMs, token: begun.bizToken }, expected: { BizToken: begun.bizToken } };
    },
  };
}

/** The server's half of `eid-h5`. */
export function createEidAttempts({ client, ...options }: EidAttemptsOptions): VendorAttempts<WithRedirect<EidTokenInput>> {
  return {
    async begin({ nonce }, input) {
      const begun = await client.eidToken({ ...input, redirectUrl: withNonce(input.redirectUrl, nonce) });
      if (!begun.ok) return notBegun(begun, options);
      // The page may stay and ask; the token is in the address it shows anyway.
      return { channel: 'eid-h5', task: { expiresInMs: begun.expiresInMs, url: begun.url, token: begun.eidToken }, expected: { token: begun.eidToken } };
    },
    confirm({ expected: { token = '' }, signal }) {
      return decideReturned(() => client.result(token), { ...options, reference: token, signal });
    },
  };
}

/** The server's half of `eid-mpsdk`: the same token, for `startEid` of the vendor's SDK instead of a page. */
export function createEidMpsdkAttempts(options: EidAttemptsOptions): VendorAttempts<Omit<EidTokenInput, 'redirectUrl'>> {
  return {
    ...createEidAttempts(options),
    async begin(_request, input) {
      const begun = await options.client.eidToken(input);
      if (!begun.ok) return notBegun(begun, options);
      return { channel: 'eid-mpsdk', task: { expiresInMs: begun.expiresInMs, token: begun.eidToken }, expected: { token: begun.eidToken } };
    },
  };
}

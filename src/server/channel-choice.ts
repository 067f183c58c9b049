import type { CodeReference, KycLogin, RedirectTask, SessionRequest, TokenTask, VendorChannel, WeChatNativeTask } from '../transport/protocol.js';
import { check, dictionary, integer, isObject, oneOf, optional, record, text, union } from '../transport/shape.js';
import type { Shape } from '../transport/shape.js';
import { codeReferenceShape } from '../transport/wire-shapes.js';
import { VENDOR_FAILED } from './decide.js';
import { logError, logId } from './log.js';
import type { Settings } from './options.js';
import { refuse } from './problem.js';
import type { Refusal } from './problem.js';
import type { ChannelChoice, Session, StoredSession } from './stores/port.js';

/** What `HandlerOptions.channel` chooses from. */
export interface ChannelRequest extends Pick<SessionRequest, 'consent' | 'locale'> {
  /** The ways this client can go; `capture` is among them where its browser can record. */
  readonly channels: readonly string[];
  /** Of the request; its body has been read. */
  readonly headers: Headers;
  readonly sessionId: string;
  /** Names the attempt: put `facefront={nonce}` into a return address that you name to a vendor. */
  readonly nonce: string;
  /** Fires when the handler stops waiting. */
  readonly signal: AbortSignal;
}

const expiresInMs = integer({ min: 1, max: 86_400_000 });
const value = text({ max: 512 });
const login: Shape<KycLogin> = record<KycLogin>({
  origin: value,
  appId: value,
  version: oneOf('1.0.0'),
  nonce: value,
  orderNo: value,
  userId: value,
  faceIdName: oneOf('h5faceId', 'faceId'),
  faceId: value,
  sign: value,
  expiresInMs,
});
const redirectTask = record<RedirectTask>({ expiresInMs, url: text({ max: 2048 }), token: optional(value) });
const tokenTask = record<TokenTask>({ expiresInMs, token: value });
const weChatTask = record<WeChatNativeTask>({ expiresInMs, verifyId: value });

const expected: Shape<Readonly<Record<string, string>>> = (given, field, findings) => {
  dictionary(text({ max: 8192 }), { max: 32 })(given, field, findings);
  // With nothing to hold it against, what once passed could be handed in for anybody.
  if (isObject(given) && Object.keys(given).length === 0) findings.errors.push({ field, rule: 'must name at least one value' });
};

const CHOICES: { readonly [Name in ChannelChoice['channel']]: Shape<Extract<ChannelChoice, { channel: Name }>> } = {
  capture: record({ channel: oneOf('capture') }),
  none: record({ channel: oneOf('none'), code: codeReferenceShape }),
  'kyc-h5': record({ channel: oneOf('kyc-h5'), task: record({ expiresInMs, login }), expected }),
  'detectauth-h5': record({ channel: oneOf('detectauth-h5'), task: redirectTask, expected }),
  'eid-h5': record({ channel: oneOf('eid-h5'), task: redirectTask, expected }),
  'verify-mpsdk': record({ channel: oneOf('verify-mpsdk'), task: tokenTask, expected }),
  'eid-mpsdk': record({ channel: oneOf('eid-mpsdk'), task: tokenTask, expected }),
  'wechat-native': record({ channel: oneOf('wechat-native'), task: weChatTask, expected }),
};
const choiceShape = union<ChannelChoice>(
  ({ channel }) => (typeof channel === 'string' && Object.hasOwn(CHOICES, channel) ? (CHOICES[channel as ChannelChoice['channel']] as Shape<ChannelChoice>) : undefined),
  `must be an object whose channel is ${Object.keys(CHOICES).join(', ')}`,
);

/** Whether a channel of the client's leads through a vendor that this server could know. */
export function isVendorChannel(name: string): name is VendorChannel {
  return name !== 'capture' && name !== 'none' && Object.hasOwn(CHOICES, name);
}

/**
 * Has the customer's code choose, within the vendor's deadline. A choice that fails, takes too long or is none ends in the code for a
 * vendor that failed: the client has nothing to repeat, and the person may try later. Never rejects.
 */
export async function chooseChannel(choose: NonNullable<Settings['channel']>, session: Session, request: Omit<ChannelRequest, 'sessionId' | 'nonce' | 'signal'>, settings: Settings): Promise<ChannelChoice> {
  const { sessionId, nonce, subject } = session;
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('channel deadline')), settings.vendorDeadlineMs);
  });
  try {
    const chosen = await Promise.race([(async () => choose({ ...request, sessionId, nonce, signal: controller.signal }, subject))(), late]);
    // Written by the customer, perhaps in JavaScript. Its fields go to a page: one that does not belong there, such as a ticket, must not.
    const checked = check(choiceShape, chosen, 'refuse');
    if (!checked.ok) throw new TypeError(`channel: ${checked.errors.map(({ field, rule }) => `${field} ${rule}`).join('; ')}`);
    if (chosen.channel !== 'none' && !request.channels.includes(chosen.channel)) throw new TypeError(`channel: the client did not offer ${chosen.channel}`);
    return chosen;
  } catch (error) {
    settings.log({ level: 'error', event: 'vendor-failed', session: logId(sessionId), error: logError(error) });
    return { channel: 'none', code: VENDOR_FAILED };
  } finally {
    clearTimeout(timer);
    controller.abort();
  }
}

/** A session of a vendor's channel takes no recording: it would be the easier way for whoever is to go the other. */
export function refuseUnlessCapture({ session, channel }: StoredSession): Refusal | undefined {
  return session.choosesChannel && channel?.channel !== 'capture' ? refuse('channel-mismatch', 'the session is for another channel than capture') : undefined;
}

/** The refusal of a choice that came to nothing. */
export function refusedBy(code: CodeReference): Refusal {
  return refuse('channel-refused', 'no channel could be begun', { code });
}

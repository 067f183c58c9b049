import type { Platform } from '../platform/port.js';
import type { RedirectTask } from '../transport/protocol.js';
import { webPlatform } from '../platform/web.js';
import type { Channel, ChannelName, ChannelTask } from './channel.js';
import { awaitFinished } from './await-finished.js';
import type { AskFinished } from './await-finished.js';
import { webRedirectPage } from './redirect-page.js';
import type { RedirectPage } from './redirect-page.js';
import { NONCE_PARAMETER } from '../transport/attempt-address.js';
import { isNonce, isOfAnother, lastNonce, takeState } from './redirect-state.js';
import { readReturnAddress } from './return-address.js';
import { createRedirectStarter } from './start-redirect.js';
import { checkVendorAddress } from './vendor-address.js';
import type { VendorAddressOptions } from './vendor-address.js';

/** What the backend's session brings for a channel that comes back with a token; {@link TokenRedirectOptions.askFinished} is asked about its `token`. */
export interface TokenRedirectTask extends ChannelTask, RedirectTask {}

/** Options of the channels that come back with a token. */
export interface TokenRedirectOptions extends VendorAddressOptions {
  /** Default the browser's. */
  readonly page?: RedirectPage;
  /** Default the browser's. */
  readonly platform?: Pick<Platform, 'now' | 'setTimeout' | 'clearTimeout'>;
  /**
   * For a page that stays while the person goes on elsewhere: shows the address (as a QR code, say) instead of going there. The channel
   * then asks `askFinished` every second until the person has finished.
   */
  readonly show?: (address: string) => void;
  /** Asks your backend, which asks the vendor, whether the person has finished. Needed with `show`. */
  readonly askFinished?: AskFinished;
  /** Milliseconds to ask for. Default the task's `expiresInMs`. */
  readonly deadlineMs?: number;
}

/** What makes one of these channels. */
export interface TokenRedirectKind {
  readonly name: ChannelName;
  /** What the vendor calls the token in the return address. */
  readonly parameter: 'BizToken' | 'token';
  /** Whether other pages have a parameter of the name, so that it takes a nonce of ours to believe it. */
  readonly isCommonName: boolean;
  readonly hosts: readonly string[];
}

const isToken = (text: string | undefined): text is string => text !== undefined && /^[\w-]{8,128}$/.test(text);

/** The person comes back with a token and nothing else, passed or not: the page has no code to show, and the server asks the vendor. */
export function createTokenRedirectChannel({ name, parameter, isCommonName, hosts }: TokenRedirectKind, options: TokenRedirectOptions): Channel<TokenRedirectTask> {
  const { page = webRedirectPage(), platform = webPlatform(), show, askFinished, deadlineMs } = options;
  if ((show === undefined) !== (askFinished === undefined)) throw new TypeError('show and askFinished are given together or not at all');
  const starter = createRedirectStarter(name, page);

  return {
    name,
    async start(task, { signal } = {}) {
      if (signal?.aborted) return { status: 'cancelled' };
      const checked = checkVendorAddress(task.url, hosts, options);
      const obstacle = starter.claim(task);
      if (obstacle) return obstacle;
      if (!checked.ok) return starter.leave(task, { ok: false, field: 'url', rule: checked.rule });
      if (!show || !askFinished) return starter.leave(task, { ok: true, address: checked.url.href }, signal);
      const { token, nonce } = task;
      if (!isToken(token)) return starter.leave(task, { ok: false, field: 'token', rule: 'must be 8 to 128 letters, digits, _ and -' });
      show(checked.url.href);
      const ended = await awaitFinished({ ask: askFinished, token, platform, signal, deadlineMs: deadlineMs ?? task.expiresInMs, name });
      return ended.status === 'finished' ? { status: 'returned', channel: name, tokens: { [parameter]: token }, nonce } : ended;
    },
    resume() {
      const { values, cleaned } = readReturnAddress(page.address(), [parameter, NONCE_PARAMETER]);
      const token = values.get(parameter);
      const given = values.get(NONCE_PARAMETER);
      const nonce = isNonce(given) ? given : lastNonce(page, name);
      if (!isToken(token) || (isCommonName && nonce === undefined) || isOfAnother(page, given, name)) return undefined;
      page.replaceAddress(cleaned);
      const state = nonce === undefined ? undefined : takeState(page, nonce, name);
      return { status: 'returned', channel: name, tokens: { [parameter]: token }, ...(nonce !== undefined && { nonce }), ...(state && { state }) };
    },
  };
}

import type { ClientCode } from '../codes/client-codes.js';
import type { ChannelFailed, ChannelName, ChannelResult, ChannelTask } from './channel.js';
import type { RedirectPage } from './redirect-page.js';
import { isNonce, isUnderWay, keepState, takeState } from './redirect-state.js';

/** An address, or what is wrong with what it was to be made of. */
export type TaskAddress = { readonly ok: true; readonly address: string } | { readonly ok: false; readonly field: string; readonly rule: string };

/** Leaves for a vendor's page, once for each nonce. */
export interface RedirectStarter {
  /** Why the task cannot be started, if it cannot. After this it counts as started. */
  claim(task: ChannelTask): ChannelFailed | undefined;
  /** Keeps the state and goes. Until the page is gone `signal` takes both back. */
  leave(task: ChannelTask, address: TaskAddress, signal?: AbortSignal): ChannelResult;
}

/** @param name whose attempts these are */
export function createRedirectStarter(name: ChannelName, page: RedirectPage): RedirectStarter {
  const started = new Set<string>();
  const failed = (code: ClientCode, detail: string): ChannelFailed => ({ status: 'failed', code, detail: `${name}: ${detail}` });
  return {
    claim({ nonce, sessionId, expiresInMs, receivedAt = page.now() }) {
      if (!isNonce(nonce)) return failed('backend-malformed', 'nonce must be 16 to 128 letters, digits, _ and -');
      if (typeof sessionId !== 'string' || sessionId === '') return failed('backend-malformed', 'sessionId must be a text that is not empty');
      if (!(expiresInMs > 0)) return failed('backend-malformed', 'expiresInMs must be a number of milliseconds');
      // Vendors take a link once; the second time it shows an error page that leads nowhere.
      if (started.has(nonce) || isUnderWay(page, nonce)) return failed('session-used', 'this attempt was started before');
      if (page.now() >= receivedAt + expiresInMs) return failed('session-expired', 'the vendor’s link has expired');
      started.add(nonce);
      return undefined;
    },
    leave({ nonce, sessionId, consent }, address, signal) {
      if (!address.ok) return failed('backend-malformed', `${address.field} ${address.rule}`);
      keepState(page, nonce, { channel: name, sessionId, startedAt: page.now(), ...(consent && { consent }) });
      const stay = (): void => {
        page.stay();
        takeState(page, nonce, name);
      };
      signal?.addEventListener('abort', stay, { once: true });
      page.go(address.address);
      return { status: 'left' };
    },
  };
}

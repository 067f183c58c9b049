import faceidH5Client from '../../codes/tables/faceid-h5-client/index.js';
import type { KycTask } from '../../transport/protocol.js';
import { identifyBrowser } from '../../platform/in-app-browser.js';
import type { Channel, ChannelFailed, ChannelTask } from '../channel.js';
import { webRedirectPage } from '../redirect-page.js';
import type { RedirectPage } from '../redirect-page.js';
import { NONCE_PARAMETER } from '../../transport/attempt-address.js';
import { isNonce, isOfAnother, lastNonce, takeState } from '../redirect-state.js';
import { readReturnAddress } from '../return-address.js';
import { createRedirectStarter } from '../start-redirect.js';
import type { VendorAddressOptions } from '../vendor-address.js';
import { kycLoginAddress } from './login.js';
import { readKycReturn, RETURN_NAMES } from './return.js';

export { kycLoginAddress } from './login.js';
export type { KycLogin, KycLoginAddressOptions } from './login.js';

/** What the backend's session brings for this channel. */
export interface KycH5Task extends ChannelTask, KycTask {}

/** Options of {@link createKycH5Channel}. */
export interface KycH5Options extends VendorAddressOptions {
  /** `App` inside an app's web view. Default `browser`. */
  readonly from?: 'browser' | 'App';
  /** Whether the vendor's page stays out of the history. Default true. */
  readonly replace?: boolean;
  /**
   * Which browsers it is offered in. The vendor's page works neither in UC nor in Baidu's, and in few of Xiaomi's own; `any` offers it
   * there all the same. Default `supported`.
   */
  readonly browsers?: 'supported' | 'any';
  /** Default the browser's. */
  readonly page?: RedirectPage;
}

const NAME = 'kyc-h5';

/** Source: TC 1007/61072, 1007/114174. */
const UNSUPPORTED: readonly string[] = ['ucbrowser', 'baidu', 'baidubrowser', 'miuibrowser'];

/** Tencent's standalone H5 page (独立H5, 移动H5, PC H5, 意愿核身), on the page the person is on. */
export function createKycH5Channel({ page = webRedirectPage(), browsers = 'supported', ...options }: KycH5Options = {}): Channel<KycH5Task> {
  const starter = createRedirectStarter(NAME, page);
  const findObstacle = (): ChannelFailed | undefined => {
    const browser = browsers === 'any' ? undefined : identifyBrowser(page.userAgent());
    return browser !== undefined && UNSUPPORTED.includes(browser) ? { status: 'failed', code: 'unsupported-browser', detail: `${NAME}: the vendor’s page does not work in ${browser}` } : undefined;
  };
  return {
    name: NAME,
    tables: faceidH5Client,
    obstacle: findObstacle,
    async start(task, { signal } = {}) {
      if (signal?.aborted) return { status: 'cancelled' };
      // The page would spend the link and come back with nothing.
      const unfit = findObstacle();
      if (unfit) return unfit;
      // The signature may end before the session's own time does.
      const expiresInMs = Math.min(task.expiresInMs, task.login?.expiresInMs ?? task.expiresInMs);
      const obstacle = starter.claim({ ...task, expiresInMs });
      if (obstacle) return obstacle;
      return starter.leave(task, kycLoginAddress({ ...options, login: task.login, returnNonce: task.nonce, returnAddress: page.address() }), signal);
    },
    resume() {
      const { values, cleaned } = readReturnAddress(page.address(), [...RETURN_NAMES, NONCE_PARAMETER]);
      const given = values.get(NONCE_PARAMETER);
      const nonce = isNonce(given) ? given : lastNonce(page, NAME);
      const returned = readKycReturn(values, isNonce(given) ? 'nonce' : nonce !== undefined ? 'attempt' : 'none');
      if (!returned || isOfAnother(page, given, NAME)) return undefined;
      page.replaceAddress(cleaned);
      const state = nonce === undefined ? undefined : takeState(page, nonce, NAME);
      return { status: 'returned', channel: NAME, ...returned, ...(nonce !== undefined && { nonce }), ...(state && { state }) };
    },
  };
}

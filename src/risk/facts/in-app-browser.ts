import { browserMark, type InAppBrowser, type OwnBrowser } from '../../platform/in-app-browser.js';
import { type Collector, EVERYWHERE, type FactAbout } from '../fact.js';

/** The app the page is shown in. */
export interface InAppBrowserValue {
  readonly kind: InAppBrowser | OwnBrowser;
  /** As the app writes it, such as `8.0.57`. */
  readonly version?: string;
}


export const about: FactAbout = {
  purpose: 'Know the app around the page, which decides what the camera can do there.',
  value: 'Kind and version of the in-app browser (WeChat, QQ, Alipay, DingTalk, Weibo, …) or of a browser with a camera of its own ways (UC, QQ browser, …).',
  personalData: 'device',
  platforms: EVERYWHERE,
  cost: 'Under 1 ms.',
};

/** The app around the page, by its user agent; missing in a common browser. */
export const inAppBrowser: Collector<InAppBrowserValue> = {
  group: 'browser',
  read: ({ host }) => identify(host.page.navigator.userAgent),
};

function identify(userAgent: string): InAppBrowserValue | undefined {
  const [kind, mark] = browserMark(userAgent) ?? [];
  // Of the app's own name: apps also tell the versions of the engines and apps they are made of.
  return kind && { kind, ...new RegExp(`(${mark})[/_ ]*(?<version>\\d[\\d.]*)`, 'i').exec(userAgent)?.groups };
}

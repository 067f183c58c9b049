import { type InAppBrowser, markOf } from '../../platform/in-app-browser.js';
import { type Collector, EVERYWHERE, type FactAbout } from '../fact.js';

/** Browsers of their own whose camera or player differs from their engine's, by their product name. */
type OwnBrowser = 'ucbrowser' | 'quark' | 'huaweibrowser' | 'miuibrowser' | 'vivobrowser' | 'heytapbrowser' | 'qqbrowser';

/** The app the page is shown in. */
export interface InAppBrowserValue {
  readonly kind: InAppBrowser | OwnBrowser;
  /** As the app writes it, such as `8.0.57`. */
  readonly version?: string;
}

const OWN = /UCBrowser|Quark|HuaweiBrowser|MiuiBrowser|VivoBrowser|HeyTapBrowser|QQBrowser/i;

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
  const [app, mark] = markOf(userAgent) ?? [];
  // Every browser inside an Android app has the general mark, UC's too.
  const own = app === undefined || app === 'android-webview' ? (OWN.exec(userAgent)?.[0].toLowerCase() as OwnBrowser | undefined) : undefined;
  const kind = own ?? app;
  // Of the app's own name: apps also tell the versions of the engines and apps they are made of.
  return kind && { kind, ...new RegExp(`(${own ?? mark?.source})[/_ ]*(?<version>\\d[\\d.]*)`, 'i').exec(userAgent)?.groups };
}

/** Browsers inside other apps, which share the system's engine but not its camera permission or its video player. */
export type InAppBrowser =
  | 'wechat-mini-program'
  | 'wechat-work'
  | 'wechat'
  | 'qq'
  | 'alipay'
  | 'dingtalk'
  | 'feishu'
  | 'weibo'
  | 'baidu'
  | 'douyin'
  | 'toutiao'
  | 'facebook'
  | 'instagram'
  | 'line'
  | 'android-webview';

/** Browsers of their own whose camera or player differs from their engine's, by their product name. */
export type OwnBrowser = 'ucbrowser' | 'quark' | 'huaweibrowser' | 'miuibrowser' | 'vivobrowser' | 'heytapbrowser' | 'qqbrowser' | 'baidubrowser';

const OWN = /(UC|Huawei|Miui|Vivo|HeyTap|QQ|Baidu)Browser|Quark/i;

type Mark = readonly [InAppBrowser, RegExp];

/** Of every app, those that say no more of themselves too. */
const WEB_VIEW: Mark = ['android-webview', /; wv\).*Chrome/];

/** The first that matches: the more special ones stand before those whose mark they carry too. Right behind a mark the version follows. */
const MARKS: readonly Mark[] = [
  // Alipay's and QQ's mini-programs say miniProgram too, and not all of WeChat's say it last.
  ['wechat-mini-program', /^(?=.*miniProgram).*MicroMessenger/i],
  ['wechat-work', /wxwork/i],
  ['wechat', /MicroMessenger/i],
  // "MQQBrowser" is the QQ browser, a browser of its own; " QQ/" is the messenger.
  ['qq', /\bQQ\//],
  ['alipay', /AlipayClient/i],
  ['dingtalk', /DingTalk/i],
  ['feishu', /\bLark\/|Feishu/i],
  ['weibo', /Weibo/i],
  ['baidu', /baiduboxapp/i],
  ['douyin', /aweme/i],
  ['toutiao', /NewsArticle/i],
  ['facebook', /FBAN|FBAV/],
  ['instagram', /Instagram/],
  ['line', /\bLine\//],
  WEB_VIEW,
];

/** Which app a page is shown in, by its user agent; `undefined` for a browser of its own. A hint for a text, never a verdict. */
export function identifyInAppBrowser(userAgent: string): InAppBrowser | undefined {
  return markOf(userAgent)?.[0];
}

/** The app a page is shown in, or else the browser where it is one with ways of its own; `undefined` for a common one. The same hint. */
export function identifyBrowser(userAgent: string): InAppBrowser | OwnBrowser | undefined {
  return browserMark(userAgent)?.[0];
}

/** That of {@link identifyBrowser}, and the pattern of what stands before its version. */
export function browserMark(userAgent: string): readonly [kind: InAppBrowser | OwnBrowser, pattern: string] | undefined {
  const app = markOf(userAgent);
  // Every browser inside an Android app has the general mark, UC's too; and UC's engine is in apps that are not UC's.
  const [own] = (app && app !== WEB_VIEW ? undefined : OWN.exec(userAgent)) ?? [];
  return own ? [own.toLowerCase() as OwnBrowser, own] : app && [app[0], app[1].source];
}

function markOf(userAgent: string): Mark | undefined {
  return MARKS.find(([, mark]) => mark.test(userAgent));
}

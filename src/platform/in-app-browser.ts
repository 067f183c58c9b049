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

/** The first that matches: the more special ones stand before those whose mark they carry too. */
const MARKS: readonly (readonly [InAppBrowser, RegExp])[] = [
  // Alipay's and QQ's mini-programs say miniProgram too, and not all of WeChat's say it last.
  ['wechat-mini-program', /miniProgram.*MicroMessenger|MicroMessenger.*miniProgram/i],
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
  ['android-webview', /; wv\)/],
];

/** Which app a page is shown in, by its user agent; `undefined` for a browser of its own. A hint for a text, never a verdict. */
export function identifyInAppBrowser(userAgent: string): InAppBrowser | undefined {
  return MARKS.find(([, mark]) => mark.test(userAgent))?.[0];
}

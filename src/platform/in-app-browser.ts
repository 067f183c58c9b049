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

/** The first that matches: the more special ones stand before those whose mark they carry too. Right behind a mark the version follows. */
const MARKS: readonly (readonly [InAppBrowser, RegExp])[] = [
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
  ['android-webview', /; wv\).*Chrome/],
];

/** Which app a page is shown in, by its user agent; `undefined` for a browser of its own. A hint for a text, never a verdict. */
export function identifyInAppBrowser(userAgent: string): InAppBrowser | undefined {
  return markOf(userAgent)?.[0];
}

/** The app of {@link identifyInAppBrowser}, and the pattern of what stands before its version. */
export function markOf(userAgent: string): readonly [InAppBrowser, RegExp] | undefined {
  return MARKS.find(([, mark]) => mark.test(userAgent));
}

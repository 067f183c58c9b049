import antifraud from './antifraud/index.js';
import facefront from './facefront/index.js';
import faceidH5Client from './faceid-h5-client/index.js';
import faceidRisk from './faceid-risk/index.js';
import faceidSdk from './faceid-sdk/index.js';
import faceidWechat from './faceid-wechat/index.js';
import image from './image/index.js';
import juheAntifraud from './juhe-antifraud/index.js';
import juheAntirush from './juhe-antirush/index.js';
import wechatNative from './wechat-native/index.js';

/** Every table there is. The types of system, table and code come from here. */
export const ALL_TABLES = [
  ...facefront,
  ...antifraud,
  ...faceidWechat,
  ...faceidSdk,
  ...faceidRisk,
  ...image,
  ...juheAntirush,
  ...juheAntifraud,
  ...faceidH5Client,
  ...wechatNative,
] as const;

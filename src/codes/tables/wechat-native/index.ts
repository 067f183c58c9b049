import verifyRet from './verify-ret.js';

/** WeChat's own face verification, `wx.requestFacialVerify`. */
export default [verifyRet] as const;

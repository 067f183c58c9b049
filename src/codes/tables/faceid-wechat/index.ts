import compare from './compare.js';
import livenessAction from './liveness-action.js';
import livenessDigits from './liveness-digits.js';
import livenessSilent from './liveness-silent.js';
import liveness from './liveness.js';
import system from './system.js';
import wechat from './wechat.js';

/** Tencent FaceID in WeChat: the H5 page, the mini-program, E证通. */
export default [system, wechat, liveness, livenessDigits, livenessAction, livenessSilent, compare] as const;

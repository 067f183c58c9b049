import result from './result.js';

/** Tencent FaceID in apps and browsers: the App SDK, the standalone H5 page, the PC H5 page. */
export default [result] as const;

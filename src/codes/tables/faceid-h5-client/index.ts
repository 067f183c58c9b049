import result from './result.js';

/** Tencent FaceID, the standalone H5 page in the browser. */
export default [result] as const;

import deviceLevel from './device-level.js';
import deviceTag from './device-tag.js';
import identityLevel from './identity-level.js';
import identityTag from './identity-tag.js';

/** Tencent FaceID, risk information of the enhanced edition. */
export default [deviceLevel, identityLevel, deviceTag, identityTag] as const;

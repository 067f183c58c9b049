import access from './access.js';
import risk from './risk.js';

/** Tencent Cloud anti-fraud (天御). */
export default [access, risk] as const;

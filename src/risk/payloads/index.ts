/**
 * `facefront/risk/payloads`: request bodies for the vendors' risk engines, from a risk report. Pure, for pages and for servers.
 */
export { hashIdfa, hashImei, hashMobile } from './account-id.js';
export { buildBusinessSecurityData, buildClientPart } from './build.js';
export type { ClientPartInput, Payload, PayloadFields, PayloadInput, PayloadProfile } from './build.js';
export { hashCookies } from './cookie-hash.js';
export { PAYLOAD_CODES } from './error.js';
export type { PayloadError } from './error.js';
export { fieldsFromReport } from './from-report.js';
export type { ReportedFields, ReportForPayload } from './from-report.js';

/** `facefront/transport`: the client half of the wire protocol, for those who run a flow of their own. */
export { canonicalJson } from './canonical-json.js';
export { chainOf, digestOf, sha256, toHex } from './chain.js';
export type { AbandonmentOutcome } from './abandon.js';
export type { CircuitOptions } from './circuit.js';
export { createBackendClient } from './client.js';
export type { BackendClient, BackendClientOptions, CallOptions, PutPartOptions, SubmitOptions } from './client.js';
export type { BackendFailure } from './failure.js';
export type { AwaitVerdictOptions } from './poll-verdict.js';
export type { Fetch, SendContext } from './send.js';
export { uploadParts } from './parts.js';
export type { UploadedParts, UploadPartsOptions } from './parts.js';
export { postToken } from './post-token.js';
export type { PostTokenOptions } from './post-token.js';
export { MOTION_JPEG, PROBLEM_NAMES, PROBLEM_PREFIX, PROTOCOL_VERSION, SYSTEM_CAMERA } from './protocol.js';
export type * from './protocol.js';
export { decideRetry, DEFAULT_RETRY_POLICY, parseRetryAfter } from './retry-policy.js';
export type { AttemptOutcome, RetryDecision, RetryInput, RetryPolicy, RetryStop } from './retry-policy.js';

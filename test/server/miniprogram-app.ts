/** What a mini-program imports; `miniprogram-globals.test.ts` bundles it. */
export { canonicalJson, chainOf, createBackendClient, digestOf, postToken, uploadParts } from '../../src/transport/index.js';
export { createAbortController, miniProgramFetch, miniProgramPlatform } from '../../src/platform/miniprogram-request.js';

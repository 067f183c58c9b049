import client from './client.js';

/** The SDK's own failures. */
export default [client] as const;

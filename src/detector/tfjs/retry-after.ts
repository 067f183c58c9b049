/**
 * Milliseconds before each further try at a file of the detector that the network lost, its script included. A phone that comes out of
 * a tunnel says that it is online before its connections work.
 */
export const RETRY_AFTER_MS = [500, 2000] as const;

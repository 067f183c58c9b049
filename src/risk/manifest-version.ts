/**
 * Version of the privacy manifest: the day of its last change. Raised whenever a fact, a signal or what is said of one changes; a
 * test holds it to the content.
 */
export const MANIFEST_VERSION = '2026-11-27';

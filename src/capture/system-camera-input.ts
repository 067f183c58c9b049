/** Attributes of the `<input>` that opens the phone's own camera. Where `capture` is not known, an album opens. */
export const SYSTEM_CAMERA_INPUT = { type: 'file', accept: 'video/*', capture: 'user' } as const;

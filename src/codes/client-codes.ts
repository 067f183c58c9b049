/**
 * The SDK's own failures: the codes of system `facefront`, table `client`. They stand here apart from their meanings and
 * prompts so that the rooms that raise them depend on names only.
 */
export const CLIENT_CODES = [
  // environment
  'insecure-context',
  'permissions-policy',
  'unsupported-browser',
  'in-app-browser',
  'offline',
  // camera
  'camera-denied',
  'camera-absent',
  'camera-in-use',
  'camera-overconstrained',
  'camera-timeout',
  'camera-failed',
  'camera-lost',
  'camera-no-frames',
  'camera-too-small',
  'playback-blocked',
  'page-hidden',
  // microphone
  'microphone-denied',
  'microphone-absent',
  'microphone-failed',
  // recorder
  'recorder-unavailable',
  'recorder-empty',
  'recorder-failed',
  // a file from the system's camera
  'video-too-long',
  'video-too-large',
  'not-a-video',
  // detector
  'detector-unavailable',
  'detector-crashed',
  'detector-timeout',
  'model-missing',
  'model-corrupt',
  'model-timeout',
  // guidance: the instruction that stood when the deadline passed
  'face-absent',
  'faces-multiple',
  'face-too-far',
  'face-too-close',
  'face-off-centre',
  'face-not-frontal',
  'too-dark',
  'too-bright',
  'not-still',
  'too-blurred',
  'face-lost',
  'guidance-timeout',
  // challenge
  'no-suitable-challenge',
  'action-missed',
  'eyes-closed',
  'sound-absent',
  'voice-too-quiet',
  'too-noisy',
  'mouth-still',
  // backend
  'network-failed',
  'backend-timeout',
  'backend-malformed',
  'backend-rejected',
  'upload-failed',
  'session-expired',
  'session-used',
  'verdict-timeout',
  'verdict-unreadable',
  // the person
  'consent-refused',
  'consent-timeout',
  'cancelled',
  'channel-left',
  // the integrator
  'invalid-options',
  'internal',
] as const;

/** See {@link CLIENT_CODES}. */
export type ClientCode = (typeof CLIENT_CODES)[number];

import type { Limit } from './rule.js';

const shared = {
  /** Someone behind at twice the distance is about 0.5; a poster or a passer-by far behind stays below 0.3. */
  secondFace: { good: 0.3, bad: 0.4, abort: 0.4 },
  /** At 1.1 the face takes 88 % of a landscape frame's height, and the next movement cuts forehead or chin. */
  faceSizeMaximum: { good: 1, bad: 1.1, abort: 1.3 },
  /** In oval widths: at 0.2 a face of the smallest accepted size still lies inside the oval. */
  offsetX: { good: 0.2, bad: 0.27, abort: 0.5 },
  /** In oval heights. Laptop cameras look from above or below, so people sit lower or higher than the middle. */
  offsetY: { good: 0.2, bad: 0.27, abort: 0.5 },
  /** Degrees. Vendors want a frontal face; beyond 20° one eye's corner begins to hide. */
  yaw: { good: 14, bad: 20, abort: 40 },
  /** Degrees. Wider than yaw: a phone held low or a laptop's camera tilts every face, and mesh models disagree on zero. */
  pitch: { good: 18, bad: 24, abort: 40 },
  /** Degrees. Leaning is harmless to matching, only the oval no longer fits. */
  roll: { good: 18, bad: 24, abort: 45 },
  /** Mean luma of the face. Low, so that dark skin in ordinary light passes: what is asked is light, not a light face. */
  brightnessMinimum: { good: 52, bad: 45, abort: 20 },
  /** Mean luma of the face; above 208 forehead and cheeks are clipped. */
  brightnessMaximum: { good: 198, bad: 208, abort: 245 },
  /** Standard deviation of the luma; below 8 the features drown, in haze, in darkness or in glare. */
  contrastMinimum: { good: 11, bad: 8 },
  /** Mean luma of a frame without a face: below it the lens is covered or the room dark, which "no face" would not explain. */
  frameBrightnessMinimum: { good: 30, bad: 24 },
  /** Mean luma of a frame without a face: above it the camera looks into a lamp. */
  frameBrightnessMaximum: { good: 235, bad: 245 },
  /** Face heights per second. Somebody sitting still measured 0.04–0.08, a sway of the body 0.6–0.8; 0.6 smears a 30 ms exposure. */
  motion: { good: 0.35, bad: 0.6 },
  /**
   * Variance of the Laplacian. Real webcam faces measured 86–830; a Gaussian blur of 3 % of the face's width brings them to
   * 20–40. Low, because smooth skin and a camera's noise filter cost sharpness too and nobody can act against those.
   */
  sharpnessMinimum: { good: 38, bad: 30 },
} as const;

/**
 * Every threshold of the guidance. `phone`: held at arm's length or nearer, portrait. `desktop`: a webcam at 50–80 cm,
 * landscape, where an ordinary seat gives a smaller face. Units are those of {@link METRICS}.
 */
export const profiles = {
  phone: { ...shared, /** At 0.54 a 480×640 frame has 180 pixels between the ears. */ faceSizeMinimum: { good: 0.6, bad: 0.54, abort: 0.4 } },
  desktop: { ...shared, /** At 0.42 a 640×480 frame has 120 pixels between the ears. */ faceSizeMinimum: { good: 0.48, bad: 0.42, abort: 0.32 } },
} as const satisfies Record<string, Readonly<Record<string, Limit>>>;

/** See {@link profiles}. */
export type ProfileName = keyof typeof profiles;

/** The limits of one profile. */
export type Thresholds = { readonly [Name in keyof (typeof profiles)['phone']]: Limit };

/**
 * A profile with single limits replaced, each as a whole.
 *
 * @throws TypeError naming the profile that is unknown, or the limit that is or is not made of numbers
 */
export function thresholdsWith(profile: ProfileName, changes: Partial<Thresholds> = {}): Thresholds {
  if (!(profile in profiles)) throw new TypeError(`profile: must be one of ${Object.keys(profiles).join(', ')}`);
  for (const [name, limit] of Object.entries(changes)) {
    if (!(name in profiles.phone)) throw new TypeError(`thresholds.${name}: unknown, expected one of ${Object.keys(profiles.phone).join(', ')}`);
    const { good, bad, abort = bad } = limit;
    if (!Number.isFinite(good + bad + abort) || good === bad || (abort - bad) * (bad - good) < 0) {
      throw new TypeError(`thresholds.${name}: must be numbers with good < bad ≤ abort or good > bad ≥ abort`);
    }
  }
  return { ...profiles[profile], ...changes };
}

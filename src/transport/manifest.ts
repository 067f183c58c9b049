import type { ChallengeRecord, Substitution } from '../liveness/index.js';
import type { Challenge } from './protocol.js';

/** The media type of a burst: JPEG pictures, one right behind the other. */
export const MOTION_JPEG = 'video/x-motion-jpeg';

/** In {@link Manifest.fallbacks}: the video is a file that the phone's own camera app made, so nobody watched it being made. */
export const SYSTEM_CAMERA = 'evidence:system-camera';

/** One uploaded part in the manifest. */
export interface ManifestPart {
  /** From 0, without gaps; the best frame's parts go on where the video's end. */
  readonly index: number;
  readonly bytes: number;
  /** SHA-256 of the part, hex. */
  readonly digest: string;
}

/** A moment of the run, for the server to compare with the video. */
export interface TimelineEntry {
  /** Whole milliseconds from the start of the recording; negative before it. */
  readonly at: number;
  /** See docs/evidence.md for those that the server looks at; it keeps the others. */
  readonly event: string;
}

/** One picture of a burst. */
export interface ManifestFrame {
  /** Milliseconds from the start of the recording. */
  readonly at: number;
  readonly bytes: number;
}

/** The recording. */
export interface ManifestVideo {
  /** The container the recorder really produced. */
  readonly mediaType: string;
  readonly bytes: number;
  /** By the client's clock; the server measures its own. */
  readonly durationMs: number;
  readonly parts: readonly ManifestPart[];
  /** The pictures of {@link MOTION_JPEG}, which has no other clock, in order; of no other type. */
  readonly frames?: readonly ManifestFrame[];
}

/** One picture of the run that a face can be compared with. */
export interface ManifestBestFrame {
  readonly mediaType: 'image/jpeg';
  readonly bytes: number;
  /** Milliseconds from the start of the recording. */
  readonly at: number;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** What it was chosen by, as the client's detector measured it. Angles in degrees. */
  readonly score: { readonly sharpness: number; readonly yaw: number; readonly pitch: number; readonly roll: number; readonly eyeOpenness: number };
  readonly parts: readonly ManifestPart[];
}

/** Describes the evidence and binds it to the session. */
export interface Manifest {
  readonly version: 1;
  readonly sessionId: string;
  readonly nonce: string;
  readonly challenge: Challenge;
  /** SHA-256 of the RFC 8785 form of the submission's `consent`, hex. */
  readonly consentDigest: string;
  readonly video: ManifestVideo;
  readonly bestFrame?: ManifestBestFrame;
  /** In the order of their times. */
  readonly timeline: readonly TimelineEntry[];
  readonly camera: {
    readonly width: number;
    readonly height: number;
    readonly frameRate?: number;
    readonly facingMode?: string;
    /** The stream did not come from the SDK's own getUserMedia call (the demo's sample person, an integrator's stream). */
    readonly synthetic: boolean;
  };
  /** Rungs of the fallback ladder that were used, in order. */
  readonly fallbacks: readonly string[];
  /** What was measured of the challenge, its times on the timeline's clock. A statement of the client's, for the server to compare. */
  readonly record?: ChallengeRecord;
  /** Those of `SessionRequest.substitutions`, in the same order. */
  readonly substitutions?: readonly Substitution[];
  /**
   * Hex. `h₀ = SHA-256(nonce)`, over the nonce's characters as sent (ASCII); `hᵢ₊₁ = SHA-256(hᵢ ‖ digest of part i)`, both as 32
   * raw bytes, over the video's parts and then the best frame's; the last link is `SHA-256(hₙ ‖ SHA-256(RFC 8785 form of the
   * manifest without this field))`.
   */
  readonly chain: string;
}

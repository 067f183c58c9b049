/**
 * A rectangle as fractions of the frame's width and height, origin at the top left of the frame as the camera gave it
 * (never mirrored). Values may leave 0–1 where a face is cut by the frame's edge.
 */
export interface NormalizedBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A point as fractions of the frame's width and height. */
export interface NormalizedPoint {
  readonly x: number;
  readonly y: number;
}

/**
 * What the face mesh says of one face, reduced to the numbers the engine reasons with. Signs are the person's own:
 * positive `yaw` is the person turning to their left (right of an unmirrored frame), positive `pitch` is the chin up,
 * positive `roll` is the head leaning towards the person's left shoulder.
 */
export interface FaceMeasures {
  /** Degrees, about −90 to 90. */
  readonly yaw: number;
  /** Degrees, about −60 to 60. */
  readonly pitch: number;
  /** Degrees, −180 to 180. */
  readonly roll: number;
  /** Height of the eye's opening over its width: about 0.25–0.35 open, below 0.15 closed; differs from person to person. */
  readonly leftEyeOpenness: number;
  /** See {@link FaceMeasures.leftEyeOpenness}. */
  readonly rightEyeOpenness: number;
  /** Gap between the inner lips over the mouth's width: about 0 closed, above 0.3 wide open. */
  readonly mouthOpenness: number;
}

/** One face in one frame. */
export interface ObservedFace {
  /** From the forehead to the chin, ear to ear. */
  readonly box: NormalizedBox;
  /** Detector's confidence, 0–1. */
  readonly score: number;
  /** Eye centres, nose tip and mouth centre; the short-range detector gives them without the mesh. "Left" is the person's own. */
  readonly keypoints: {
    readonly leftEye: NormalizedPoint;
    readonly rightEye: NormalizedPoint;
    readonly noseTip: NormalizedPoint;
    readonly mouth: NormalizedPoint;
  };
  /** Absent while only the short-range detector is loaded, and for every face but the largest. */
  readonly measures?: FaceMeasures;
}

/** How the face region (the whole frame where there is no face) is lit and how crisp it is. */
export interface ImageQuality {
  /** Mean luma, 0–255. */
  readonly brightness: number;
  /** Standard deviation of the luma, 0–127. */
  readonly contrast: number;
  /** Variance of the Laplacian of the luma over the region scaled to a fixed size; below about 20 is blurred. */
  readonly sharpness: number;
}

/** One frame as the engine sees it. No pixels, no clock: `time` travels with the data. */
export interface Observation {
  /** Milliseconds on the run's own clock (the media time of the frame where the platform gives it); never decreases. */
  readonly time: number;
  readonly frame: { readonly width: number; readonly height: number };
  /** Largest first. */
  readonly faces: readonly ObservedFace[];
  /** Absent where the source has no pixels to measure (a mini-program's native face API). */
  readonly quality?: ImageQuality;
  /**
   * Root mean square of the microphone's samples since the observation before, 0–1, where sound is captured. Absent while the page
   * itself speaks, so that its voice is not taken for the person's.
   */
  readonly soundLevel?: number;
}

/** The camera that is being looked at through. Nothing here opens, stops or changes it. */
export interface CameraUnderTest {
  readonly track: MediaStreamTrack;
  /** Plays the track; without it there are no facts about frames. */
  readonly video?: HTMLVideoElement | undefined;
  /** What was asked of `getUserMedia`, to be compared with what was granted. */
  readonly requested?: MediaTrackConstraints | undefined;
  /**
   * `clone`: ask a clone of the track for half its size and see whether it answers. Browsers give a clone settings of its own, but
   * some devices blink, so only before the recording starts. Default `never`.
   */
  readonly probe?: 'never' | 'clone' | undefined;
}

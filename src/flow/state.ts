import type { ChannelName } from '../channels/channel.js';
import type { CodeReference } from '../codes/core.js';
import type { PreflightReport } from '../capture/index.js';
import type { FileReport } from '../capture/system-camera.js';
import type { DetectorProgress, DetectorStage } from '../detector/port.js';
import type { ChallengeType, ChallengeView, Instruction, NormalizedBox } from '../liveness/index.js';
import type { VerifyResult } from './result.js';

/** How much of the detector has arrived: shown beside any phase until `stage` is `mesh`. */
export interface DetectorState {
  readonly stage: DetectorStage | undefined;
  /** Absent before the first byte. */
  readonly progress?: DetectorProgress;
}

/**
 * What the flow is doing, for a view to draw. Emitted whenever anything in it changes; a view renders the last one and needs
 * no memory of earlier ones. Texts are the view's: instructions and codes come as ids, so that the language can change any
 * time (`promptText('instruction.' + id, locale)`, `promptFor(code, locale)`).
 */
export type FlowState = {
  readonly detector: DetectorState;
  /** There only while the network is gone and something waits for it, a minute at most. */
  readonly connection?: 'offline';
} & (
  | { readonly phase: 'consent' }
  /** `report` says why, where a check failed; the result follows at once. Told again once the browser has listed its devices. */
  | { readonly phase: 'preflight'; readonly report: PreflightReport }
  /** A session is being asked for. */
  | { readonly phase: 'session' }
  /** The screen is going to light the face in changing colours, which the person may decline; see `VerifyOptions.onLightWarning`. */
  | { readonly phase: 'lightWarning' }
  /** A vendor takes over: the page is about to be left, or waits for the person to finish elsewhere. */
  | { readonly phase: 'channel'; readonly channel: ChannelName }
  /**
   * The person is back from a vendor, and the backend is being asked what came of it. `code` is the vendor's word where something went
   * wrong: a prompt to show (`promptFor`), never a verdict.
   */
  | { readonly phase: 'returned'; readonly channel: ChannelName; readonly code?: CodeReference }
  /** The browser is asking the person for the camera, or the camera is starting. */
  | { readonly phase: 'camera' }
  /** The browser is asking the person for the microphone, which the challenge needs. */
  | { readonly phase: 'microphone' }
  /** The browser will not play the preview without a tap, or plays it and shows nothing; see `VerifyOptions.onTapNeeded`. */
  | { readonly phase: 'tap' }
  /** The camera is on; the first model is still on its way. */
  | { readonly phase: 'loading'; readonly oval: NormalizedBox }
  /**
   * `progress` 0–1 is how long all has been well. `oval` is in fractions of the unmirrored frame. `challengeType`: what will be asked.
   * `missed`: why the try before was not met, for the two or three seconds in which it should be read.
   */
  | { readonly phase: 'guidance'; readonly instruction: Instruction; readonly progress: number; readonly oval: NormalizedBox; readonly challengeType: ChallengeType; readonly missed?: CodeReference }
  /** `challenge`: what to show besides the instruction: which digit, which colour, how far in the sequence of actions. */
  | { readonly phase: 'recording'; readonly instruction: Instruction; readonly progress: number; readonly oval: NormalizedBox; readonly challenge: ChallengeView }
  /** The camera or the microphone was lost, or another camera was chosen; it is being opened again, and guidance goes on then. */
  | { readonly phase: 'reacquiring' }
  /** The page is hidden, or the system holds the camera for a moment; guidance goes on when it is back. */
  | { readonly phase: 'paused' }
  /**
   * A file from the phone's own camera is asked for, about `seconds` long; see `VerifyOptions.onFileNeeded`. `report`: what is wrong
   * with the last one. `checking`: one is being looked at, 0–1.
   */
  | { readonly phase: 'systemCamera'; readonly seconds: number; readonly report?: FileReport; readonly checking?: number }
  /** The recording is being made into what the backend takes. `progress` 0–1; it may begin anew once. */
  | { readonly phase: 'converting'; readonly progress: number }
  /** `remainingMs` is an estimate from the time taken so far, where there is one. */
  | { readonly phase: 'uploading'; readonly sentBytes: number; readonly totalBytes: number; readonly remainingMs?: number }
  /** Everything is with the backend; the verdict is awaited. */
  | { readonly phase: 'verdict' }
  | { readonly phase: 'ended'; readonly result: VerifyResult }
);

/** See {@link FlowState}. */
export type FlowPhase = FlowState['phase'];

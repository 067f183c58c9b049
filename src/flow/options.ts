import type { Channel, ChannelTask } from '../channels/channel.js';
import type { PromptOverrides } from '../codes/core.js';
import type { CameraChoice } from '../capture/index.js';
import type { FileReport } from '../capture/system-camera.js';
import type { DetectorPort } from '../detector/port.js';
import type { ChallengeType, EngineOptions, Inability, ProfileName, Thresholds, Timing, TraceEntry } from '../liveness/index.js';
import type { MediaPlatform } from '../platform/port.js';
import type { ConsentRecord } from '../transport/protocol.js';
import type { Fetch } from '../transport/send.js';
import type { FlowState } from './state.js';

/** How the person is asked, and what they are asked. */
export interface ConsentOptions {
  /** The whole text that is shown. Its SHA-256 goes into the consent record. */
  readonly text: string;
  /** Your own name for this version of the text, such as `2026-11`. */
  readonly textVersion: string;
  /** What is agreed to. @default ['face-video'] */
  readonly scopes?: readonly string[];
  /** Shows the text and resolves with the answer. `signal` aborts when the run ends first. */
  readonly ask: (signal: AbortSignal) => Promise<'granted' | 'refused'>;
}

/** What {@link VerifyOptions.collectRisk} works with. */
export interface RiskContext {
  /** Aborts when the run ends, and when another camera comes into use: the collector is called anew then. */
  readonly signal: AbortSignal;
  readonly consent: ConsentRecord;
  /**
   * The stream in use, the element that plays it, and what the browser was asked for (`undefined` for a stream of your own). Neither
   * is the collector's to stop. Absent where the page has no camera: a vendor looks, or a file is given.
   *
   * `cameraResponse` is not read: guidance goes on meanwhile, the recording may begin, and some phones blink when a clone of their
   * track is asked for another size. Where you know your phones, hand over `{ ...camera, probe: 'clone' }`.
   */
  readonly camera?: { readonly track: MediaStreamTrack; readonly video: HTMLVideoElement; readonly requested: MediaTrackConstraints | undefined };
}

/** The camera in use, and the others. Their names are the person's own business: show them, never send them. */
export interface CameraControl {
  /** Of the camera in use. */
  readonly deviceId: string | undefined;
  /** The one best suited to a face first. Empty for a stream of your own, and where the browser lists none. */
  readonly cameras: readonly CameraChoice[];
  /**
   * Changes to another camera of the list: guidance waits until it is open; where it gives no usable picture, the one before is opened
   * again. Does nothing for the camera in use, before guidance has begun and while another one is being opened.
   */
  readonly use: (deviceId: string) => void;
}

/** What {@link VerifyOptions.onFileNeeded} is asked with. */
export interface FileRequest {
  /** Aborts when the run ends first. */
  readonly signal: AbortSignal;
  /** What was wrong with the last file; absent the first time. */
  readonly report?: FileReport;
}

/** Options of {@link verify}. Unknown names are refused, so that a typing error is not a silent default. */
export interface VerifyOptions {
  /** Where your backend serves the protocol, such as `/api/face`. https, or a path of the page's own origin. */
  readonly endpoint: string;
  /** Address of the folder with `worker/` and `assets/` of this package, on the page's own origin. */
  readonly assetBase: string;
  /** The element that shows the preview. Mirror it with CSS (`transform: scaleX(-1)`), never the stream. */
  readonly video: HTMLVideoElement;
  readonly consent: ConsentOptions;
  /** BCP 47, for the prompt in the result. @default 'zh-CN' */
  readonly locale?: string;
  /** Sentences of your own, by prompt id or by `system/table/code`. */
  readonly prompts?: PromptOverrides;
  /** Called with every change; see {@link FlowState}. */
  readonly onState?: (state: FlowState) => void;
  /**
   * Some in-app browsers play the preview only after a tap, or say that they play and show nothing: show a button and resolve when
   * it is tapped; play begins then. May be called again in a run. Without this option the run ends with `playback-blocked` or
   * `camera-no-frames` there.
   */
  readonly onTapNeeded?: (signal: AbortSignal) => Promise<void>;
  /**
   * Called before a challenge in which the screen lights the face in changing colours, that a person with photosensitive epilepsy
   * must not meet unwarned: say so, and resolve with `go`, or with `other` where they would rather do something else. Without this
   * option the light is never offered to the server, and `challenges` may not name it; a page that has warned by itself passes
   * `() => Promise.resolve('go')`.
   */
  readonly onLightWarning?: (signal: AbortSignal) => Promise<'go' | 'other'>;
  /**
   * Called where a page gets no live camera (in some in-app browsers) or none that can be recorded: show a button that opens the
   * phone's own camera (`<input type="file" accept="video/*" capture="user">`) and resolve with the file, or with `undefined` where
   * the person gives up. Called again where something is wrong with a file. A file proves less than a guided recording: it is
   * asked for only where `challenges` has `silent`, and the manifest tells the server (`evidence:system-camera`). Without this
   * option the run ends with the reason.
   */
  readonly onFileNeeded?: (request: FileRequest) => Promise<File | undefined>;
  /**
   * Whether the page itself is speaking just now; the microphone is not listened to meanwhile. A page that gives it says the digits
   * aloud to somebody who `cannot` see them; without it they are not asked for the digits, nor where it answers `undefined` when the
   * session is opened: the page has no voice here.
   */
  readonly isSpeaking?: () => boolean | undefined;
  /**
   * Called with everything the engine is told: each frame's measures, time that passed without a frame, the recorder's answer, the page
   * leaving and coming back. No pixels. `createTraceWriter` of `facefront/liveness` makes a trace of it, which the replay viewer reads:
   * why did this person fail? `engine` is what the engine was created with, the same in every call: the challenge as it was asked for,
   * times, limits; it belongs in the trace's header. The measures are of a person's face; keep a trace only where they know.
   */
  readonly onObservation?: (entry: TraceEntry, engine: EngineOptions) => void;
  /** Cancels the run. */
  readonly signal?: AbortSignal;
  /** Headers for your backend, such as the login of the page. Never a vendor's secret. */
  readonly headers?: Readonly<Record<string, string>> | (() => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>);
  /** Whether cookies go to the backend. @default 'same-origin' */
  readonly credentials?: RequestCredentials;
  /**
   * A stream instead of the camera: a kiosk's own, or the demo's sample person. It is marked synthetic in the manifest, and
   * its tracks are stopped at the end.
   */
  readonly stream?: () => MediaStream | Promise<MediaStream>;
  /** Preferred camera. @default the front camera */
  readonly deviceId?: string;
  /** Called when the camera is open, and again with each other one and with each other list: something to choose from, where there are several. */
  readonly onCamera?: (control: CameraControl) => void;
  /**
   * When the detector's files are fetched. They are static files of the page's own origin, fetched without cookies and
   * saying nothing about the person; choose `after-consent` where even that is too early.
   * @default 'while-consenting'
   */
  readonly warmUp?: 'while-consenting' | 'after-consent';
  /** Limits of the guidance. @default by the frame: `phone` for portrait, `desktop` else */
  readonly profile?: ProfileName;
  /** Replaces single limits of the profile. */
  readonly thresholds?: Partial<Thresholds>;
  /** Replaces single times of the guidance, milliseconds. */
  readonly timing?: Partial<Timing>;
  /**
   * Further tries after a challenge that was not met (an action not done, digits not heard): each is told why, and records anew. How
   * many it took is in the evidence. 0–9.
   * @default 2
   */
  readonly retries?: number;
  /**
   * What the person cannot do, as they or your page told. The server is asked for a challenge that fits; what was withheld is
   * recorded in the evidence, not what it is they cannot do. The eyes of somebody who cannot `see` or `blink` may be shut.
   * @default []
   */
  readonly cannot?: readonly Inability[];
  /**
   * Challenges to offer to the server, in order of preference. `light` needs `onLightWarning`.
   * @default all, `light` only with `onLightWarning`
   */
  readonly challenges?: readonly ChallengeType[];
  /**
   * Ways to verify that lead through a vendor, for the server to choose from besides the SDK's own capture: such as
   * `[createKycH5Channel()]` of `facefront/channels`. One that leaves the page comes back to it: call `verify()` with the same channels
   * when the page opens, and it goes on from there. In the address is `facefront=…` then.
   * @default [], so that a page that has none does not carry them
   */
  readonly channels?: readonly Channel<ChannelTask>[];
  /** Milliseconds the person may take over the consent. @default 600000 */
  readonly consentTimeoutMs?: number;
  /** Milliseconds to wait for a verdict that the backend does not have yet, or whose answer was lost. @default 60000 */
  readonly verdictTimeoutMs?: number;
  /**
   * Collects the risk report after consent, beside the guidance, to go with the submission; such as
   * `({ signal, consent, camera }) => collectRisk({ signal, consent, camera, deadlineMs: 5000 })` of `facefront/risk`: its downloads
   * count, and the detector's models load beside them; the run waits for it 10 s at most. Called again where another camera comes
   * into use: the report of the latest call goes. The consent must name the scope `risk`.
   */
  readonly collectRisk?: (context: RiskContext) => Promise<object>;
  /** Another face detector. It is loaded and disposed by the run. @default the tfjs one in a worker */
  readonly detector?: DetectorPort;
  /** @default the browser's */
  readonly platform?: MediaPlatform;
  /** @default the browser's */
  readonly fetch?: Fetch;
}

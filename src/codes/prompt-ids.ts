import type { Audience, Remedy } from './entry.js';

/**
 * Every sentence a return code can lead to, with the remedy it asks for and who can apply it. A table row names one of these and
 * says so where its own remedy or audience differs. The sentences stand in `prompts/`, one file per locale.
 */
export const CODE_PROMPTS = {
  // outcome
  passed: 'none user',
  alreadyDone: 'none user',
  proceed: 'none user',
  cancelled: 'none user',
  notPassed: 'retry user',
  livenessFailed: 'retry user',
  notSamePerson: 'retry user',
  resultPending: 'wait user',
  underReview: 'wait operator',
  noResult: 'retry user',
  riskBlocked: 'stop operator',
  // the face in the picture
  selfFacing: 'adjust user',
  faceNotFound: 'adjust user',
  selfNotFound: 'adjust user',
  faceNotInVideo: 'adjust user',
  faceInFrame: 'adjust user',
  faceComplete: 'adjust user',
  distance: 'adjust user',
  uncoverFace: 'adjust user',
  blurred: 'adjust user',
  doNotShake: 'adjust user',
  doNotMove: 'adjust user',
  keepEyesOpen: 'adjust user',
  blinkForCamera: 'adjust user',
  doAction: 'adjust user',
  goIndoors: 'adjust user',
  onePersonOnly: 'adjust user',
  twoFacesAtMost: 'adjust user',
  // the voice
  readDigits: 'adjust user',
  quietPlace: 'adjust user',
  lessNoise: 'adjust user',
  noSound: 'adjust user',
  readMandarin: 'adjust user',
  speakUp: 'adjust user',
  moveLips: 'adjust user',
  digitsExpired: 'retry user',
  // the recording
  recordAgain: 'retry user',
  videoAbnormal: 'retry user',
  recordLive: 'retry user',
  recordTwoSeconds: 'adjust user',
  recordSixSeconds: 'adjust user',
  videoUnclear: 'update user',
  recordShorter: 'adjust user',
  recordVideo: 'adjust user',
  // photographs and documents
  retakePhoto: 'retry user',
  reuploadPhoto: 'retry user',
  changeImage: 'retry user',
  uploadId: 'retry user',
  reuploadId: 'retry user',
  scanIdAgain: 'retry user',
  renewId: 'retry user',
  idPhotoUnusable: 'contact operator',
  // the identity
  checkName: 'retry user',
  checkIdNumber: 'retry user',
  checkDetails: 'retry user',
  checkNameAndId: 'retry user',
  visitRegistry: 'contact user',
  otherMethod: 'stop user',
  anotherCheck: 'contact user',
  // the session
  startOver: 'retry user',
  sessionExpired: 'retry user',
  timedOut: 'retry user',
  finishFirst: 'retry user',
  authorizeFirst: 'retry user',
  consentNeeded: 'stop user',
  tooFrequent: 'wait user',
  tryTomorrow: 'wait user',
  keepPageOpen: 'retry user',
  // the device
  allowCamera: 'adjust user',
  allowMicrophone: 'adjust user',
  allowCameraAndMicrophone: 'adjust user',
  noCamera: 'stop user',
  closeOtherCamera: 'adjust user',
  restartCamera: 'retry user',
  restartPhone: 'retry user',
  cameraInterrupted: 'retry user',
  cameraBlack: 'retry user',
  noMicrophone: 'stop user',
  restartMicrophone: 'retry user',
  tapToContinue: 'adjust user',
  changeDevice: 'update user',
  changeBrowser: 'update user',
  openInBrowser: 'update user',
  insecurePage: 'fix-request developer',
  pageWithoutCamera: 'fix-request developer',
  updateApp: 'update user',
  reloadPage: 'retry user',
  // the network and the service
  offline: 'retry user',
  networkWeak: 'retry user',
  uploadFailed: 'retry user',
  serverFailed: 'retry operator',
  busy: 'wait operator',
  maintenance: 'wait operator',
  unavailable: 'contact operator',
  fault: 'fix-request developer',
  unknown: 'contact operator',
} as const satisfies Record<string, `${Remedy} ${Audience}`>;

/** What the guide can tell the person during the capture; the prompt id is `instruction.` followed by one of these. */
export const INSTRUCTION_IDS = [
  'noFace',
  'multipleFaces',
  'moveCloser',
  'moveBack',
  'moveLeft',
  'moveRight',
  'moveUp',
  'moveDown',
  'faceForward',
  'moreLight',
  'lessLight',
  'holdSteady',
  'holdStill',
  'blink',
  'openMouth',
  'nod',
  'turnLeft',
  'turnRight',
  'readDigits',
] as const;

/** See {@link INSTRUCTION_IDS}. */
export type InstructionId = (typeof INSTRUCTION_IDS)[number];

/** Key of a sentence. A locale without one of these does not compile. */
export type PromptId = keyof typeof CODE_PROMPTS | `instruction.${InstructionId}`;

/**
 * The sentences of one locale. A key `system/table/code` words a single code apart from the others that share its prompt id.
 * `{code}` stands where the sentence quotes the code.
 */
export type Prompts = Readonly<Record<PromptId, string>> & Readonly<Record<`${string}/${string}/${string}`, string>>;

/** A locale ready to be added to a catalogue; also the form of the JSON files served to pages. */
export interface Locale {
  /** BCP 47, as in `zh-HK`. */
  readonly locale: string;
  /** Sentences by prompt id. What is missing here is taken from the next locale of the fallback chain. */
  readonly prompts: Readonly<Record<string, string>>;
}

/** What a prompt id asks for by itself. An instruction asks the person to adjust something; an id of a later version asks for support. */
export function defaultHandling(promptId: PromptId): readonly [remedy: Remedy, audience: Audience] {
  const own = Object.prototype.hasOwnProperty.call(CODE_PROMPTS, promptId) ? (CODE_PROMPTS as Record<string, string>)[promptId] : undefined;
  return (own ?? (promptId.startsWith('instruction.') ? 'adjust user' : CODE_PROMPTS.unknown)).split(' ') as [Remedy, Audience];
}

/** What to tell the person next: the pure engine between a detector and a screen. No DOM, no clock, no pixels. */
export type { FaceMeasures, ImageQuality, NormalizedBox, NormalizedPoint, ObservedFace, Observation } from './observation.js';

export { createEngine } from './create-engine.js';
export type { Engine, EngineEvent, EngineFailure, EngineNotice, EngineOptions, EngineOutput } from './engine.js';
export { ENGINE_INPUTS, ENGINE_STATES, TRANSITIONS } from './engine-states.js';
export type { EngineInput, EngineState } from './engine-states.js';
export type { RunSummary } from './account.js';
export { defaultTiming } from './timing.js';
export type { Timing } from './timing.js';
export { CHALLENGE_TYPES } from './challenges/challenge.js';
export { challengeDurationMs, challengeLeastMs } from './challenges/kinds.js';
export type { ChallengeEvent, ChallengeRecord, ChallengeType, ChallengeView, LivenessChallenge } from './challenges/challenge.js';
export type { SilentChallenge, SilentRecord, SilentView } from './challenges/silent.js';
export { ACTION_IDS } from './challenges/action.js';
export type { ActionChallenge, ActionId, ActionRecord, ActionView } from './challenges/action.js';
export type { DigitsChallenge, DigitsRecord, DigitsView } from './challenges/digits.js';
export type { LightChallenge, LightColour, LightRecord, LightView } from './challenges/light.js';

export { referenceOf } from './challenges/misses.js';
export type { FailureCodes } from './challenges/misses.js';
export { recordSince } from './challenges/record.js';
export { INABILITIES, chooseChallenge } from './challenges/policy.js';
export type { ChallengeChoice, Inability, Substitution } from './challenges/policy.js';

export { INSTRUCTION_IDS, METRICS } from './instructions/instruction.js';
export type { Instruction, InstructionId, Metric } from './instructions/instruction.js';
export { ovalFor } from './instructions/oval.js';
export type { FrameSize } from './instructions/oval.js';
export { profiles } from './instructions/profiles.js';
export type { ProfileName, Thresholds } from './instructions/profiles.js';
export type { Limit } from './instructions/rule.js';
export type { GuideOptions, Tracking } from './instructions/guide.js';

export { createFrameScorer } from './frame-score.js';
export type { FramePart, FrameScore, FrameScorer } from './frame-score.js';

export { GESTURE_TYPES, createGestureTracker, gestureLimits } from './gestures/tracker.js';
export type { Gesture, GestureMeasures, GestureTracker, GestureType } from './gestures/tracker.js';

export { createTraceWriter, encodeTrace } from './trace/encode.js';
export type { TraceWriter } from './trace/encode.js';
export { decodeTrace } from './trace/decode.js';
export type { Trace } from './trace/decode.js';
export { TRACE_FACES, TRACE_FORMAT, TRACE_VERSION, TraceError } from './trace/format.js';
export type { TraceNote } from './trace/format.js';
export type { TraceEntry, TraceMark } from './trace/mark.js';
export { replayTrace } from './trace/replay.js';
export type { ReplayOutcome, ReplayResult } from './trace/replay.js';

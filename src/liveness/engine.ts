import type { ClientCode } from '../codes/client-codes.js';
import { createAccount, type RunSummary } from './account.js';
import {
  checkChallenge,
  leastMsOf,
  runChallenge,
  type ChallengeEvent,
  type ChallengeFrame,
  type ChallengeKinds,
  type ChallengeRecord,
  type ChallengeRun,
  type ChallengeView,
  type LivenessChallenge,
} from './challenges/challenge.js';
import { createEyesWatch } from './challenges/eyes.js';
import { codesOfLoss, codesOfMiss, type ChallengeMiss, type FailureCodes } from './challenges/misses.js';
import { DEADLINE_CODES, TRANSITIONS, type EngineInput, type EngineState } from './engine-states.js';
import { createGuide, type Guidance, type GuideOptions } from './instructions/guide.js';
import type { Instruction, InstructionId } from './instructions/instruction.js';
import type { Observation } from './observation.js';
import { timingWith, type Timing } from './timing.js';

/** Options of {@link createEngineOf}. */
export interface EngineOptions extends GuideOptions {
  /** What the server asked for. Default: silent, 2000 ms. */
  readonly challenge?: LivenessChallenge;
  /** Replaces single times of {@link defaultTiming}, milliseconds. */
  readonly timing?: Partial<Timing>;
  /** Captures that may be broken off before the run fails. Default 3. */
  readonly interruptions?: number;
  /** Further tries, each with a recording of its own, after a challenge that was not met. Default 2. */
  readonly retries?: number;
  /** Nobody looks whether the eyes are shut, neither in the recording nor for the best frame: for somebody who cannot see, or cannot blink. Default false. */
  readonly eyesMayBeShut?: boolean;
  /** Longest that a recording may be, milliseconds: a challenge that is not done by then is not met. Default: as long as it can take. */
  readonly maximumMs?: number;
}

/** What the flow tells the engine: the recorder's answer to `ready`, and the page leaving and coming back. */
export interface EngineNotice {
  readonly type: 'recordingStarted' | 'recordingFailed' | 'recordingBroken' | 'suspend' | 'resume';
  /** Milliseconds on the observations' clock. */
  readonly time: number;
  /** Of `suspend` and `recordingBroken`: why. Default `page-hidden`, `recorder-failed`. */
  readonly code?: ClientCode;
}

/** Something that happened. `time` is that of the observation, tick or notice that brought it about. */
export type EngineEvent =
  | (ChallengeEvent & { readonly time: number })
  | { readonly type: 'state'; readonly time: number; readonly from: EngineState; readonly to: EngineState }
  | { readonly type: 'instruction'; readonly time: number; readonly id: InstructionId }
  /** A recording has begun in which the eyes may be shut. */
  | { readonly type: 'eyesNotWatched'; readonly time: number }
  /** The first good face of a capture: the challenge's clock starts. */
  | { readonly type: 'challengeStarted'; readonly time: number }
  /**
   * A challenge was not met; what the recorder has is worthless. `count` is how often so far; the capture after it is a new try,
   * unless the run has failed.
   */
  | ({ readonly type: 'missed'; readonly time: number; readonly count: number } & FailureCodes)
  /** A capture was broken off; what the recorder has is worthless. `count` is how often the face was lost so far. */
  | { readonly type: 'interrupted'; readonly time: number; readonly code: ClientCode; readonly count: number };

/** Why a run failed. */
export interface EngineFailure extends FailureCodes {
  /** The state it failed in. */
  readonly state: EngineState;
  readonly summary: RunSummary;
}

interface EngineOutputBase {
  readonly instruction: Instruction;
  /** 0–1: of the steady time in `guiding`, of the challenge in `capturing`; 1 in `ready` and `done`. */
  readonly progress: number;
  /** Since the last call, in order. */
  readonly events: readonly EngineEvent[];
  /** Why the try before was not met: in `guiding`, for as long as the person should read it. */
  readonly missed?: FailureCodes;
}

/** Answer to every call. */
export type EngineOutput = EngineOutputBase &
  (
    | { readonly state: 'guiding' | 'ready' | 'suspended' }
    /** `challenge`: what to show besides the instruction. */
    | { readonly state: 'capturing'; readonly challenge: ChallengeView }
    /** `record`: what was measured, for the evidence. */
    | { readonly state: 'done'; readonly record: ChallengeRecord }
    | { readonly state: 'failed'; readonly failure: EngineFailure }
  );

/** One run of guidance and capture. */
export interface Engine {
  /** A frame was seen. Never throws, whatever the source hands over. */
  push(observation: Observation): EngineOutput;
  /** Time passed without a frame; call it a few times a second, deadlines are only noticed in a call. */
  tick(time: number): EngineOutput;
  notify(notice: EngineNotice): EngineOutput;
  /** Where the time went so far. */
  summary(): RunSummary;
}

/** Why a notice breaks off a capture, where it does not say so itself. */
const NOTICE_CODES: { readonly [Type in EngineNotice['type']]?: ClientCode } = { recordingFailed: 'recorder-failed', recordingBroken: 'recorder-failed', recordingStarted: 'recorder-empty' };

/** Why a face counts as lost, and what would mend it. */
type Loss = readonly [code: ClientCode, remedy?: InstructionId | undefined];

const GONE: Loss = ['face-lost'];

/** Challenges that look at the eyes, the mouth or small movements of the head. */
const NEEDS_MESH: readonly LivenessChallenge['type'][] = ['action', 'digits'];

/**
 * The decisions of one run, without a clock: time comes in with observations, ticks and notices, and a time that runs
 * backwards or is not a number counts as no time passing.
 *
 * The flow starts its recorder when the state becomes `ready`, notifies `recordingStarted`, keeps the recording when the
 * state becomes `done` and drops it whenever the state is `guiding`, `suspended` or `failed`.
 *
 * @param kinds those that can be asked for; a challenge of another one is refused
 * @throws TypeError naming an option that is out of range
 */
export function createEngineOf(kinds: ChallengeKinds, options: EngineOptions): Engine {
  const { challenge = { type: 'silent', minimumMs: 2000 }, interruptions: allowed = 3, retries = 2, maximumMs = Infinity, eyesMayBeShut } = options;
  checkChallenge(challenge, kinds);
  if (options.readyOn === 'face' && NEEDS_MESH.includes(challenge.type)) throw new TypeError(`readyOn: must be "mesh" for a challenge of type ${challenge.type}`);
  if (!(allowed >= 0)) throw new TypeError('interruptions: must be a number, 0 or more');
  if (!(retries >= 0)) throw new TypeError('retries: must be a number, 0 or more');
  const leastMs = leastMsOf(challenge, kinds);
  if (!(maximumMs >= leastMs)) throw new TypeError(`maximumMs: must be ${leastMs} milliseconds or more, or the challenge cannot be met`);
  const timing = timingWith(options.timing);
  const guide = createGuide({ ...options, timing });
  const account = createAccount();
  const eyes = createEyesWatch();

  let state: EngineState = 'guiding';
  let events: EngineEvent[] = [];
  let failure: EngineFailure | undefined;
  let interruptions = 0;
  let shown: InstructionId | undefined;
  let progress = 0;
  let run: ChallengeRun | undefined;
  /** The observations' clock; unknown until a call brings a time. */
  let now: number | undefined;
  /** Milliseconds that passed in the run, hidden ones apart, and when the state was entered on that clock. */
  let active = 0;
  let entered = 0;
  let goodSince: number | undefined;
  let observedAt = 0;
  let trackedAt = 0;
  let lostSince: number | undefined;
  let lost: Loss = GONE;
  let suspendedFor: ClientCode | undefined;
  let misses = 0;
  let missed: FailureCodes | undefined;
  /** Until when, in active time, the person is told why. */
  let toldUntil = 0;

  function summary(): RunSummary {
    return { activeMs: active, stateMs: { ...account.stateMs }, obstacles: account.obstacles(), interruptions, misses };
  }

  function enter(input: EngineInput, codes: FailureCodes = { code: 'internal' }): boolean {
    const to = TRANSITIONS[state][input];
    if (!to) return false;
    if ((state === 'capturing' || state === 'done') && input !== 'missed' && to !== 'done' && to !== 'failed') {
      events.push({ type: 'interrupted', time: now ?? 0, code: codes.code, count: interruptions });
    }
    if (to === 'failed') failure = { ...codes, state, summary: summary() };
    events.push({ type: 'state', time: now ?? 0, from: state, to });
    state = to;
    entered = active;
    progress = to === 'done' || to === 'ready' ? 1 : 0;
    goodSince = undefined;
    return true;
  }

  /** Moves the clock, then sees whether a deadline passed before anything else is considered. */
  function advance(time: number): void {
    const elapsed = Number.isFinite(time) ? time - (now ?? time) : 0;
    if (Number.isFinite(time) && elapsed >= 0) now = time;
    if (elapsed > 0 && !failure && state !== 'done') {
      account.spend(state, elapsed);
      if (state !== 'suspended') active += elapsed;
    }
    if (state === 'suspended' ? account.stateMs.suspended >= timing.suspendMs : active >= timing.totalMs || active - entered >= stateLimit()) expire();
    if (state === 'capturing') {
      const blind = active - Math.max(observedAt, trackedAt) > timing.blindMs;
      if (blind || (lostSince !== undefined && active - lostSince > timing.gapMs)) interrupt(...(blind ? GONE : lost));
    }
  }

  /** A deadline has passed: of the state, or of the whole run. */
  function expire(): void {
    const late = state === 'capturing' && run?.awaiting;
    if (late && active < timing.totalMs) return miss('tooLate');
    const known = state === 'suspended' ? suspendedFor : state === 'guiding' && account.dominant();
    const unmet = state === 'guiding' || active >= timing.totalMs ? (missed ?? (late && codesOfMiss('tooLate'))) : undefined;
    if (unmet && !known && state !== 'suspended') enter('deadline', unmet);
    else fail('deadline', known || DEADLINE_CODES[state]);
  }

  function miss(what: ChallengeMiss): void {
    missed = codesOfMiss(what);
    misses++;
    events.push({ type: 'missed', time: now ?? 0, ...missed, count: misses });
    enter(misses > retries ? 'exhausted' : 'missed', missed);
    toldUntil = active + timing.missedMs;
  }

  /** Of a capture, in the words of its challenge. */
  function fail(input: EngineInput, code: ClientCode = 'internal', remedy?: InstructionId): boolean {
    return enter(input, state === 'capturing' ? codesOfLoss(challenge.type, code, remedy) : { code });
  }

  function stateLimit(): number {
    if (state === 'guiding') return timing.guidingMs;
    if (state === 'ready') return timing.readyMs;
    return Math.min(maximumMs, timing.captureSlackMs + (run?.durationMs ?? 0));
  }

  function interrupt(...loss: Loss): void {
    interruptions++;
    fail(interruptions > allowed ? 'exhausted' : 'lost', ...loss);
  }

  function guideOn({ tracking, missing, code, instruction }: Guidance, blind: boolean): void {
    if (blind) goodSince = undefined;
    if (tracking === 'good' && active >= toldUntil) goodSince ??= active;
    // A missing frame that is still bridged does not start the wait again.
    else if (!missing || code) goodSince = undefined;
    const steady = goodSince === undefined ? 0 : active - goodSince;
    progress = timing.steadyMs > 0 ? Math.min(1, steady / timing.steadyMs) : Number(goodSince !== undefined);
    if (tracking === 'good' && steady >= timing.steadyMs && instruction.id === 'holdStill') enter('steady');
  }

  function captureOn({ tracking, missing, code = 'face-lost', remedy, instruction }: Guidance, observation: Observation): void {
    if (tracking === 'lost') {
      lostSince ??= active;
      lost = missing ? GONE : [code, remedy];
    } else {
      lostSince = undefined;
      trackedAt = active;
    }
    // What the eyes do in an action is the action's own.
    if (tracking === 'good' && eyes.push(active, observation) && challenge.type !== 'action' && !eyesMayBeShut) miss('eyesShut');
    else follow({ observation, tracking, shown: instruction.id });
  }

  /** Lets the challenge see a frame, or that time passed without one. */
  function follow(frame?: ChallengeFrame): void {
    if (!run) return;
    const waiting = run.startedAt === undefined;
    const { fraction, finished, miss: what } = run.push(now ?? 0, frame);
    if (waiting && run.startedAt !== undefined) events.push({ type: 'challengeStarted', time: now ?? 0 });
    progress = fraction;
    if (what) miss(what);
    else if (finished) enter('finished');
  }

  function output(): EngineOutput {
    const instruction = guide.shown(active);
    if (instruction.id !== shown) events.push({ type: 'instruction', time: now ?? 0, id: (shown = instruction.id) });
    const base = { instruction, progress, events, ...(missed && state === 'guiding' && active < toldUntil && { missed }) };
    events = [];
    if (failure) return { ...base, state: 'failed', failure };
    if (state === 'capturing' && run) return { ...base, state, challenge: run.view };
    if (state === 'done' && run) return { ...base, state, record: run.record() };
    return { ...base, state: state as 'guiding' | 'ready' | 'suspended' };
  }

  return {
    push(observation) {
      advance(observation?.time);
      if (state !== 'suspended' && state !== 'done' && !failure) {
        const guidance = guide.push(observation, active, state === 'capturing' ? run?.asked : undefined);
        if (guidance) {
          const since = active - observedAt;
          observedAt = active;
          if (state === 'guiding') {
            if (guidance.code) account.hinder(guidance.code, since);
            if (guidance.tracking === 'good') eyes.push(active, observation);
            guideOn(guidance, since > timing.blindMs);
          } else if (state === 'capturing') captureOn(guidance, observation);
        }
      }
      return output();
    },
    tick(time) {
      advance(time);
      if (state === 'capturing') follow();
      return output();
    },
    notify({ type, time, code = NOTICE_CODES[type] ?? 'page-hidden' }) {
      advance(time);
      if (enter(type, { code })) {
        if (type === 'suspend') suspendedFor = code;
        else if (type === 'resume' || type === 'recordingBroken') guide.reset();
        else if (type === 'recordingStarted') {
          run = runChallenge(challenge, { kinds, emit: (event) => events.push({ ...event, time: now ?? 0 }), maximumMs });
          eyes.restart();
          if (eyesMayBeShut) events.push({ type: 'eyesNotWatched', time: now ?? 0 });
          trackedAt = active;
          lostSince = undefined;
        }
      }
      return output();
    },
    summary,
  };
}

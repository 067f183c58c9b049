import type { ClientCode } from '../codes/client-codes.js';
import { createAccount, type RunSummary } from './account.js';
import { runChallenge, type ChallengeRun, type LivenessChallenge } from './challenges/challenge.js';
import { DEADLINE_CODES, TRANSITIONS, type EngineInput, type EngineState } from './engine-states.js';
import { createGuide, type Guidance, type GuideOptions } from './instructions/guide.js';
import type { Instruction, InstructionId } from './instructions/instruction.js';
import type { Observation } from './observation.js';
import { timingWith, type Timing } from './timing.js';

/** Options of {@link createEngine}. */
export interface EngineOptions extends GuideOptions {
  /** What the server asked for. Default: silent, 2000 ms. */
  readonly challenge?: LivenessChallenge;
  /** Replaces single times of {@link defaultTiming}, milliseconds. */
  readonly timing?: Partial<Timing>;
  /** Captures that may be broken off before the run fails. Default 3. */
  readonly interruptions?: number;
}

/** What the flow tells the engine: the recorder's answer to `ready`, and the page leaving and coming back. */
export interface EngineNotice {
  readonly type: 'recordingStarted' | 'recordingFailed' | 'suspend' | 'resume';
  /** Milliseconds on the observations' clock. */
  readonly time: number;
}

/** Something that happened. `time` is that of the observation, tick or notice that brought it about. */
export type EngineEvent =
  | { readonly type: 'state'; readonly time: number; readonly from: EngineState; readonly to: EngineState }
  | { readonly type: 'instruction'; readonly time: number; readonly id: InstructionId }
  /** The first good face of a capture: the challenge's clock starts. */
  | { readonly type: 'challengeStarted'; readonly time: number }
  /** A capture was broken off; what the recorder has is worthless. `count` is how often so far, hidden pages not counted. */
  | { readonly type: 'interrupted'; readonly time: number; readonly code: ClientCode; readonly count: number };

/** Why a run failed. */
export interface EngineFailure {
  readonly code: ClientCode;
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
}

/** Answer to every call. */
export type EngineOutput = EngineOutputBase &
  ({ readonly state: Exclude<EngineState, 'failed'> } | { readonly state: 'failed'; readonly failure: EngineFailure });

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

/**
 * The decisions of one run, without a clock: time comes in with observations, ticks and notices, and a time that runs
 * backwards or is not a number counts as no time passing.
 *
 * The flow starts its recorder when the state becomes `ready`, notifies `recordingStarted`, keeps the recording when the
 * state becomes `done` and drops it whenever the state is `guiding`, `suspended` or `failed`.
 *
 * @throws TypeError naming an option that is out of range
 */
export function createEngine(options: EngineOptions = {}): Engine {
  const { challenge = { type: 'silent', minimumMs: 2000 }, interruptions: allowed = 3 } = options;
  if (!(challenge.minimumMs >= 0 && challenge.minimumMs < Infinity)) throw new TypeError('challenge.minimumMs: must be a finite number of milliseconds, 0 or more');
  if (!(allowed >= 0)) throw new TypeError('interruptions: must be a number, 0 or more');
  const timing = timingWith(options.timing);
  const guide = createGuide({ ...options, timing });
  const account = createAccount();

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
  let lostCode: ClientCode = 'face-lost';

  function summary(): RunSummary {
    return { activeMs: active, stateMs: { ...account.stateMs }, obstacles: account.obstacles(), interruptions };
  }

  function enter(input: EngineInput, code: ClientCode = 'internal'): boolean {
    const to = TRANSITIONS[state][input];
    if (!to) return false;
    if (state === 'capturing' && to !== 'done' && to !== 'failed') {
      events.push({ type: 'interrupted', time: now ?? 0, code, count: interruptions });
    }
    if (to === 'failed') failure = { code, state, summary: summary() };
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
    if (state === 'suspended' ? account.stateMs.suspended >= timing.suspendMs : active >= timing.totalMs || active - entered >= stateLimit()) {
      enter('deadline', (state === 'guiding' && account.dominant()) || DEADLINE_CODES[state]);
    }
    if (state === 'capturing') {
      const blind = active - Math.max(observedAt, trackedAt) > timing.blindMs;
      if (blind || (lostSince !== undefined && active - lostSince > timing.gapMs)) interrupt(blind ? 'face-lost' : lostCode);
    }
  }

  function stateLimit(): number {
    if (state === 'guiding') return timing.guidingMs;
    if (state === 'ready') return timing.readyMs;
    return timing.captureSlackMs + (run?.durationMs ?? 0);
  }

  function interrupt(code: ClientCode): void {
    interruptions++;
    enter(interruptions > allowed ? 'exhausted' : 'lost', code);
  }

  function guideOn({ tracking, missing, code, instruction }: Guidance, blind: boolean): void {
    if (blind) goodSince = undefined;
    if (tracking === 'good') goodSince ??= active;
    // A missing frame that is still bridged does not start the wait again.
    else if (!missing || code) goodSince = undefined;
    const steady = goodSince === undefined ? 0 : active - goodSince;
    progress = timing.steadyMs > 0 ? Math.min(1, steady / timing.steadyMs) : Number(goodSince !== undefined);
    if (tracking === 'good' && steady >= timing.steadyMs && instruction.id === 'holdStill') enter('steady');
  }

  function captureOn({ tracking, missing, code = 'face-lost' }: Guidance): void {
    if (!run) return;
    if (tracking === 'lost') {
      lostSince ??= active;
      lostCode = missing ? 'face-lost' : code;
    } else {
      lostSince = undefined;
      trackedAt = active;
    }
    const waiting = run.startedAt === undefined;
    const { fraction, finished } = run.push(active, tracking);
    if (waiting && run.startedAt !== undefined) events.push({ type: 'challengeStarted', time: now ?? 0 });
    progress = fraction;
    if (finished) enter('finished');
  }

  function output(): EngineOutput {
    const instruction = guide.shown(active);
    if (instruction.id !== shown) events.push({ type: 'instruction', time: now ?? 0, id: (shown = instruction.id) });
    const base = { instruction, progress, events };
    events = [];
    return failure ? { ...base, state: 'failed', failure } : { ...base, state: state as Exclude<EngineState, 'failed'> };
  }

  return {
    push(observation) {
      advance(observation?.time);
      if (state !== 'suspended' && state !== 'done' && !failure) {
        const guidance = guide.push(observation, active);
        if (guidance) {
          const since = active - observedAt;
          observedAt = active;
          if (state === 'guiding') {
            if (guidance.code) account.hinder(guidance.code, since);
            guideOn(guidance, since > timing.blindMs);
          } else if (state === 'capturing') captureOn(guidance);
        }
      }
      return output();
    },
    tick(time) {
      advance(time);
      return output();
    },
    notify({ type, time }) {
      advance(time);
      if (enter(type, type === 'recordingFailed' ? 'recorder-failed' : 'page-hidden')) {
        if (type === 'resume') guide.reset();
        else if (type === 'recordingStarted') {
          run = runChallenge(challenge);
          trackedAt = active;
          lostSince = undefined;
        }
      }
      return output();
    },
    summary,
  };
}

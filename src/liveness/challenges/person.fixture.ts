import { createEngine } from '../create-engine.js';
import type { EngineEvent, EngineOptions, EngineOutput } from '../engine.js';
import { NEUTRAL, observe, type Scene } from '../observation.fixture.js';
import type { FaceMeasures, Observation } from '../observation.js';
import { ACTION_IDS, type ActionId } from './action.js';
import type { LivenessChallenge } from './challenge.js';

/** What a person does about what is on the screen. */
export interface Person {
  /** The face at rest. Default {@link NEUTRAL}. */
  readonly rest?: Partial<FaceMeasures>;
  /** From reading to moving, milliseconds. Default 400. */
  readonly reactionMs?: number;
  /** What is done when an action is asked for; `undefined` is nothing. Default: what is asked. */
  readonly obey?: (asked: ActionId, index: number) => ActionId | undefined;
  /** Changes to the observation as a whole: the sound, the light, the place. `since` is milliseconds since the capture began. */
  readonly scene?: (moment: { readonly time: number; readonly since: number; readonly output: EngineOutput }) => Scene & Pick<Observation, 'soundLevel'>;
}

/** Length of each action, milliseconds. */
const LENGTHS: Readonly<Record<ActionId, number>> = { blink: 240, openMouth: 800, nod: 600, turnLeft: 900, turnRight: 900 };

function posed(rest: FaceMeasures, action: ActionId): FaceMeasures {
  switch (action) {
    case 'blink':
      return { ...rest, leftEyeOpenness: rest.leftEyeOpenness * 0.5, rightEyeOpenness: rest.rightEyeOpenness * 0.5 };
    case 'openMouth':
      return { ...rest, mouthOpenness: rest.mouthOpenness + 0.5 };
    case 'nod':
      return { ...rest, pitch: rest.pitch - 15 };
    case 'turnLeft':
      return { ...rest, yaw: rest.yaw + 24 };
    case 'turnRight':
      return { ...rest, yaw: rest.yaw - 24 };
  }
}

/** Everything that came of a run. */
export interface Played {
  readonly output: EngineOutput;
  readonly events: readonly EngineEvent[];
  /** Every output of the capture with its time. */
  readonly capture: readonly { readonly time: number; readonly output: EngineOutput }[];
}

/** Lets a person run through a whole engine: guided, recorded at once, and challenged (once, by default), until it ends or two minutes have passed. */
export function play(challenge: LivenessChallenge, person: Person = {}, options: EngineOptions & { readonly intervalMs?: number } = {}): Played {
  const { rest = {}, reactionMs = 400, obey = (asked) => asked, scene } = person;
  const { intervalMs = 40, ...engineOptions } = options;
  const engine = createEngine({ challenge, retries: 0, ...engineOptions });
  const face = { ...NEUTRAL, ...rest };
  const events: EngineEvent[] = [];
  const capture: Played['capture'][number][] = [];
  const planned: { readonly action: ActionId; readonly start: number }[] = [];
  let output = engine.tick(0);
  let capturedAt = 0;
  let read = '';
  for (let time = 0; time < 120_000 && output.state !== 'done' && output.state !== 'failed'; time += intervalMs) {
    const doing = planned.find(({ action, start }) => time >= start && time < start + LENGTHS[action]);
    const { soundLevel, measures, ...place }: ReturnType<NonNullable<Person['scene']>> = scene?.({ time, since: time - capturedAt, output }) ?? {};
    const observation = observe(time, { ...place, measures: measures === false ? false : { ...(doing ? posed(face, doing.action) : face), ...measures } });
    output = engine.push(soundLevel === undefined ? observation : { ...observation, soundLevel });
    events.push(...output.events);
    if (output.state === 'ready') {
      output = engine.notify({ type: 'recordingStarted', time });
      events.push(...output.events);
      capturedAt = time;
      read = '';
    }
    if (output.state !== 'capturing') continue;
    capture.push({ time, output });
    const { id } = output.instruction;
    const { challenge: view } = output;
    if (view.type !== 'action' || view.action !== id || !ACTION_IDS.includes(id as ActionId)) continue;
    const text = `${id} ${view.index}`;
    if (text === read) continue;
    read = text;
    const action = obey(view.action, view.index);
    if (action) planned.push({ action, start: time + reactionMs });
  }
  capture.push({ time: 0, output });
  return { output, events, capture };
}

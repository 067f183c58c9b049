import type { ActionId, EngineOptions, LivenessChallenge, ProfileName } from '../../src/liveness/index.js';
import type { RunOptions } from './run.js';

/** What the form has a field for. */
export interface AskedFields {
  readonly type: LivenessChallenge['type'];
  readonly actions: readonly ActionId[];
  /** Milliseconds for each action. */
  readonly deadlineMs: number;
  readonly digits: string;
  readonly profile?: ProfileName | undefined;
  readonly retries: number;
}

/** What the engine does where nothing else is said, and something to begin with where there is no such thing. */
export const ASKED_OF_NONE: AskedFields = { type: 'silent', actions: ['blink'], deadlineMs: 8000, digits: '4821', retries: 2 };

/** Colours of a light challenge that is only replayed: their times matter, not their looks. */
const COLOURS = [{ r: 255, g: 0, b: 0, ms: 400 }, { r: 255, g: 255, b: 255, ms: 400 }, { r: 0, g: 0, b: 255, ms: 400 }, { r: 0, g: 255, b: 0, ms: 400 }] as const;

/** The fields of what a trace says was asked for. */
export function fieldsOf({ challenge, profile, retries = ASKED_OF_NONE.retries }: EngineOptions): AskedFields {
  return {
    ...ASKED_OF_NONE,
    ...(challenge && { type: challenge.type }),
    ...(challenge?.type === 'action' && { actions: challenge.actions, ...(challenge.deadlineMs !== undefined && { deadlineMs: challenge.deadlineMs }) }),
    ...(challenge?.type === 'digits' && { digits: challenge.digits }),
    profile,
    retries,
  };
}

/** What to run a trace with: the fields, and for what has none what the trace says. */
export function optionsOf({ profile, retries, ...fields }: AskedFields, asked: EngineOptions = {}): RunOptions {
  const options: { -readonly [Name in keyof RunOptions]: RunOptions[Name] } = { ...asked, challenge: challengeOf(fields, asked.challenge), retries };
  if (profile) options.profile = profile;
  else delete options.profile;
  return options;
}

function challengeOf({ type, actions, deadlineMs, digits }: Pick<AskedFields, 'type' | 'actions' | 'deadlineMs' | 'digits'>, asked: LivenessChallenge | undefined): LivenessChallenge {
  const minimumMs = asked?.minimumMs ?? 2000;
  switch (type) {
    case 'action':
      return { type, actions, deadlineMs, minimumMs };
    case 'digits':
      return { ...(asked?.type === type && asked), type, digits, minimumMs };
    case 'light':
      return asked?.type === type ? asked : { type, colours: COLOURS, minimumMs };
    case 'silent':
      return { type, minimumMs };
  }
}

const FIELDS: readonly string[] = ['type', 'actions', 'deadlineMs', 'digits', 'profile', 'retries'];

/** What a trace says that no field shows, for somebody to read. */
export function withoutField({ challenge, ...asked }: EngineOptions): string {
  return JSON.stringify({ ...challenge, ...asked }, (name, value: unknown) => (FIELDS.includes(name) ? undefined : value)).replace(/^.|"|.$/g, '').replace(/[:,]/g, '$& ');
}

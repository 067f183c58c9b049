import { promptFor, promptText } from '../codes/core.js';
import type { ChallengeView } from '../liveness/index.js';
import { presentResult, type Tone } from './outcome.js';
import type { Scene } from './scene.js';

/** Picture above the sentence. */
export type Icon = 'face' | 'busy' | 'light' | 'camera' | Tone;

/** What the element says in a state. */
export interface Sentence {
  readonly icon?: Icon;
  /** The one thing to read now; never empty. */
  readonly message: string;
  /** Smaller, below it; a line break separates two of them. */
  readonly hint?: string;
}

/** The sentence of a scene. Only ids are kept in states, so that the language can change at any time. */
export function sentenceOf(scene: Scene): Sentence {
  const { state, locale, prompts, say } = scene;
  // A text that is to be agreed to can be read meanwhile.
  if (state?.connection && state.phase !== 'consent') return { icon: 'busy', message: say('offline'), hint: say('offlineHint') };
  switch (state?.phase) {
    case undefined:
      return { icon: 'face', message: say('idle') };
    case 'consent':
      return { icon: 'face', message: say('consentTitle') };
    case 'preflight':
    case 'session':
      return { message: say('preparing') };
    case 'lightWarning':
      return { icon: 'light', message: say('lightTitle'), hint: say('lightText') };
    case 'camera':
      return { message: say('allowCamera'), hint: say('allowCameraHint') };
    case 'microphone':
      return { message: say('allowMicrophone'), hint: say('allowCameraHint') };
    case 'tap':
      return { message: promptText('tapToContinue', locale, prompts) };
    case 'loading':
      return { message: say('loading') };
    case 'guidance': {
      const message = promptText(`instruction.${state.instruction.id}`, locale, prompts);
      return state.missed ? { message: promptFor(state.missed, locale, prompts), hint: message } : { message };
    }
    case 'recording':
      return { message: promptText(`instruction.${state.instruction.id}`, locale, prompts), hint: hintOf(state.challenge, scene) };
    case 'paused':
      return { message: say('paused'), hint: say('pausedHint') };
    case 'systemCamera':
      if (state.checking !== undefined) return { icon: 'busy', message: say('fileChecking') };
      if (state.report) return { icon: 'attention', message: say('fileAgainTitle') };
      return { icon: 'camera', message: say('fileTitle'), hint: say('fileText').replace('{n}', String(state.seconds)) };
    case 'converting':
      return { icon: 'busy', message: say('converting'), hint: `${Math.round(100 * state.progress)}%` };
    case 'reacquiring':
      return { message: say('reacquiring') };
    case 'channel':
      return { icon: 'busy', message: say('preparing') };
    case 'returned':
      return state.code ? { icon: 'attention', message: promptFor(state.code, locale, prompts), hint: say('checking') } : { icon: 'busy', message: say('checking') };
    case 'uploading':
      return { icon: 'busy', message: say('uploading'), hint: bytes(state.sentBytes, state.totalBytes) + timeLeft(state.remainingMs) };
    case 'verdict':
      return { icon: 'busy', message: say('checking') };
    case 'ended': {
      const { result } = state;
      const { tone } = presentResult(result);
      const { system, table, code } = result.code;
      const reference = 'reference' in result && result.reference !== undefined ? `${say('reference')} ${result.reference}` : '';
      // Somebody who passed or changed their mind has nothing to ask support about.
      const quoted = tone === 'good' || tone === 'neutral' ? '' : `${say('code')} ${system}/${table}/${code}`;
      return { icon: tone, message: promptFor(result.code, locale, prompts), hint: [quoted, reference].filter(Boolean).join('\n') };
    }
  }
}

/** What is wrong with a file, each thing once; empty where nothing is. */
export function reasonsOf({ state, locale, prompts }: Scene): readonly string[] {
  const checks = state?.phase === 'systemCamera' ? (state.report?.checks ?? []) : [];
  return [...new Set(checks.flatMap(({ code }) => (code ? [promptFor(code, locale, prompts)] : [])))];
}

/** What went wrong in the challenge, and can still be put right. */
function hintOf(challenge: ChallengeView, { locale, prompts, say }: Scene): string {
  if (challenge.type === 'action' && challenge.wrong) return say('wrongAction');
  return challenge.type === 'digits' && challenge.hint ? promptText(challenge.hint, locale, prompts) : '';
}

function bytes(sent: number, total: number): string {
  const [unit, size] = total < 1e6 ? ['KB', 1e3] : ['MB', 1e6];
  const digits = size === 1e6 ? 1 : 0;
  return `${(sent / size).toFixed(digits)} / ${(total / size).toFixed(digits)} ${unit}`;
}

/** Nothing where it is over before it is read. */
function timeLeft(ms = 0): string {
  return ms < 2000 ? '' : ` · ${Math.ceil(ms / 1000)} s`;
}

import { beforeAll, describe, expect, it } from 'vitest';
import { addLocale, type CodeReference } from '../codes/core.js';
import en from '../codes/prompts/en.js';
import type { FlowState } from '../flow/index.js';
import { levelSince } from '../liveness/challenges/speech.fixture.js';
import { createEngine, type DigitsChallenge, type EngineOutput, ovalFor, referenceOf } from '../liveness/index.js';
import { observe } from '../liveness/observation.fixture.js';
import type { Scene } from './scene.js';
import { spokenOf } from './spoken.js';
import { vocabulary } from './vocabulary.js';
import { createVoice, type SpeechPort } from './voice.js';

/* Engine and voice together, with a person in between: what neither shows alone. */

/** What a system's voice takes for the words. */
const lengthOf = (text: string, locale: string): number => (locale === 'en' ? 350 + 60 * text.length : 250 + 210 * text.length);

const FRAME_MS = 33;

interface Setting {
  readonly locale: string;
  readonly digitMs: number;
  /** The person does not see the digits, and repeats each when it has been said; who sees them reads each when it is on the screen. */
  readonly blind: boolean;
  readonly silent?: boolean;
  /** From the call to the voice's first sound, milliseconds. */
  readonly latencyMs?: number;
  /** Until the person begins to read or to repeat, milliseconds. */
  readonly onsetMs?: number;
  /** The engine of the voice never reports an end. */
  readonly endless?: boolean;
  readonly maximumMs?: number;
}

/** One utterance of the scripted voice. */
interface Sound {
  readonly text: string;
  readonly from: number;
  to: number;
}

function scriptedVoice({ locale, endless = false, latencyMs = 150 }: Setting) {
  const sounds: Sound[] = [];
  const due: { readonly at: number; readonly act: () => void }[] = [];
  let time = 0;
  class Utterance {
    readonly text: string;
    onstart?: () => void;
    onend?: () => void;
    constructor(text: string) {
      this.text = text;
    }
  }
  let current: Sound | undefined;
  const port = {
    Utterance,
    synthesis: {
      getVoices: () => [{ lang: locale, localService: true }],
      cancel() {
        if (current) current.to = Math.min(current.to, time);
        due.length = 0;
      },
      speak(utterance: Utterance) {
        const from = time + latencyMs;
        const to = endless ? Infinity : from + lengthOf(utterance.text, locale);
        const sound = { text: utterance.text, from, to };
        sounds.push((current = sound));
        due.push({ at: from, act: () => utterance.onstart?.() }, { at: to, act: () => utterance.onend?.() });
      },
    },
  } as unknown as SpeechPort;
  return {
    sounds,
    voice: createVoice(() => port, () => time),
    pass(now: number): void {
      time = now;
      for (const each of due.filter(({ at }) => at <= now)) {
        due.splice(due.indexOf(each), 1);
        each.act();
      }
    },
  };
}

function stateOf(output: EngineOutput): FlowState {
  const { instruction, progress } = output;
  const shared = { detector: { stage: 'mesh' as const }, instruction, progress, oval: ovalFor({ width: 640, height: 480 }) };
  if (output.state === 'capturing') return { ...shared, phase: 'recording', challenge: output.challenge };
  return { ...shared, phase: 'guidance', challengeType: 'digits', ...('missed' in output && output.missed && { missed: referenceOf(output.missed) }) };
}

/** Lets somebody be guided and recorded while the page speaks to them. */
function verify(setting: Setting) {
  const { locale, digitMs, blind, silent = false, onsetMs = 450, maximumMs = 29_000 } = setting;
  const challenge: DigitsChallenge = { type: 'digits', digits: '4821', digitMs, minimumMs: 2600 };
  const engine = createEngine({ challenge, retries: 0, maximumMs });
  const { sounds, voice, pass } = scriptedVoice(setting);
  const syllables: number[] = [];
  let answered = -1;
  let spoke = false;
  let recordedAt = 0;
  let output = engine.tick(0);
  let time = 0;
  for (; time < 60_000; time += FRAME_MS) {
    pass(time);
    const view = output.state === 'capturing' && output.challenge.type === 'digits' ? output.challenge : undefined;
    const told = sounds[sounds.length - 1];
    // Who sees the digit reads it when the voice has let it come on; who does not repeats it once it has been said.
    const ready = blind ? told?.text === view?.digit && told !== undefined && told.to <= time : !voice.speaking;
    if (view?.digit !== undefined && view.index !== answered && ready && !silent) {
      answered = view.index;
      syllables.push(time + onsetMs);
    }
    const speaking = voice.speaking;
    const level = levelSince({ loudness: 0.08, room: 0.002, syllables }, time - FRAME_MS, time);
    const talks = syllables.some((start) => time >= start - 60 && time < start + 380);
    const observation = observe(time, { measures: { mouthOpenness: talks ? 0.32 : 0.02 } });
    output = engine.push(spoke || speaking ? observation : { ...observation, soundLevel: level });
    spoke = speaking;
    if (output.state === 'done' || output.state === 'failed') break;
    if (output.state === 'ready') output = engine.notify({ type: 'recordingStarted', time: (recordedAt = time) });
    const scene: Scene = { state: stateOf(output), locale, prompts: undefined, consentText: undefined, asksForDevice: false, speaksDigits: true, cameras: undefined, say: vocabulary.speaker(locale) };
    const said = spokenOf(scene);
    if (said) voice.say(said.text, locale, said.occasion);
    else voice.stop();
  }
  return { output, recordedMs: time - recordedAt, sounds };
}

const codeOf = (output: EngineOutput): CodeReference | undefined => (output.state === 'failed' ? referenceOf(output.failure) : undefined);

const SETTINGS = ['en', 'zh-CN'].flatMap((locale) => [1200, 2500].flatMap((digitMs) => [false, true].map((blind): Setting => ({ locale, digitMs, blind }))));

beforeAll(() => addLocale(en));

describe('digits that a voice asks for', () => {
  it.each(SETTINGS)('are met by somebody who reads them: %j', (setting) => {
    const { output, recordedMs } = verify(setting);
    expect([output.state, codeOf(output)]).toEqual(['done', undefined]);
    expect(recordedMs).toBeLessThan(29_000);
  });

  it.each([0, 250, 500, 800].flatMap((latencyMs) => [200, 400, 600, 800].map((onsetMs) => [latencyMs, onsetMs])))('are met where the voice needs %i ms to begin, and the reader %i', (latencyMs, onsetMs) => {
    for (const setting of SETTINGS) expect(verify({ ...setting, latencyMs, onsetMs }).output.state, JSON.stringify(setting)).toBe('done');
  });

  it.each(SETTINGS)('are not met in silence, and the reason is the silence: %j', (setting) => {
    const { output } = verify({ ...setting, silent: true });
    expect(codeOf(output)).toEqual({ system: 'faceid-wechat', table: 'liveness-digits', code: '1101' });
  });

  it('are asked for once, by one sentence that ends before the first of them, and said; no hint is said between them', () => {
    for (const setting of SETTINGS) {
      const said = verify({ ...setting, silent: true }).sounds.map(({ text }) => text);
      const sentence = setting.locale === 'en' ? 'Read the numbers aloud' : '请大声读出数字';
      // Nobody was there when the run began.
      expect(said.slice(1)).toEqual([sentence, '4', '8', '2', '1']);
    }
  });

  it.each([false, true])('are shown all the same where a voice never ends (%j), in a time that is bounded', (blind) => {
    const { output, recordedMs } = verify({ locale: 'en', digitMs: 1200, blind, endless: true });
    expect(output.state).not.toBe('capturing');
    expect(recordedMs).toBeLessThan(15_000);
  });

  it('wait no longer than the recording may be', () => {
    const { output, recordedMs } = verify({ locale: 'en', digitMs: 1200, blind: false, maximumMs: 7600 });
    expect(output.state).toBe('done');
    expect(recordedMs).toBeLessThanOrEqual(7600);
  });
});

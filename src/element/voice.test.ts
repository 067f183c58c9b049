import { describe, expect, it } from 'vitest';
import { createVoice, type SpeechPort } from './voice.js';

const voiceOf = (lang: string, localService = true): SpeechSynthesisVoice => ({ lang, localService, name: lang, voiceURI: lang, default: false });

class Utterance {
  text: string;
  lang = '';
  voice?: SpeechSynthesisVoice;
  onstart?: () => void;
  onend?: () => void;
  onerror?: () => void;
  constructor(text: string) {
    this.text = text;
  }
}

/** An engine that writes down what it is told, and starts and ends when a test says so. */
function engine(voices: readonly SpeechSynthesisVoice[] = [voiceOf('en-US')]) {
  const waiting: (() => void)[] = [];
  const said: Utterance[] = [];
  const calls: string[] = [];
  let time = 0;
  const port = {
    Utterance,
    synthesis: {
      getVoices: () => voices,
      addEventListener: (_: string, listener: () => void) => waiting.push(listener),
      cancel: () => calls.push('cancel'),
      speak(utterance: Utterance) {
        calls.push(utterance.text);
        said.push(utterance);
      },
    },
  } as unknown as SpeechPort;
  return {
    calls,
    said,
    voice: createVoice(() => port, () => time),
    pass: (ms: number) => (time += ms),
    /** The browser has read the list of its voices. */
    list(...listed: readonly SpeechSynthesisVoice[]) {
      voices = listed;
      for (const listener of waiting.splice(0)) listener();
    },
  };
}

describe('a voice', () => {
  it('says one thing at a time, the latest, and the same thing once', () => {
    const { voice, calls } = engine();
    voice.say('one', 'en');
    voice.say('one', 'en');
    voice.say('two', 'en');
    expect(calls).toEqual(['one', 'cancel', 'two']);
  });

  it('falls silent, and can say the same again afterwards; it leaves other voices of the page alone', () => {
    const { voice, calls } = engine();
    voice.stop();
    expect(calls).toEqual([]);
    voice.say('one', 'en');
    voice.stop();
    voice.stop();
    voice.say('one', 'en');
    expect(calls).toEqual(['one', 'cancel', 'one']);
  });

  it('is speaking from the call until the end of that very utterance', () => {
    const { voice, said } = engine();
    voice.say('one', 'en');
    expect(voice.speaking, 'about to').toBe(true);
    said[0]?.onstart?.();
    expect(voice.speaking).toBe(true);
    voice.say('two', 'en');
    said[1]?.onstart?.();
    said[0]?.onend?.();
    expect(voice.speaking).toBe(true);
    said[1]?.onerror?.();
    expect(voice.speaking).toBe(false);
    voice.say('three', 'en');
    said[2]?.onstart?.();
    voice.stop();
    said[2]?.onstart?.();
    expect(voice.speaking).toBe(false);
  });

  it('is not taken to be speaking by an engine that never begins, nor for long by one that never ends', () => {
    const { voice, said, pass } = engine();
    voice.say('7', 'en');
    pass(999);
    expect(voice.speaking).toBe(true);
    pass(1);
    expect(voice.speaking).toBe(false);
    said[0]?.onstart?.();
    expect(voice.speaking, 'it has begun after all').toBe(true);
    pass(1800);
    expect(voice.speaking, 'a word').toBe(false);
    voice.say('Please read the digits aloud, each when it comes on', 'en');
    said[1]?.onstart?.();
    pass(7999);
    expect(voice.speaking, 'a sentence').toBe(true);
    pass(1);
    expect(voice.speaking).toBe(false);
  });

  it.each([
    ['zh-TW', ['zh-CN', 'zh_TW'], 'zh_TW'],
    ['zh-TW', ['en-US', 'zh-CN'], 'zh-CN'],
    ['th', ['th-TH'], 'th-TH'],
    ['vi', ['en-US'], undefined],
  ])('for %s of %j takes %s', (language, tags, chosen) => {
    const { voice, said } = engine(tags.map((tag) => voiceOf(tag)));
    voice.say('x', language);
    expect(said.map((utterance) => [utterance.voice?.lang, utterance.lang])).toEqual(chosen === undefined ? [] : [[chosen, language]]);
  });

  it('never lets a voice speak that sends the text away', () => {
    const { voice, said } = engine([voiceOf('en-US', false)]);
    voice.say('x', 'en');
    expect(said).toEqual([]);
  });

  it('waits for the list of voices, that some browsers read only when they are asked for it, and never takes the one that is the default meanwhile', () => {
    const { voice, said, list } = engine([]);
    voice.say('one', 'en');
    voice.say('two', 'en');
    expect(said).toEqual([]);
    list(voiceOf('en-US', false));
    list();
    expect(said).toEqual([]);
    list(voiceOf('en-US', false), voiceOf('en-GB'));
    expect(said, 'it is over by then').toEqual([]);
    voice.say('three', 'en');
    expect(said.map(({ text, voice: chosen }) => [text, chosen?.lang])).toEqual([['three', 'en-GB']]);
  });

  it('says the last of what it was told before the list came, once, and nothing where it has been stopped', () => {
    const { voice, said, list } = engine([]);
    for (const text of ['one', 'two', 'one']) voice.say(text, 'en');
    list(voiceOf('en-US'));
    list(voiceOf('en-US'), voiceOf('en-GB'));
    expect(said.map(({ text }) => text)).toEqual(['one']);
    const stopped = engine([]);
    stopped.voice.say('one', 'en');
    stopped.voice.stop();
    stopped.list(voiceOf('en-US'));
    expect(stopped.said).toEqual([]);
  });

  it('says nothing where no voice is listed at all', () => {
    const { voice, said } = engine([]);
    voice.say('one', 'en');
    expect([said, voice.speaking]).toEqual([[], false]);
  });

  it('can say what the system has a voice of its own for, once the browser has listed it', () => {
    const { voice, list } = engine([]);
    expect(voice.canSay('en-GB')).toBe(false);
    list(voiceOf('en_US'), voiceOf('vi', false));
    expect(['en-GB', 'vi', 'th'].map((language) => voice.canSay(language))).toEqual([true, false, false]);
  });

  it('is silent where the browser has none', () => {
    const voice = createVoice(() => undefined);
    expect(voice.canSay('en')).toBe(false);
    voice.say('x', 'en');
    voice.stop();
    expect(voice.speaking).toBe(false);
  });
});

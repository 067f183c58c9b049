/** What a voice needs of the browser. */
export interface SpeechPort {
  readonly synthesis: Pick<SpeechSynthesis, 'speak' | 'cancel' | 'getVoices'> & Partial<Pick<SpeechSynthesis, 'addEventListener'>>;
  readonly Utterance: new (text: string) => SpeechSynthesisUtterance;
}

/** Says one thing at a time. */
export interface Voice {
  /** Whether something can be heard just now, or is about to be. */
  readonly speaking: boolean;
  /**
   * Whether the system has a voice of its own for the language, as far as the browser has listed them: some read the list only when
   * they are asked for it first, and a `false` may become `true` a moment later.
   *
   * @param language BCP 47
   */
  canSay(language: string): boolean;
  /**
   * Says it instead of what is being said; the same text on the same occasion says nothing.
   *
   * @param language BCP 47. In a language for which the system has no voice of its own nothing is said. Where the list of voices is not
   *   there yet it is said when it comes, unless something else is to be said by then.
   */
  say(text: string, language: string, occasion?: number): void;
  /** Falls silent. */
  stop(): void;
}

/** From the call to the first sound; an engine that never reports the start must not keep the microphone closed. */
const START_MS = 1000;
/** A word takes a second, a sentence three or four: nor must one that never reports the end. */
const longestMs = (text: string): number => Math.min(8000, 1500 + 300 * text.length);

/** The browser's own voice. Never one that sends the text to a server. */
export function createVoice(port: () => SpeechPort | undefined = browserSpeech, now: () => number = () => performance.now()): Voice {
  let last = '';
  // Kept here: Chrome forgets an utterance that nobody holds, and its end with it.
  let current: SpeechSynthesisUtterance | undefined;
  /** When the engine is taken to be done, whatever it reports. */
  let until = 0;
  /** Waits for the list of voices. */
  let pending: (() => void) | undefined;

  function silence(): void {
    // Not where nothing was said: other voices of the page are not ours to stop.
    if (current) port()?.synthesis.cancel();
    current = pending = undefined;
  }

  function begin(speech: SpeechPort, text: string, language: string): void {
    const { synthesis } = speech;
    const voices = synthesis.getVoices();
    if (voices.length === 0) {
      // Chrome reads the list when it is asked for it first, and would speak with its default voice until then, which may be a server's.
      const retry = (pending = () => begin(speech, text, language));
      synthesis.addEventListener?.('voiceschanged', () => pending === retry && retry(), { once: true });
      return;
    }
    pending = undefined;
    const voice = localVoice(voices, language);
    if (!voice) return;
    const utterance = new speech.Utterance(text);
    utterance.lang = language;
    utterance.voice = voice;
    const end = (): void => {
      if (current === utterance) current = undefined;
    };
    utterance.onstart = () => {
      if (current === utterance) until = now() + longestMs(text);
    };
    utterance.onend = end;
    utterance.onerror = end;
    current = utterance;
    until = now() + START_MS;
    synthesis.speak(utterance);
  }

  return {
    get speaking() {
      return current !== undefined && now() < until;
    },
    canSay: (language) => localVoice(port()?.synthesis.getVoices() ?? [], language) !== undefined,
    say(text, language, occasion = 0) {
      const key = `${language} ${occasion} ${text}`;
      if (key === last) return;
      last = key;
      silence();
      const speech = port();
      if (speech) begin(speech, text, language);
    },
    stop() {
      last = '';
      silence();
    },
  };
}

/** Of the exact language, or else of another region's. */
function localVoice(voices: readonly SpeechSynthesisVoice[], language: string): SpeechSynthesisVoice | undefined {
  // Android writes zh_CN.
  const tagOf = (tag: string): string => tag.replace(/_/g, '-').toLowerCase();
  const wanted = tagOf(language);
  const [primary = ''] = wanted.split('-');
  const own = voices.filter(({ localService, lang }) => localService && tagOf(lang).split('-')[0] === primary);
  return own.find(({ lang }) => tagOf(lang) === wanted) ?? own[0];
}

function browserSpeech(): SpeechPort | undefined {
  const { speechSynthesis: synthesis, SpeechSynthesisUtterance: Utterance } = globalThis as Partial<Pick<typeof globalThis, 'speechSynthesis' | 'SpeechSynthesisUtterance'>>;
  return synthesis && Utterance && { synthesis, Utterance };
}

import { lookup, promptFor, resolveLocale } from '../codes/core.js';
import type { CameraControl, FlowState, VerifyOptions, VerifyResult } from '../flow/index.js';
import type { Action } from './outcome.js';
import { beginRun, type Run, type RunOptions } from './run.js';
import type { Scene } from './scene.js';
import { type Spoken, spokenOf } from './spoken.js';
import { createFrame } from './views/frame.js';
import type { ConsentText } from './views/consent.js';
import { vocabulary } from './vocabulary.js';
import { createVoice } from './voice.js';

/** What the page has set on the element; read anew for every drawing and every run. */
export interface Settings {
  readonly verify: (options: VerifyOptions) => Promise<VerifyResult>;
  /** Without the parts that the controller fills in. */
  readonly options: Omit<RunOptions, 'video' | 'consent' | 'onState' | 'evidence'> & { readonly locale: string };
  readonly consentText: ConsentText | undefined;
  readonly consentVersion: string;
  /** Whether instructions are said aloud; they are to somebody who does not see them, whatever it says. */
  readonly spoken: boolean;
  /** See {@link RunOptions}. */
  readonly evidence: RunOptions['evidence'];
}

/** Events of the element, with their details. */
export interface ElementEvents {
  'face-state': FlowState;
  'face-result': VerifyResult;
  'face-close': undefined;
}

/** What {@link createController} needs. */
export interface ControllerOptions {
  readonly settings: () => Settings;
  readonly dispatch: <Type extends keyof ElementEvents>(type: Type, detail: ElementEvents[Type]) => void;
  /** What has the focus inside the element. */
  readonly focused: () => Element | null;
  /** Resolves when the language's words have come, or are not to be had. */
  readonly wordsReady: () => Promise<unknown>;
}

/** Between the flow and the views: holds the last state, the run, and what was agreed to. */
export interface Controller {
  readonly element: HTMLElement;
  readonly state: FlowState | undefined;
  /** @param keepConsent does not ask again for a consent just given to the same text */
  start(keepConsent?: boolean): Promise<VerifyResult>;
  restart(): Promise<VerifyResult>;
  cancel(): void;
  /** Calls off what is running and forgets the consent that was given, and the answer about the light with it. */
  takeBack(): void;
  /** Draws the last state again, after a setting or the language has changed. */
  draw(): void;
}

const INVALID_OPTIONS = { system: 'facefront', table: 'client', code: 'invalid-options' } as const;

/** Makes the views and runs the flow behind them. Nothing is begun before {@link Controller.start}. */
export function createController({ settings, dispatch, focused, wordsReady }: ControllerOptions): Controller {
  let state: FlowState | undefined;
  let run: Run | undefined;
  let current: Promise<VerifyResult> | undefined;
  /** The text last agreed to. */
  let granted: string | undefined;
  /** Whether the person would rather not have the screen's light; kept as long as the consent. */
  let declinedLight = false;
  /** How often the consent was taken back: a restart must not keep one from before. */
  let takenBack = 0;
  let cameras: CameraControl | undefined;
  /** The camera that the person wants, and that which was then really in use: kept as long as the element, unless a run ends on it. */
  let wantedCamera: string | undefined;
  let chosenCamera: string | undefined;
  const voice = createVoice();

  const cancel = (): void => run?.cancel();
  const frame = createFrame({
    onAgree() {
      granted = frame.consentText();
      // iPhones let a page speak once it has done so from a tap.
      if (speaks()) say({ text: vocabulary.speaker(settings().options.locale)('preparing') });
      if (granted === run?.text) run.answer('granted');
      else run?.supersede();
    },
    onRefuse: () => run?.answer('refused'),
    onTap: () => run?.tap(),
    onLight(answer) {
      declinedLight = answer === 'other';
      run?.warned(answer);
    },
    onCamera(deviceId) {
      wantedCamera = deviceId;
      cameras?.use(deviceId);
    },
    onFile: (file) => run?.give(file),
    onCancel: cancel,
    onAction: act,
  });

  const language = (): string => resolveLocale(settings().options.locale);
  const speaks = (): boolean => settings().spoken || settings().options.cannot?.includes('see') === true;
  const say = ({ text, occasion }: Spoken): void => voice.say(text, language(), occasion);

  function draw(): void {
    const { options, consentText } = settings();
    const { locale, prompts, collectRisk } = options;
    const scene: Scene = { state, locale, prompts, consentText, asksForDevice: collectRisk !== undefined, speaksDigits: speaks() && voice.canSay(language()), cameras, say: vocabulary.speaker(locale) };
    const said = speaks() ? spokenOf(scene) : undefined;
    if (said) say(said);
    else voice.stop();
    frame.draw({ ...scene, speaking: voice.speaking });
    // The record must be of the text that is on the screen: when that changes, it is asked about anew.
    if (state?.phase === 'consent' && run && frame.consentText() !== run.text) run.supersede();
  }

  function forget(): void {
    granted = undefined;
    declinedLight = false;
  }

  function set(next: FlowState | undefined): void {
    // Asked before drawing: a browser takes the focus from what gets hidden.
    const before = focused();
    const other = viewOf(next) !== viewOf(state);
    state = next;
    draw();
    // Somebody who has gone on to the cancel button stays there while the capture goes from phase to phase.
    if (before && (other || before.closest('[hidden]'))) frame.focus();
  }

  function end(result: VerifyResult): VerifyResult {
    if (result.status === 'cancelled') forget();
    cameras = undefined;
    // One that opens and is no use would be opened again, and the menu is never reached.
    if (result.code.code.startsWith('camera-')) wantedCamera = chosenCamera = undefined;
    set({ phase: 'ended', result, detector: state?.detector ?? { stage: undefined } });
    dispatch('face-result', result);
    return result;
  }

  function begin(): Run {
    const { verify, options, consentVersion, evidence } = settings();
    return beginRun(verify, {
      ...options,
      ...(declinedLight && { cannot: [...(options.cannot ?? []), 'flashes'] }),
      // Asked when the session is opened: by then the browser has listed its voices, which the drawing of the consent asked for.
      ...(speaks() && { isSpeaking: () => (voice.canSay(language()) ? voice.speaking : undefined) }),
      ...(chosenCamera !== undefined && { deviceId: chosenCamera }),
      video: frame.video,
      evidence,
      onCamera(control) {
        cameras = control;
        chosenCamera = [wantedCamera, chosenCamera].find((id) => id === control.deviceId);
        draw();
      },
      consent: { text: frame.consentText(), textVersion: consentVersion, scopes: options.collectRisk ? ['face-video', 'risk'] : ['face-video'] },
      onState(next) {
        set(next);
        dispatch('face-state', next);
      },
    });
  }

  async function attempt(): Promise<VerifyResult> {
    await wordsReady();
    try {
      for (;;) {
        set({ phase: 'consent', detector: { stage: undefined } });
        run = begin();
        if (granted === run.text) run.answer('granted');
        const result = await run.finished;
        const { superseded } = run;
        run = undefined;
        if (!superseded) return end(result);
      }
    } catch (error) {
      run = undefined;
      const { locale, prompts } = settings().options;
      const { remedy } = lookup('facefront', 'client', 'invalid-options');
      end({ status: 'failed', code: INVALID_OPTIONS, prompt: promptFor(INVALID_OPTIONS, locale, prompts), remedy, detail: String(error) });
      throw error;
    }
  }

  function start(keepConsent = false): Promise<VerifyResult> {
    if (current) return current;
    if (!keepConsent) forget();
    current = attempt().finally(() => (current = undefined));
    return current;
  }

  async function restart(): Promise<VerifyResult> {
    // It is the page that calls it off: the person has not taken anything back.
    const kept = { granted, declinedLight, takenBack };
    if (current) {
      cancel();
      await current.catch(() => undefined);
      if (kept.takenBack === takenBack) ({ granted, declinedLight } = kept);
    }
    return start(true);
  }

  function act(action: Action | 'start'): void {
    if (action === 'retry') void restart();
    else if (action === 'start' || action === 'again') void start();
    else {
      forget();
      set(undefined);
      dispatch('face-close', undefined);
    }
  }

  return {
    element: frame.element,
    get state() {
      return state;
    },
    start,
    restart,
    cancel,
    takeBack() {
      takenBack += 1;
      forget();
      cancel();
    },
    draw,
  };
}

/** What is on the screen as a whole; between two of these the focus moves on. */
function viewOf(state: FlowState | undefined): string {
  const phase = state?.phase ?? 'idle';
  return ['idle', 'consent', 'lightWarning', 'systemCamera', 'ended'].includes(phase) ? phase : 'running';
}

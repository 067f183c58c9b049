import type { PromptOverrides } from '../codes/core.js';
import { type FlowState, verify, type VerifyOptions, type VerifyResult } from '../flow/index.js';
import type { Inability } from '../liveness/index.js';
import { type Controller, createController, type Settings } from './controller.js';
import { adoptStyles } from './styles.js';
import type { ConsentText } from './views/consent.js';
import { fetchWords } from './fetch-words.js';

/** Options of the flow that the element does not set itself; see {@link VerifyOptions}. */
export type ExtraVerifyOptions = Partial<Omit<VerifyOptions, 'endpoint' | 'assetBase' | 'video' | 'locale' | 'onState' | 'onTapNeeded' | 'onLightWarning' | 'onFileNeeded' | 'onCamera' | 'isSpeaking' | 'signal' | 'consent'>>;

/** Where there is no DOM, as on a server that renders pages, the module can still be imported. */
const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

/** Properties that may have been set on the element before it was defined, and that stand for attributes. */
const REFLECTED = ['endpoint', 'assetBase', 'locale', 'consentVersion', 'warmUp', 'cannot', 'spoken', 'liveOnly'] as const;

/**
 * `<face-verify endpoint="/api/face" asset-base="/">`: the whole verification with a view, over the headless {@link verify}.
 * Nothing happens before {@link FaceVerifyElement.start} or its own start button, and nothing is collected, stored or sent
 * before the person has agreed.
 *
 * Attributes; all but the last are also properties, in camel case:
 * - `endpoint`, `asset-base`: as in {@link VerifyOptions}; required
 * - `locale`: BCP 47, default `zh-CN`; may change at any time
 * - `consent-version`: your name for the consent text, default `facefront-1`
 * - `warm-up`: as in {@link VerifyOptions}
 * - `cannot`: what the person cannot do, words apart by spaces, such as `hear flashes`; see {@link VerifyOptions}
 * - `spoken`: instructions, and the digits to be read, are also said aloud, by a voice of the system's own. Where `cannot` has `see`
 *   they are without it
 * - `live-only`: where a page gets no live camera, the verification ends with the reason; without it a file from the phone's own
 *   camera is taken, see `VerifyOptions.onFileNeeded`
 * - `theme`: `light` or `dark`; without it the system's
 *
 * Slot `consent`: your own consent text as markup. Events, bubbling and composed: `face-state` (detail {@link FlowState}),
 * `face-result` (detail {@link VerifyResult}), `face-close` (the person closed the result). Custom properties and parts for
 * styling are listed in `styles.ts`.
 */
export class FaceVerifyElement extends Base {
  /** @internal */
  static get observedAttributes(): readonly string[] {
    return ['locale', 'asset-base', 'spoken'];
  }

  // Declared without a value: one set before the element was defined stays.

  /** Headers for the backend; see {@link VerifyOptions}. */
  declare headers: VerifyOptions['headers'];
  /**
   * Your own consent text, or one by language. Line breaks separate paragraphs; it is never read as markup. The slot
   * `consent` goes before it.
   */
  declare consentText: ConsentText | undefined;
  /** Sentences of your own; see {@link VerifyOptions}. */
  declare prompts: PromptOverrides | undefined;
  /** A stream instead of the camera; see `VerifyOptions.stream`. */
  declare streamProvider: VerifyOptions['stream'];
  /** Collects the risk report after consent; the built-in consent text then speaks of it. See {@link VerifyOptions}. */
  declare collectRisk: VerifyOptions['collectRisk'];
  /** Further options of the flow. */
  declare verifyOptions: ExtraVerifyOptions | undefined;
  /** The flow underneath; set it to draw another one, such as a script. @default the SDK's `verify` */
  declare verify: ((options: VerifyOptions) => Promise<VerifyResult>) | undefined;

  private readonly _controller: Controller;
  private _words: Promise<unknown> = Promise.resolve();
  private _asked = '';

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: 'open' });
    this._controller = createController({
      settings: () => this._settings(),
      dispatch: (type, detail) => void this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true })),
      focused: () => shadow.activeElement,
      wordsReady: () => this._words,
    });
    shadow.append(this._controller.element);
  }

  /** See {@link VerifyOptions}. */
  get endpoint(): string {
    return this.getAttribute('endpoint') ?? '';
  }
  set endpoint(value: string) {
    this.setAttribute('endpoint', value);
  }

  /** See {@link VerifyOptions}. */
  get assetBase(): string {
    return this.getAttribute('asset-base') ?? '';
  }
  set assetBase(value: string) {
    this.setAttribute('asset-base', value);
  }

  /** BCP 47. @default 'zh-CN' */
  get locale(): string {
    return this.getAttribute('locale') || 'zh-CN';
  }
  set locale(value: string) {
    this.setAttribute('locale', value);
  }

  /** Goes into the consent record. @default 'facefront-1' */
  get consentVersion(): string {
    return this.getAttribute('consent-version') || 'facefront-1';
  }
  set consentVersion(value: string) {
    this.setAttribute('consent-version', value);
  }

  /** See {@link VerifyOptions}. */
  get warmUp(): NonNullable<VerifyOptions['warmUp']> {
    return (this.getAttribute('warm-up') ?? 'while-consenting') as NonNullable<VerifyOptions['warmUp']>;
  }
  set warmUp(value: NonNullable<VerifyOptions['warmUp']>) {
    this.setAttribute('warm-up', value);
  }

  /** See {@link VerifyOptions}. @default [] */
  get cannot(): readonly Inability[] {
    return (this.getAttribute('cannot') ?? '').split(/\s+/).filter(Boolean) as Inability[];
  }
  set cannot(value: readonly Inability[]) {
    this.setAttribute('cannot', value.join(' '));
  }

  /** Whether instructions are also said aloud. @default false */
  get spoken(): boolean {
    return this.hasAttribute('spoken');
  }
  set spoken(value: boolean) {
    this.toggleAttribute('spoken', value);
  }

  /** Whether no file from the phone's own camera is taken where there is no live one. @default false */
  get liveOnly(): boolean {
    return this.hasAttribute('live-only');
  }
  set liveOnly(value: boolean) {
    this.toggleAttribute('live-only', value);
  }

  /** The last state of the flow; absent before the first start and after a result was closed. */
  get state(): FlowState | undefined {
    return this._controller.state;
  }

  /** @internal */
  connectedCallback(): void {
    const own = this as unknown as Record<string, unknown>;
    for (const name of REFLECTED) {
      if (!Object.prototype.hasOwnProperty.call(own, name)) continue;
      const value = own[name];
      delete own[name];
      own[name] = value;
    }
    if (this.shadowRoot) adoptStyles(this.shadowRoot, this.assetBase);
    this.ownerDocument.addEventListener('keydown', this._onKey);
    this._speak();
  }

  /** @internal */
  disconnectedCallback(): void {
    this.ownerDocument.removeEventListener('keydown', this._onKey);
    this.forgetConsent();
  }

  /** @internal */
  attributeChangedCallback(): void {
    if (this.isConnected) this._speak();
  }

  /**
   * Shows the consent text and goes on from there. While a verification runs, this gives the same promise again.
   *
   * @returns what `face-result` tells
   * @throws TypeError naming an option that is wrong (`face-result` then says `invalid-options`), or that the element is in
   * no document
   */
  start(): Promise<VerifyResult> {
    if (!this.isConnected) return Promise.reject(new TypeError('face-verify: must be in the document before start()'));
    return this._controller.start();
  }

  /** Calls the verification off; its result is `cancelled`. Does nothing when none is running. */
  cancel(): void {
    this._controller.cancel();
  }

  /** Cancels what is running and begins again. A consent just given to the same text is not asked for again. */
  restart(): Promise<VerifyResult> {
    return this.isConnected ? this._controller.restart() : this.start();
  }

  /**
   * For a person who takes their consent back, beside `withdraw()` of `facefront/risk`: cancels what is running and asks again before
   * anything else is collected, at a {@link FaceVerifyElement.restart} too.
   */
  forgetConsent(): void {
    this._controller.takeBack();
  }

  private _settings(): Settings {
    const { endpoint, assetBase, locale, warmUp, cannot, spoken, headers, prompts, streamProvider, collectRisk, consentText, consentVersion, liveOnly } = this;
    return {
      verify: this.verify ?? verify,
      options: {
        ...this.verifyOptions,
        endpoint,
        assetBase,
        locale,
        warmUp,
        ...(cannot.length > 0 && { cannot }),
        ...(headers && { headers }),
        ...(prompts && { prompts }),
        ...(streamProvider && { stream: streamProvider }),
        ...(collectRisk && { collectRisk }),
      },
      consentText,
      consentVersion,
      spoken,
      evidence: liveOnly ? 'live' : 'live-or-file',
    };
  }

  private _speak(): void {
    const { locale, assetBase } = this;
    const asked = `${locale} ${assetBase}`;
    const draw = (): void => this._controller.draw();
    if (asked !== this._asked) {
      this._asked = asked;
      // A language that cannot be had leaves the next one of its fallback chain: no reason to stop anybody.
      this._words = fetchWords(locale, { assetBase }).then(draw, () => (this._asked = ''));
    }
    draw();
  }

  private readonly _onKey = (event: KeyboardEvent): void => {
    // A dialog of the page that has the focus keeps its own Escape.
    const mine = event.composedPath().includes(this) || event.target === this.ownerDocument.body;
    if (event.key === 'Escape' && mine && !event.defaultPrevented && !event.isComposing) this.cancel();
  };
}

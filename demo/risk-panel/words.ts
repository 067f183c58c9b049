import type { FactGroup, FactStatus } from '../../src/risk/fact.js';
import type { FactId } from '../../src/risk/facts/index.js';
import type { SignalId } from '../../src/risk/signals/index.js';
import en from './words-en.js';
import zhCN from './words-zh-cn.js';
import zhTW from './words-zh-tw.js';

/** Every text of the panel in one language. `{n}`-like names in braces are filled in. */
export interface RiskWords {
  readonly title: string;
  readonly intro: string;
  readonly collect: string;
  readonly collecting: string;
  readonly withdraw: string;
  readonly notYet: string;
  /** `{read}`, `{all}`, `{ms}`, `{signals}`. */
  readonly summary: string;
  readonly refused: string;
  readonly withdrawn: string;
  readonly cut: string;
  readonly failed: string;
  readonly factsTitle: string;
  readonly signalsTitle: string;
  readonly signalsNone: string;
  readonly signalsNote: string;
  /** `{weight}`. */
  readonly weight: string;
  readonly evidence: string;
  readonly reportTitle: string;
  readonly reportNote: string;
  readonly payloadTitle: string;
  readonly payloadNote: string;
  readonly payloadProfile: string;
  readonly payloadServer: string;
  readonly value: string;
  /** `{all}`. */
  readonly groupFacts: string;
  /** `{read}`, `{all}`. */
  readonly groupRead: string;
  readonly groups: Readonly<Record<FactGroup, string>>;
  readonly facts: Readonly<Record<FactId, string>>;
  readonly statuses: Readonly<Record<FactStatus, string>>;
  readonly signals: Readonly<Record<SignalId, string>>;
}

/** The languages of the demo. */
export const RISK_WORDS = { 'zh-CN': zhCN, 'zh-TW': zhTW, en } as const satisfies Record<string, RiskWords>;

/** See {@link RISK_WORDS}. */
export type RiskLanguage = keyof typeof RISK_WORDS;

/** Puts values into the braces of a text. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (_braces, name: string) => String(values[name] ?? ''));
}

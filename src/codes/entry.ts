import type { PromptId } from './prompt-ids.js';

/** The namespace of a return code. A bare number means nothing: 1101 is "no sound" in one table and "forged documents" in another. */
export interface CodeReference {
  readonly system: string;
  readonly table: string;
  /** Always text: `'02'`, `'-5020'`. */
  readonly code: string;
}

/**
 * What can be done about a code. `none` nothing is wrong · `adjust` change something in front of the camera or in a setting ·
 * `retry` do it again · `wait` do it again later · `update` another browser, app version or device · `contact` ask for support ·
 * `fix-request` a mistake in the integrator's request · `stop` trying again here will not help.
 */
export type Remedy = 'none' | 'adjust' | 'retry' | 'wait' | 'update' | 'contact' | 'fix-request' | 'stop';

/** Who can do it: the person at the camera, whoever wrote the request, or whoever runs the service and its account. */
export type Audience = 'user' | 'developer' | 'operator';

/** What the vendor's document says about charging. A hint, never a count: the bill is the vendor's. */
export interface BillingHint {
  /** Whether the current edition of the document says that the code is charged. */
  readonly charged: boolean;
  /** `YYYY-MM-DD`, Beijing time: charged before that day, not charged from that day on. */
  readonly chargedBefore?: string;
}

interface EntryFields extends CodeReference {
  /** The vendor's words, white space collapsed. Empty when unknown. */
  readonly meaning: string;
  /** Key of the sentence for the person; see `promptFor`. */
  readonly promptId: PromptId;
  readonly remedy: Remedy;
  readonly audience: Audience;
  /** `seed …` for a vendor document the catalogue is held against, otherwise an address, or `facefront` for the SDK's own codes. */
  readonly source: string;
}

/** A code the catalogue has. */
export interface KnownEntry extends EntryFields {
  readonly known: true;
  /** The vendor's short name for the code, where the document has one. */
  readonly title?: string;
  /** The vendor's 处理措施 or note, where the document has one. */
  readonly advice?: string;
  readonly billed?: BillingHint;
  /** The number the same code had in the vendor's previous version (聚合数据 `resultcode`). */
  readonly legacy?: string;
  /** The vendor code that says the same as this code of the SDK's own. */
  readonly sameAs?: CodeReference;
}

/** A code the catalogue does not have, or that was not text. `system`, `table` and `code` keep what was given, as text. */
export interface UnknownEntry extends EntryFields {
  readonly known: false;
}

/** What `lookup` gives. Both halves have a prompt, a remedy and an audience. */
export type Entry = KnownEntry | UnknownEntry;

import type { CodeReference } from '../../codes/entry.js';
import type { CodeOf } from '../../codes/names.js';
import type { FactId, FactValue } from '../facts/index.js';

/** A code of a vendor's own risk vocabulary, as `system/table/code`. */
export type VendorTag = `faceid-risk/device-tag/${CodeOf<'faceid-risk', 'device-tag'>}` | `juhe-antirush/risk-type/${CodeOf<'juhe-antirush', 'risk-type'>}`;

/** The value of a fact that was read; `undefined` whatever else became of it. */
export type FactReader = <Id extends FactId>(id: Id) => FactValue<Id> | undefined;

/** A pure judgement over facts. It does not fire on facts that are missing; what made-up facts look like is not its concern. */
export interface Rule {
  /**
   * From 0 to 1, how much one would give on this signal alone, at most: 0.9 nearly certain · 0.5 rare in honest browsers · 0.2 a hint
   * that only counts beside others.
   */
  readonly weight: number;
  /** What the vendors call it. */
  readonly tags: readonly VendorTag[];
  /** One plain sentence, for whoever reads the report. */
  readonly sentence: string;
  /** A number is a smaller weight, where what was found says less; nothing is said where nothing was read. */
  readonly fires: (fact: FactReader) => boolean | number | undefined;
}

/** What `docs/signals.md` says of a signal besides its rule. Not part of any bundle. */
export interface SignalAbout {
  /** What makes it fire. */
  readonly fires: string;
  /** Who is honest and fires all the same, or what it cannot see. */
  readonly limits: string;
}

/** A rule that fired. Plain JSON. */
export interface Signal {
  readonly id: string;
  /** See {@link Rule.weight}; where less was found, less. */
  readonly weight: number;
  readonly codes: readonly CodeReference[];
  readonly sentence: string;
  /** The facts that were looked at, by id. */
  readonly evidence: { readonly [Id in FactId]?: FactValue<Id> };
}

/** The device may be injected. */
export const INJECTED: readonly VendorTag[] = ['faceid-risk/device-tag/203', 'faceid-risk/device-tag/5004'];
/** The device may be hooked. */
export const HOOKED: readonly VendorTag[] = ['faceid-risk/device-tag/205'];
/** The device may be virtual. */
export const VIRTUAL: readonly VendorTag[] = ['faceid-risk/device-tag/206', 'juhe-antirush/risk-type/2062'];
/** The camera may be hijacked. */
export const HIJACKED: readonly VendorTag[] = ['faceid-risk/device-tag/5007', 'faceid-risk/device-tag/1005'];
/** The device's information may be tampered with. */
export const TAMPERED: readonly VendorTag[] = ['faceid-risk/device-tag/8000'];
/** A machine may be at work. */
export const AUTOMATED: readonly VendorTag[] = ['juhe-antirush/risk-type/102'];

import type { Entry } from '../../../codes/entry.js';
import type { RiskInfoInterpretation } from '../../../codes/interpret/risk-info.js';
import { codeText, numberOf } from '../../../codes/interpret/reading.js';
import { isObject } from '../../../transport/shape.js';
import { isAboutPerson } from '../about-person.js';
import { notAboutPerson } from './face-id-call.js';
import type { FaceIdAnswer } from './face-id-call.js';
import { faceIdEntry } from './face-id-entry.js';

/** What the vendor has of an attempt. Only this decides. */
export interface FaceIdResult {
  /** `unfinished`: not passed, and the person may still try again with the same token. */
  readonly outcome: 'passed' | 'failed' | 'unfinished';
  readonly entry: Entry;
  /** Likeness, 0–100; 70 and above is the same person by the vendor's advice. */
  readonly similarity?: number;
  /** How many checks of this token are charged, by the vendor's own marks; the only count that is not a guess. */
  readonly charged?: number;
  readonly risk?: RiskInfoInterpretation;
}

/** 本次流程未完成, and token 过期: what an attempt without any code of its own has come to. */
const [UNFINISHED, EXPIRED] = ['17', '15'];

/**
 * What the `Text` of `GetDetectInfoEnhanced` and `GetEidResult` comes to.
 *
 * @param isOver whether the person can try no more with this token
 * @param alsoCodes of checks besides face and likeness, which have to be 0 too
 */
export function readDetectText(call: string, text: Readonly<Record<string, unknown>>, isOver: boolean, alsoCodes: readonly unknown[] = []): FaceIdAnswer<FaceIdResult> {
  // Null until the person has tried. `ErrCode` is 0 while the liveness or the comparison is not: then theirs is the one to show.
  const code = text['ErrCode'] ?? undefined;
  const wrong = [code, text['LiveStatus'], text['Comparestatus'], ...alsoCodes].find((each) => each != null && codeText(each) !== '0');
  const passed = codeText(code) === '0' && wrong === undefined;
  const entry = faceIdEntry(passed ? code : (wrong ?? (isOver ? EXPIRED : UNFINISHED)));
  if (!passed && isOver && !isAboutPerson(entry)) return notAboutPerson(call, entry);
  const details = text['LivenessDetail'];
  return {
    ok: true,
    outcome: passed ? 'passed' : isOver ? 'failed' : 'unfinished',
    entry,
    ...similarityOf(text['Sim']),
    ...(Array.isArray(details) && { charged: details.filter((detail) => isObject(detail) && detail['IsNeedCharge'] === true).length }),
  };
}

/** Likeness, where the answer has one that can be. */
export function similarityOf(value: unknown): { readonly similarity?: number } {
  const similarity = numberOf(value);
  return similarity !== undefined && similarity >= 0 && similarity <= 100 ? { similarity } : {};
}

import type { CodeReference } from '../entry.js';
import faceidH5Client from '../tables/faceid-h5-client/index.js';

/** The codes of a return address, as text. */
export interface KycReturnCodes {
  readonly code?: string;
  /** Of the intention check (意愿核身): the face, and what was said or done. */
  readonly faceCode?: string;
  readonly willCode?: string;
}

/**
 * Which table the code of a return address of the standalone H5 page is of; the one that says most, where there are several. Absent where
 * all are 0. Source: TC 655/18936, 1007/77308.
 */
export function kycReturnReference({ code, faceCode, willCode }: KycReturnCodes): CodeReference | undefined {
  return [faceReference(faceCode), willReference(willCode), faceReference(code)].find((reference) => reference !== undefined);
}

/** Six of the codes come from the page itself and are in a table of their own. */
function faceReference(code: string | undefined): CodeReference | undefined {
  if (code === undefined || code === '0') return undefined;
  const isPages = faceidH5Client.some(({ rows }) => rows.some(([own]) => own === code));
  return isPages ? { system: 'faceid-h5-client', table: 'result', code } : { system: 'faceid-sdk', table: 'result', code };
}

/** The intention's codes collide with the page's own, so they have a namespace of their own. */
function willReference(code: string | undefined): CodeReference | undefined {
  return code === undefined || code === '0' ? undefined : { system: 'faceid-intention', table: 'result', code };
}

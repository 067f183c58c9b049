import type { InputError } from '../failure.js';
import { isLoopbackHttp } from '../origin.js';
import type { Person } from '../person.js';

/** A token of the cloud's. */
export function isToken(token: unknown): token is string {
  return typeof token === 'string' && /^[\w-]{8,128}$/.test(token);
}

/** The rule of {@link isToken}, for a field of this name. */
export function tokenRule(field: string): InputError {
  return { field, rule: 'must be 8 to 128 letters, digits, _ and -' };
}

/** Checks what comes back with the result. */
export function checkExtra(extra: unknown, max = 1024): InputError[] {
  return extra === undefined || (typeof extra === 'string' && extra.length <= max) ? [] : [{ field: 'extra', rule: `must be a text of at most ${max} characters` }];
}

/** Checks where the person is sent back to. */
export function checkRedirect(address: unknown, allowLoopbackHttp: boolean): InputError[] {
  const isRight = typeof address === 'string' && address.length <= 1024 && !/\s/.test(address) && isPage(address, allowLoopbackHttp);
  return isRight ? [] : [{ field: 'redirectUrl', rule: 'must be an https address of at most 1024 characters' }];
}

/** Whether an address is one that a person may be sent to: https, or http on loopback where that is allowed. */
export function isPage(address: unknown, allowLoopbackHttp: boolean): address is string {
  let url: URL;
  try {
    url = new URL(address as string);
  } catch {
    return false;
  }
  return url.protocol === 'https:' || (allowLoopbackHttp && isLoopbackHttp(url));
}

/** The identity by the cloud's names. */
export function identityFields({ name, idNumber }: Person): object {
  return { ...(name !== undefined && { Name: name }), ...(idNumber !== undefined && { IdCard: idNumber }) };
}

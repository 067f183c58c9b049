/** What a vendor's page added to a return address, and the address without it. */
export interface ReturnAddress {
  /** By name, decoded. Of a name that comes twice, the last, and the query before the hash. */
  readonly values: ReadonlyMap<string, string>;
  /** The address without any of the names; everything else stays as it was written. */
  readonly cleaned: string;
}

/** Longest value taken. */
const LONGEST = 512;

/**
 * Reads these names from the query and from the hash. A page whose router lives in the hash gets the parameters there, after `?`, after
 * `&`, or as the whole of it, depending on who put the address together.
 */
export function readReturnAddress(address: string, names: readonly string[]): ReturnAddress {
  const [, before = '', query = '', hash = ''] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(address) ?? [, address];
  const values = new Map<string, string>();
  const sift = (pairs: string): string =>
    pairs
      .split('&')
      .filter((pair) => {
        const [name, value] = splitPair(pair);
        if (!names.includes(name)) return true;
        if (value !== undefined && value.length <= LONGEST) values.set(name, value);
        return false;
      })
      .join('&');

  // The hash first, so that the query wins.
  const [, route = '', separator = '', inHash = ''] = /^#([^?&=]*)([?&]?)(.*)$/s.exec(hash) ?? [];
  const restOfHash = separator === '' ? sift(route + inHash) : sift(inHash);
  const cleanedHash = separator === '' ? restOfHash : route + (restOfHash && separator + restOfHash);
  const restOfQuery = sift(query.slice(1));
  return { values, cleaned: before + (restOfQuery && `?${restOfQuery}`) + (cleanedHash && `#${cleanedHash}`) };
}

function splitPair(pair: string): readonly [string, string | undefined] {
  const at = pair.indexOf('=');
  const decode = (text: string): string | undefined => {
    try {
      return decodeURIComponent(text.replace(/\+/g, ' '));
    } catch {
      return undefined;
    }
  };
  return at < 0 ? [decode(pair) ?? pair, ''] : [decode(pair.slice(0, at)) ?? pair, decode(pair.slice(at + 1))];
}

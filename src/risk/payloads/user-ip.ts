import type { Field } from './field.js';

/** Four numbers up to 255, none with a zero before it, which some read as octal. */
const V4 = /^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(?!$)|$)){4}$/;
const GROUP = /^[\da-f]{1,4}$/i;

/** An IP address. Whether it is a public one is the vendor's to say (RiskType 205). */
export const userIp: Field<string> = {
  text: true,
  check(value, path, { report }) {
    if (typeof value !== 'string') report('type', path, 'must be a text');
    else if (!V4.test(value) && !isV6(value)) report('range', path, 'must be an IPv4 or IPv6 address');
  },
};

/** RFC 4291: eight groups; `::` once for those that are zero; an IPv4 address for the last two. */
function isV6(address: string): boolean {
  const halves = address.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const groups = halves.flat();
  const last = groups[groups.length - 1] ?? '';
  const endsInV4 = V4.test(last) && address.endsWith(last);
  const count = groups.length + (endsInV4 ? 1 : 0);
  return (halves.length === 1 ? count === 8 : halves.length === 2 && count < 8) && (endsInV4 ? groups.slice(0, -1) : groups).every((group) => GROUP.test(group));
}

import type { Field } from './field.js';

const V4 = /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/;
const V6 = /^(?=.*:.*:)[\da-f:.]{2,45}$/i;

/** An IP address. Whether it is a public one is the vendor's to say (RiskType 205). */
export const userIp: Field<string> = {
  check(value, path, { report }) {
    if (typeof value !== 'string') report('type', path, 'must be a text');
    else if (!V4.test(value) && !V6.test(value)) report('range', path, 'must be an IPv4 or IPv6 address');
  },
};

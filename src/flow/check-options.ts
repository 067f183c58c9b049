import { CHALLENGE_TYPES, INABILITIES } from '../liveness/index.js';
import type { VerifyOptions } from './options.js';

type Rule = (value: unknown) => string | undefined;

const isText: Rule = (value) => (typeof value === 'string' && value.trim() !== '' ? undefined : 'must be text that is not empty');
const isFunction: Rule = (value) => (typeof value === 'function' ? undefined : 'must be a function');
const isObject: Rule = (value) => (typeof value === 'object' && value !== null && !Array.isArray(value) ? undefined : 'must be an object');
const isDuration: Rule = (value) => (typeof value === 'number' && value > 0 && value < Infinity ? undefined : 'must be a positive number of milliseconds');
const isOneOf = (...choices: readonly string[]): Rule => (value) =>
  choices.includes(value as string) ? undefined : `must be one of ${choices.map((choice) => `'${choice}'`).join(', ')}`;
const isListOf = (choices: readonly string[]): Rule => (value) =>
  Array.isArray(value) && value.every((word) => choices.includes(word as string)) ? undefined : `must be a list of ${choices.map((choice) => `'${choice}'`).join(', ')}`;
const has = (...names: readonly string[]): Rule => (value) =>
  isObject(value) ?? (names.every((name) => typeof (value as Record<string, unknown>)[name] === 'function') ? undefined : `must have the functions ${names.join(', ')}`);

const isChannels: Rule = (value) => {
  const isChannel = (each: unknown): boolean => (has('start', 'resume')(each) ?? isText((each as { name?: unknown }).name)) === undefined;
  if (!Array.isArray(value) || !value.every(isChannel)) return 'must be a list of channels';
  return new Set(value.map(({ name }: { name: string }) => name)).size === value.length ? undefined : 'must hold each channel once';
};

const isHeaders: Rule = (value) => {
  if (typeof value === 'function') return undefined;
  const problem = isObject(value);
  if (problem !== undefined) return `${problem} or a function`;
  return Object.values(value as object).every((header) => typeof header === 'string') ? undefined : 'must have text values only';
};

const isVideo: Rule = (value) => (isObject(value) === undefined && (value as Element).nodeName === 'VIDEO' ? undefined : 'must be a <video> element');

/** Every option, whether it must be there, and its rule. Held against {@link VerifyOptions} by its type. */
const RULES: { readonly [Name in keyof VerifyOptions]-?: { readonly required?: true; readonly rule: Rule } } = {
  endpoint: { required: true, rule: isText },
  assetBase: { required: true, rule: isText },
  video: { required: true, rule: isVideo },
  consent: { required: true, rule: isObject },
  locale: { rule: isText },
  prompts: { rule: isObject },
  onState: { rule: isFunction },
  onTapNeeded: { rule: isFunction },
  onLightWarning: { rule: isFunction },
  onFileNeeded: { rule: isFunction },
  isSpeaking: { rule: isFunction },
  onObservation: { rule: isFunction },
  signal: { rule: (value) => (value instanceof AbortSignal ? undefined : 'must be an AbortSignal') },
  headers: { rule: isHeaders },
  credentials: { rule: isOneOf('same-origin', 'include', 'omit') },
  stream: { rule: isFunction },
  deviceId: { rule: isText },
  onCamera: { rule: isFunction },
  warmUp: { rule: isOneOf('while-consenting', 'after-consent') },
  profile: { rule: isOneOf('phone', 'desktop') },
  cannot: { rule: isListOf(INABILITIES) },
  challenges: { rule: isListOf(CHALLENGE_TYPES) },
  channels: { rule: isChannels },
  thresholds: { rule: isObject },
  timing: { rule: isObject },
  retries: { rule: (value) => (Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 9 ? undefined : 'must be a whole number, 0–9') },
  consentTimeoutMs: { rule: isDuration },
  verdictTimeoutMs: { rule: isDuration },
  collectRisk: { rule: isFunction },
  detector: { rule: has('load', 'detect', 'dispose') },
  platform: { rule: isObject },
  fetch: { rule: isFunction },
};

const CONSENT_RULES: { readonly [Name in keyof VerifyOptions['consent']]-?: { readonly required?: true; readonly rule: Rule } } = {
  text: { required: true, rule: isText },
  textVersion: { required: true, rule: isText },
  scopes: { rule: (value) => (Array.isArray(value) && value.length > 0 && value.every((scope) => isText(scope) === undefined) ? undefined : 'must be a list of names, not empty') },
  ask: { required: true, rule: isFunction },
};

/** Names under which vendors hand out what must stay on a server. */
const SECRET_NAME = /secret|passw|private.?key|access.?key|app.?key|api.?key|sign.?key|ticket|licen[cs]e|^key$/i;
/** Tencent Cloud's SecretId, AWS's access key, and PEM. */
const SECRET_VALUE = /^(AKID[A-Za-z0-9]{12,}|AKIA[A-Z0-9]{12,}|-----BEGIN [A-Z ]*PRIVATE KEY)/;

/**
 * @throws TypeError that names the first wrong option and its rule: a missing or unknown one, a wrong type, an address the
 * browser would refuse later, or something that looks like a secret.
 */
export function checkOptions(options: unknown, base: string | undefined = globalThis.document?.baseURI): asserts options is VerifyOptions {
  refuse('options', isObject(options));
  const given = options as Record<string, unknown>;
  checkFields(given, RULES, '');
  checkFields(given['consent'] as Record<string, unknown>, CONSENT_RULES, 'consent.');
  // Light that nobody was warned of may harm a person with photosensitive epilepsy.
  if ((given['challenges'] as VerifyOptions['challenges'])?.includes('light')) refuse('challenges', given['onLightWarning'] ? undefined : "with 'light' need onLightWarning; a page that has warned passes () => Promise.resolve('go')");
  if (isObject(given['headers']) === undefined) checkSecrets(given['headers'] as Record<string, unknown>, 'headers.');
  if (base === undefined) return;
  checkAddress('endpoint', given['endpoint'] as string, base);
  refuse('assetBase', new URL(given['assetBase'] as string, base).origin === new URL(base).origin ? undefined : "must be on the page's own origin: browsers refuse a worker from another");
}

function checkFields(given: Record<string, unknown>, rules: Readonly<Record<string, { readonly required?: true; readonly rule: Rule }>>, prefix: string): void {
  checkSecrets(given, prefix);
  for (const name of Object.keys(given)) {
    // `Object.hasOwn` is missing before iOS 15.4.
    if (!Object.prototype.hasOwnProperty.call(rules, name)) throw new TypeError(`${prefix}${name}: unknown option; known are ${Object.keys(rules).join(', ')}`);
  }
  for (const [name, { required, rule }] of Object.entries(rules)) {
    const value = given[name];
    if (value === undefined) refuse(prefix + name, required && 'is required');
    else refuse(prefix + name, rule(value));
  }
}

function checkSecrets(given: Record<string, unknown>, prefix: string): void {
  for (const [name, value] of Object.entries(given)) {
    if (SECRET_NAME.test(name) || (typeof value === 'string' && SECRET_VALUE.test(value))) {
      throw new TypeError(`${prefix}${name}: looks like a secret; whatever a page holds is public, so keys and tickets stay on your backend`);
    }
  }
}

function checkAddress(name: string, value: string, base: string): void {
  const page = new URL(base);
  let url: URL;
  try {
    url = new URL(value, page);
  } catch {
    throw new TypeError(`${name}: must be an address`);
  }
  refuse(name, url.protocol === 'https:' || url.origin === page.origin ? undefined : "must be https, or on the page's own origin");
}

function refuse(name: string, problem: string | undefined): void {
  if (problem !== undefined) throw new TypeError(`${name}: ${problem}`);
}

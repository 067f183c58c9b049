import { type Collector, EVERYWHERE, type FactAbout } from '../fact.js';
import { sha256OfText } from '../sha256.js';

/** One of the values the visitor id is made of. Long ones are given as the SHA-256 of their JSON, failed ones by the error's name: `NotReadableError`, for sound `TimeoutError`, where FingerprintJS gave a status in place of the value, `TypeError` for a long one on a page without WebCrypto. */
export type FingerprintComponent = { readonly value: unknown } | { readonly sha256: string } | { readonly error: string };

/** What FingerprintJS says of the browser. */
export interface FingerprintValue {
  /** 32 hexadecimal digits. The same for every identical iPhone: a hint, never a proof. */
  readonly visitorId: string;
  /** From 0 to 1: how much FingerprintJS trusts the id on this platform. */
  readonly confidence: number;
  /** Of the algorithm. */
  readonly version: string;
  readonly components: Readonly<Record<string, FingerprintComponent>>;
}

/** Longest JSON of a component that is sent as it is, characters: canvas pictures and the list of WebGL extensions are longer. */
const LONGEST_JSON = 1_000;

/**
 * What FingerprintJS gives in place of a value that another time it may have: sound that was not rendered in time, no WebGL context, a
 * picture that was none or another when it was read again. What a browser never tells (-4 for sound, say) is part of what it is.
 */
const FAILED = /^(audio-3|webGl\w+-|canvas.*:"uns(table|upported)")/;

export const about: FactAbout = {
  purpose: 'Recognise the same browser again, and see one device trying many identities.',
  value: 'Visitor id, confidence and components of FingerprintJS 5; components longer than 1,000 characters as SHA-256.',
  personalData: 'identifier',
  platforms: EVERYWHERE,
  cost: '100–300 ms of wall time, mostly waiting; about 16 KB of code, loaded when it is asked for.',
};

/** FingerprintJS, without its monitoring. */
export const fingerprint: Collector<FingerprintValue> = {
  group: 'identity',
  budgetMs: 1_200,
  async read({ pause }) {
    const { hashComponents, load } = await import('@fingerprintjs/fingerprintjs');
    await pause();
    const agent = await load({ monitoring: false });
    await pause();
    const result = await agent.get();
    const components: Record<string, FingerprintComponent> = {};
    const healthy: Record<string, (typeof result.components)[keyof typeof result.components]> = {};
    const digests: Promise<void>[] = [];
    for (const [name, component] of Object.entries(result.components)) {
      await pause();
      const { value = null } = component as { readonly value?: unknown };
      const json = JSON.stringify(value);
      const error = 'error' in component ? String((component.error as Error | undefined)?.name) : FAILED.test(name + json) && (name === 'audio' ? 'TimeoutError' : 'NotReadableError');
      if (error) {
        components[name] = { error };
        continue;
      }
      healthy[name] = component;
      components[name] = { value };
      if (json.length > LONGEST_JSON) digests.push(sha256OfText(json).then((sha256) => void (components[name] = sha256 ? { sha256 } : { error: 'TypeError' })));
    }
    await Promise.all(digests);
    // All at once, and canvas pictures are long.
    await pause();
    return {
      // The library's own id hashes the word "error" for a component that failed. What failed is no part of who somebody is.
      visitorId: hashComponents(healthy),
      confidence: result.confidence.score,
      version: result.version,
      components,
    };
  },
};

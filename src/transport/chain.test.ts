import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.js';
import { chainOf, digestOf, fromHex, sha256, toBase64, toHex } from './chain.js';
import type { ConsentRecord, Manifest, ManifestPart } from './protocol.js';

/** One of the published vectors; they were made by another program (Python's json and hashlib). */
interface Vector {
  readonly name: string;
  readonly consent: ConsentRecord;
  readonly consentCanonical: string;
  /** One byte a character. */
  readonly parts: readonly string[];
  readonly manifest: Omit<Manifest, 'chain'>;
  readonly canonical: string;
  readonly canonicalDigest: string;
  readonly links: readonly string[];
  readonly chain: string;
}

const { vectors } = JSON.parse(readFileSync('test/vectors/evidence/chain.json', 'utf8')) as { readonly vectors: readonly Vector[] };
const [vector] = vectors;
if (!vector) throw new Error('test/vectors/evidence/chain.json holds no vector');
const sound: Manifest = { ...vector.manifest, chain: vector.chain };

describe.each(vectors)('the vector "$name"', ({ consent, consentCanonical, parts, manifest, canonical, canonicalDigest, links, chain }) => {
  it('has the canonical forms and digests that are published', async () => {
    expect(canonicalJson(manifest)).toBe(canonical);
    expect(await digestOf(manifest)).toBe(canonicalDigest);
    expect(canonicalJson(consent)).toBe(consentCanonical);
    expect(await digestOf(consent)).toBe(manifest.consentDigest);
  });

  it('lists the parts as they are', () => {
    const listed = [...manifest.video.parts, ...(manifest.bestFrame?.parts ?? [])];
    const bytes = parts.map((part) => Buffer.from(part, 'latin1'));
    expect(listed).toEqual(bytes.map((part, index): ManifestPart => ({ index, bytes: part.length, digest: createHash('sha256').update(part).digest('hex') })));
  });

  it('has its chain, step by step', async () => {
    expect(await chainOf(manifest)).toBe(chain);
    const last = createHash('sha256').update(Buffer.from(links[links.length - 1] ?? '', 'hex')).update(Buffer.from(canonicalDigest, 'hex')).digest('hex');
    expect(last).toBe(chain);
    expect(links).toHaveLength(parts.length + 1);
  });
});

describe('chainOf', () => {
  it('agrees with an implementation on node:crypto', async () => {
    const digest = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(toHex);
    await fc.assert(
      fc.asyncProperty(fc.base64String({ minLength: 22 }), fc.array(digest, { maxLength: 6 }), fc.array(digest, { maxLength: 2 }), async (nonce, video, picture) => {
        const parts = (digests: readonly string[]): ManifestPart[] => digests.map((own, index) => ({ index, bytes: 1, digest: own }));
        const bestFrame = { mediaType: 'image/jpeg', bytes: 1, at: 0, width: 1, height: 1, score: { sharpness: 0, yaw: 0, pitch: 0, roll: 0, eyeOpenness: 0 }, parts: parts(picture) } as const;
        const manifest: Omit<Manifest, 'chain'> = { ...vector.manifest, nonce, video: { ...sound.video, parts: parts(video) }, ...(picture.length > 0 && { bestFrame }) };
        const own = createHash('sha256').update(canonicalJson(manifest)).digest('hex');
        const expected = [...video, ...picture, own].reduce((link, each) => createHash('sha256').update(link).update(Buffer.from(each, 'hex')).digest(), createHash('sha256').update(nonce, 'ascii').digest());
        expect(await chainOf(manifest)).toBe(expected.toString('hex'));
      }),
    );
  });

  it('is the same for a manifest that carries a chain already, and in whatever order its fields stand', async () => {
    expect(await chainOf(sound)).toBe(vector.chain);
    expect(await chainOf(Object.fromEntries(Object.entries(sound).reverse()) as unknown as Manifest)).toBe(vector.chain);
  });

  const [first, second] = sound.video.parts;
  it.each<[string, Partial<Manifest>]>([
    ['another nonce', { nonce: 'EBESExQVFhcYGRobHB0eHyAhIiMkJSYnKCkqKywtLi9' }],
    ['another session', { sessionId: 'BAECAwQFBgcICQoLDA0ODw' }],
    ['another consent', { consentDigest: '0'.repeat(64) }],
    ['parts in another order', { video: { ...sound.video, parts: [second, first] as readonly ManifestPart[] } }],
    ['a part fewer', { video: { ...sound.video, parts: [first] as readonly ManifestPart[] } }],
    ['a moment of the timeline moved by 1 ms', { timeline: sound.timeline.map((entry, index) => (index === 2 ? { ...entry, at: entry.at + 1 } : entry)) }],
    ['an entry fewer', { timeline: sound.timeline.slice(1) }],
    ['another camera setting', { camera: { ...sound.camera, frameRate: 30 } }],
    ['a camera that is said to be real', { camera: { ...sound.camera, synthetic: !sound.camera.synthetic } }],
    ['a fallback more', { fallbacks: ['camera:vga'] }],
    ['a substitution more', { substitutions: [{ withheld: 'light', because: 'declared' }] }],
    ['another length', { video: { ...sound.video, durationMs: 3013 } }],
  ])('is another with %s', async (_name, change) => expect(await chainOf({ ...sound, ...change })).not.toBe(vector.chain));
});

describe('digests', () => {
  it('hashes the published vector', async () => {
    // FIPS 180-2, appendix B.1.
    expect(toHex(await sha256(new TextEncoder().encode('abc')))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
  it('writes hex and base64 that read back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect([...fromHex(toHex(bytes))]).toEqual([...bytes]);
        expect([...Buffer.from(toBase64(bytes), 'base64')]).toEqual([...bytes]);
      }),
    );
  });
});

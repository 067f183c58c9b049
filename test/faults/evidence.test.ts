/**
 * Evidence from verify() to the vendor: what the flow makes of a run is what the server verifies, and what is changed in
 * between is found.
 */
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Evidence } from '../../src/server/index.js';
import { createMemoryEvidenceStore, createMemorySessionStore } from '../../src/server/index.js';
import { canonicalJson } from '../../src/transport/canonical-json.js';
import type { Challenge, Manifest, SessionRequest, SubmissionRequest } from '../../src/transport/protocol.js';
import { PASSING } from '../server/service.js';
import { type Film, film } from './film.js';
import { obey } from './obedient-person.js';
import { type Rig, type RigOptions, startRig } from './verification-rig.js';

let reel: Film;
beforeAll(async () => {
  reel = await film();
});

const PASSED = { status: 'finished', verdict: { decision: 'passed' } };

function begin(options: Partial<RigOptions> = {}): Rig & { readonly seen: readonly Evidence[] } {
  const seen: Evidence[] = [];
  const vendor = { decide: async (question: Parameters<typeof PASSING.decide>[0]) => (seen.push(question.evidence), PASSING.decide(question)) };
  const rig = startRig({ film: reel, verify: { onLightWarning: () => Promise.resolve('go') }, ...options, handler: { vendor, ...options.handler } });
  rig.show(obey(rig));
  return { ...rig, seen };
}

describe.each<[string, Challenge, Partial<RigOptions>]>([
  ['silent', { type: 'silent', minimumMs: 2000 }, {}],
  ['action', { type: 'action', actions: ['blink', 'turnRight'], minimumMs: 2000 }, {}],
  ['digits', { type: 'digits', digits: '4721', minimumMs: 2000 }, {}],
  ['light', { type: 'light', colours: [{ r: 255, g: 0, b: 0, ms: 500 }, { r: 0, g: 0, b: 255, ms: 400 }], minimumMs: 2000 }, {}],
  ['silent, as a burst of pictures', { type: 'silent', minimumMs: 2000 }, { types: [] }],
])('%s', (_name, challenge, options) => {
  it('is verified, and the vendor sees the best frame', async () => {
    const rig = begin({ challenge, ...options });
    expect(await rig.end()).toMatchObject(PASSED);
    const { chain, ...manifest } = rig.manifest() as Manifest;
    const parts = [...manifest.video.parts, ...(manifest.bestFrame?.parts ?? [])].map(({ digest }) => Buffer.from(digest, 'hex'));
    const own = createHash('sha256').update(canonicalJson(manifest)).digest();
    const first = createHash('sha256').update(manifest.nonce).digest();
    expect(chain).toBe([...parts, own].reduce((link, each) => createHash('sha256').update(link).update(each).digest(), first).toString('hex'));

    const [evidence] = rig.seen;
    expect(evidence?.bestFrame?.length).toBe(manifest.bestFrame?.bytes);
    expect([...(evidence?.bestFrame?.slice(0, 2) ?? [])]).toEqual([0xff, 0xd8]);
    expect(manifest.bestFrame).toMatchObject({ width: 640, height: 480 });
    expect(manifest.bestFrame?.at).toBeGreaterThanOrEqual(0);
    expect(manifest.bestFrame?.at).toBeLessThanOrEqual(manifest.video.durationMs);
    expect(evidence?.facts.mediaType).toBe(manifest.video.frames ? 'video/x-motion-jpeg' : 'video/webm');
    expect(evidence?.facts.pictures).toEqual(manifest.video.frames?.map(({ bytes }) => bytes));
  });
});

describe('what is changed between the page and the server', () => {
  /** Edits the submission on its way, and gives how the run then ends. */
  const edited = async (change: (manifest: Manifest) => Partial<Manifest>): Promise<unknown> => {
    const rig = begin({
      challenge: { type: 'action', actions: ['openMouth'], minimumMs: 2000 },
      async fault(request, next) {
        if (!request.url.endsWith('/submission')) return next(request);
        const submission = (await request.json()) as SubmissionRequest;
        return next(new Request(request, { body: JSON.stringify({ ...submission, manifest: { ...submission.manifest, ...change(submission.manifest) } }) }));
      },
    });
    const result = await rig.end();
    expect(rig.seen).toEqual([]);
    return result;
  };

  it.each<[string, (manifest: Manifest) => Partial<Manifest>, string]>([
    ['a moment of the timeline', ({ timeline }) => ({ timeline: timeline.map((entry, index) => (index === 0 ? { ...entry, at: entry.at - 1 } : entry)) }), 'manifest.chain must be'],
    ['when an action was done', ({ timeline }) => ({ timeline: timeline.filter(({ event }) => !event.startsWith('action:')) }), 'manifest.timeline must hold action:openMouth:start'],
    ['what was measured', ({ record }) => (record?.type === 'action' ? { record: { ...record, wrong: 1 } } : {}), 'manifest.chain must be'],
    ['the camera', ({ camera }) => ({ camera: { ...camera, synthetic: !camera.synthetic } }), 'manifest.chain must be'],
    ['the fallbacks', ({ fallbacks }) => ({ fallbacks: [...fallbacks, 'camera:vga'] }), 'manifest.chain must be'],
    ['the best frame’s moment', ({ bestFrame }) => ({ ...(bestFrame && { bestFrame: { ...bestFrame, at: bestFrame.at + 1 } }) }), 'manifest.chain must be'],
    ['the order of the parts', ({ video }) => ({ video: { ...video, parts: [...video.parts].reverse() } }), 'manifest.video.parts[0].index must be 0'],
  ])('%s: the run ends, and the integrator reads what did not fit', async (_name, change, told) => {
    expect(await edited(change)).toMatchObject({ status: 'failed', code: { code: 'backend-rejected' }, detail: expect.stringContaining(`422 manifest-mismatch: ${told}`) as string });
  });

  it('nothing: it passes', async () => {
    const rig = begin({ challenge: { type: 'action', actions: ['openMouth'], minimumMs: 2000 }, fault: async (request, next) => next(request.url.endsWith('/submission') ? new Request(request, { body: JSON.stringify(await request.json()) }) : request) });
    expect(await rig.end()).toMatchObject(PASSED);
  });
});

it('what was withheld from the person is in the session and in the manifest, the same', async () => {
  const rig = begin({ challenge: { type: 'action', actions: ['openMouth'], minimumMs: 2000 }, verify: { cannot: ['blink', 'flashes'], onLightWarning: () => Promise.resolve('go') } });
  expect(await rig.end()).toMatchObject(PASSED);
  expect(rig.manifest()?.substitutions).toEqual([{ withheld: 'light', because: 'declared' }, { withheld: 'blink', because: 'declared' }]);
});

it('what was withheld is in the session for a file too, which is asked for where the camera fails', async () => {
  const asked: SessionRequest[] = [];
  const rig = startRig({
    film: reel,
    challenge: { type: 'action', actions: ['openMouth'], minimumMs: 2000 },
    answers: Array.from({ length: 10 }, () => () => Promise.reject(new DOMException('scripted', 'NotReadableError'))),
    platform: { createInput: () => ({ capture: '' }) as HTMLInputElement, importModule: async (address) => (address.includes('/challenges.js') ? import('../../src/liveness/challenges/asked-kinds.js') : import('../../src/flow/system-camera-run.js')) },
    verify: { cannot: ['blink', 'speak'], onFileNeeded: async () => undefined },
    async fault(request, next) {
      if (request.url.endsWith('/sessions')) asked.push((await request.clone().json()) as SessionRequest);
      return next(request);
    },
    handler: { challenge: ({ challenges }) => (challenges.includes('action') ? { type: 'action', actions: ['openMouth'], minimumMs: 2000 } : { type: 'silent', minimumMs: 2000 }) },
  });
  await rig.reach('systemCamera');
  expect(asked.map(({ challenges }) => challenges)).toEqual([['silent', 'action'], ['silent']]);
  const withheld = [{ withheld: 'digits', because: 'declared' }, { withheld: 'blink', because: 'declared' }];
  expect(asked.map(({ substitutions }) => substitutions)).toEqual([withheld, withheld]);
  expect(await rig.end()).toMatchObject({ status: 'cancelled' });
});

it('a film that a camera plays twice is told again, in the vendor’s word for it', async () => {
  // The rig's recorder gives the same bytes each time, which no camera does.
  const shared = { sessions: createMemorySessionStore(), evidence: createMemoryEvidenceStore() };
  expect(await begin({ handler: shared }).end()).toMatchObject(PASSED);
  const again = begin({ handler: shared });
  expect(await again.end()).toMatchObject({ status: 'failed', code: { system: 'faceid-sdk', table: 'result', code: '400604' }, detail: expect.stringContaining('evidence-replayed') as string });
  expect(again.seen).toEqual([]);
});

it('a challenge that is over before the session’s shortest recording: it is recorded as long as the backend wants it', async () => {
  const challenge = { type: 'light', colours: [{ r: 255, g: 40, b: 40, ms: 500 }], minimumMs: 0 } as const;
  const rig = startRig({ film: reel, challenge, verify: { challenges: ['light'], onLightWarning: () => Promise.resolve('go') }, handler: { limits: { minDurationMs: 2_000 } } });
  expect(await rig.end()).toMatchObject({ status: 'finished', verdict: { decision: 'passed' } });
  expect(rig.manifest()?.video.durationMs).toBeGreaterThanOrEqual(2_000);
});

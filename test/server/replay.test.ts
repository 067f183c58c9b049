import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createMemoryEvidenceStore, createMemorySessionStore, createRedisSessionStore } from '../../src/server/index.js';
import type { HandlerOptions, SessionStore, VerdictEvent } from '../../src/server/index.js';
import type { Bytes } from '../../src/transport/chain.js';
import type { VerdictResponse } from '../../src/transport/protocol.js';
import { burstCapture, handIn, partsOf, soundCapture, submissionOfCapture, submitTo, upload } from './captures.js';
import type { Capture } from './captures.js';
import { burst, picture, recording, repackaged } from './recordings.js';
import { redisMissing, startRedis } from './redis-server.js';
import type { RedisServer } from './redis-server.js';
import { CONSENT, PASSING, openSession, postJson, problemOf, startService } from './service.js';
import type { Service } from './service.js';

/* Evidence of one session that is handed in again in another. */

const missing = redisMissing();
if (missing !== undefined) console.warn(missing);

let redis: RedisServer | undefined;
let prefixes = 0;
const services: Service[] = [];
let sound: Capture;
let other: Capture;
beforeAll(async () => {
  if (missing === undefined) redis = await startRedis();
  sound = await soundCapture();
  other = { ...sound, video: await recording({ from: 'cap12' }), bestFrame: { bytes: await picture({ at: 5 }), at: 1500, width: 640, height: 512 } };
});
afterEach(async () => {
  await Promise.all(services.splice(0).map((service) => service.close()));
});
afterAll(() => redis?.close());

const PASSED = { status: 200, body: { verdict: { decision: 'passed' } } };
const REPLAYED = { decision: 'rejected', code: { system: 'faceid-sdk', table: 'result', code: '400604' } };
const STORES: readonly [string, () => Promise<() => Promise<SessionStore>>][] = [
  [
    'memory',
    async () => {
      const store = createMemorySessionStore();
      return async () => store;
    },
  ],
  [
    'Redis',
    async () => {
      const prefix = `{replay-${(prefixes += 1)}}:`;
      return async () => createRedisSessionStore({ client: await (redis as RedisServer).connect(), prefix });
    },
  ],
];

describe.each(STORES)('sessions in %s', (name, createStores) => {
  const skip = name === 'Redis' && missing !== undefined;
  const start = async (options: Partial<HandlerOptions> = {}, stores?: () => Promise<SessionStore>): Promise<Service> => {
    const service = await startService({ sessions: await (stores ?? (await createStores()))(), replayRetentionMs: 60_000, ...options });
    services.push(service);
    return service;
  };

  it.skipIf(skip)('refuse the evidence of another session, and take evidence of its own', async () => {
    const service = await start();
    const first = await handIn(service, sound);
    expect(first.answer).toMatchObject(PASSED);
    const again = await handIn(service, sound);
    const listed = [...partsOf(sound).video.map((_, index) => `manifest.video.parts[${index}]`), 'manifest.bestFrame.parts[0]'];
    expect(problemOf(again.answer)).toMatchObject({ status: 422, name: 'evidence-replayed', fields: listed, problem: { code: { system: 'faceid-sdk', table: 'result', code: '400604' } } });
    expect(service.log).toContainEqual(expect.objectContaining({ event: 'refused', problem: 'evidence-replayed' }));
    // The session was not used up, and nothing of it was taken.
    expect((await service.send('GET', `sessions/${again.session.sessionId}`)).body).toMatchObject({ state: 'open' });
    expect((await handIn(service, other)).answer).toMatchObject(PASSED);
  });

  it.skipIf(skip)('name the one part that is not new', async () => {
    const service = await start();
    expect((await handIn(service, sound)).answer).toMatchObject(PASSED);
    expect(problemOf((await handIn(service, { ...other, bestFrame: sound.bestFrame as NonNullable<Capture['bestFrame']> })).answer)).toMatchObject({ name: 'evidence-replayed', fields: ['manifest.bestFrame.parts[0]'] });
    const [head = new Uint8Array(), ...tail] = partsOf(sound).video;
    const rest = tail.map((part): Bytes => part.map((byte, index) => (index > 100 ? byte ^ 1 : byte)));
    const spliced: Capture = { ...other, video: Uint8Array.from([head, ...rest].flatMap((part) => [...part])) };
    expect(problemOf((await handIn(service, spliced)).answer)).toMatchObject({ name: 'evidence-replayed', fields: ['manifest.video.parts[0]'] });
  });

  it.skipIf(skip)('give a repetition of the same submission its first answer', async () => {
    const service = await start();
    const session = await openSession(service);
    const { video, bestFrame } = partsOf(sound);
    await upload(service, session, [...video, ...bestFrame]);
    const submission = await submissionOfCapture(session, sound);
    const first = await submitTo(service, session, submission, { 'idempotency-key': 'the-first-key' });
    expect(first).toMatchObject(PASSED);
    expect(await submitTo(service, session, submission, { 'idempotency-key': 'the-first-key' })).toMatchObject({ status: 200, body: first.body as object });
  });

  it.skipIf(skip)('forget it after its time, and remember nothing where they are told so', async () => {
    let clock = Date.now();
    const service = await start({ now: () => clock, replayRetentionMs: 5000 });
    expect((await handIn(service, sound)).answer).toMatchObject(PASSED);
    clock += 4999;
    expect(problemOf((await handIn(service, sound)).answer)).toMatchObject({ name: 'evidence-replayed' });
    clock += 1;
    expect((await handIn(service, sound)).answer).toMatchObject(PASSED);

    const careless = await start({ replayRetentionMs: 0 });
    expect((await handIn(careless, sound)).answer).toMatchObject(PASSED);
    expect((await handIn(careless, sound)).answer).toMatchObject(PASSED);
  });

  it.skipIf(skip)('let one of many have it that come at once, through two instances', async () => {
    const stores = await createStores();
    const evidence = createMemoryEvidenceStore();
    const instances = [await start({ evidence }, stores), await start({ evidence }, stores)] as const;
    const contenders = await Promise.all(
      Array.from({ length: 8 }, async (_, index) => {
        const service = instances[index % 2 === 0 ? 0 : 1];
        const session = await openSession(service);
        const { video, bestFrame } = partsOf(sound);
        await upload(service, session, [...video, ...bestFrame]);
        return { session, submission: await submissionOfCapture(session, sound) };
      }),
    );
    const answers = await Promise.all(contenders.map(({ session, submission }, index) => submitTo(instances[index % 2 === 0 ? 1 : 0], session, submission)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(7).fill(422)]);
    for (const answer of answers) if (answer.status !== 200) expect(problemOf(answer).name).toBe('evidence-replayed');
  });

  describe('known though it comes in other pieces', () => {
    const events: VerdictEvent[] = [];
    let asked = 0;
    const watching: Partial<HandlerOptions> = {
      onVerdict: (event) => void events.push(event),
      vendor: { decide: async (question) => ((asked += 1), PASSING.decide(question)) },
    };
    /** Hands in the first, which passes, and then the second: it must end in the vendor's word for a replay, with these fields named to the backend and to no vendor. */
    const told = async (first: Capture, second: Capture): Promise<readonly string[]> => {
      const service = await start(watching);
      expect((await handIn(service, first)).answer).toMatchObject(PASSED);
      asked = events.length = 0;
      const { answer } = await handIn(service, second);
      expect(answer).toMatchObject({ status: 200, body: { state: 'decided', verdict: REPLAYED } });
      expect(JSON.stringify(answer.body)).not.toContain('manifest');
      expect(asked).toBe(0);
      expect(events).toHaveLength(1);
      const fields = (events[0]?.findings ?? []).map(({ field }) => field);
      expect(service.log).toContainEqual(expect.objectContaining({ event: 'verdict', fields }));
      return fields;
    };
    const videoOf = ({ bestFrame: _none, ...capture }: Capture): Capture => capture;

    it.skipIf(skip)('cut at another place, all of it or one picture', async () => {
      expect(await told({ ...sound, partBytes: 10_000 }, { ...sound, partBytes: 9_999 })).toEqual(['manifest.video', 'manifest.bestFrame']);
      expect(await told(sound, { ...other, bestFrame: sound.bestFrame as NonNullable<Capture['bestFrame']>, partBytes: 9_999 })).toEqual(['manifest.bestFrame']);
    });

    it.skipIf(skip)('not cut at all: refused before the session is used', async () => {
      const service = await start();
      expect((await handIn(service, { ...sound, partBytes: 10_000 })).answer).toMatchObject(PASSED);
      expect(problemOf((await handIn(service, { ...sound, partBytes: 1_000_000 })).answer)).toMatchObject({ status: 422, name: 'evidence-replayed', fields: ['manifest.video.parts[0]', 'manifest.bestFrame.parts[0]'] });
    });

    it.skipIf(skip)('pictures of a burst among others', async () => {
      const [own, theirs] = [await burst(), await burst({ from: 'cap12' })];
      const mixed = theirs.map((each, index) => (index === 7 || index === 12 ? (own[index] ?? each) : each));
      expect(await told(await burstCapture(own), await burstCapture(mixed))).toEqual(['manifest.video.frames[7]', 'manifest.video.frames[12]']);
      // The best frame of one session, as a picture of another.
      const best = { bytes: own[3] as Bytes, at: 1000, width: 640, height: 512 };
      expect(await told({ ...videoOf(other), bestFrame: best }, await burstCapture(own))).toEqual(['manifest.video.frames[3]']);
    });

    it.skipIf(skip)('in another container, or without its end', async () => {
      const mp4: Capture = { mediaType: 'video/mp4', video: await recording({ container: 'mp4' }), durationMs: 3000 };
      expect(await told(mp4, { ...mp4, mediaType: 'video/x-matroska', video: await repackaged({ container: 'mp4' }, 'mkv'), partBytes: 99_999 })).toEqual(['manifest.video']);
      expect(await told(videoOf(sound), { ...videoOf(sound), video: await repackaged({}, 'webm', 2.5), partBytes: 99_999 })).toEqual(['manifest.video']);
    });

    it.skipIf(skip)('one of many that come at once passes, each cut in its own way', async () => {
      const stores = await createStores();
      const evidence = createMemoryEvidenceStore();
      const instances = [await start({ evidence }, stores), await start({ evidence }, stores)] as const;
      const contenders = await Promise.all(
        Array.from({ length: 6 }, async (_, index) => {
          const capture = { ...videoOf(sound), partBytes: 60_000 + 7001 * index };
          const session = await openSession(instances[0]);
          await upload(instances[0], session, partsOf(capture).video);
          return { session, submission: await submissionOfCapture(session, capture) };
        }),
      );
      const answers = await Promise.all(contenders.map(({ session, submission }, index) => submitTo(instances[index % 2 === 0 ? 1 : 0], session, submission)));
      const verdicts = answers.map(({ body }) => (body as VerdictResponse).verdict);
      expect(verdicts.filter(({ decision }) => decision === 'passed')).toHaveLength(1);
      expect(verdicts.filter(({ decision }) => decision === 'rejected')).toEqual(Array(5).fill(REPLAYED));
    });

    it.skipIf(skip)('is forgotten with the parts, and not remembered where they are told so', async () => {
      let clock = Date.now();
      const service = await start({ now: () => clock, replayRetentionMs: 5000 });
      expect((await handIn(service, videoOf(sound))).answer).toMatchObject(PASSED);
      clock += 4999;
      expect((await handIn(service, { ...videoOf(sound), partBytes: 99_999 })).answer).toMatchObject({ status: 200, body: { verdict: REPLAYED } });
      clock += 1;
      expect((await handIn(service, { ...videoOf(sound), partBytes: 90_001 })).answer).toMatchObject(PASSED);
      const careless = await start({ replayRetentionMs: 0 });
      for (const partBytes of [100_000, 99_999]) expect((await handIn(careless, { ...videoOf(sound), partBytes })).answer).toMatchObject(PASSED);
    });
  });

  it.skipIf(skip)('do not take parts for the same that are too small to tell anything', async () => {
    const service = await start();
    // The videos differ to the last part, which is the same few bytes behind the last frame.
    const tailed = (capture: Capture): Capture => ({ ...capture, video: Uint8Array.from([...capture.video.slice(0, 100_000 * Math.floor(capture.video.length / 100_000)), 0xec, 0x81, 0x00]) });
    expect((await handIn(service, tailed(sound))).answer.status).toBe(200);
    expect((await handIn(service, tailed(other))).answer.status).toBe(200);
  });

  describe('tokens that no session led to', () => {
    const request = (changes: object = {}): object => ({ protocol: 1, channel: 'eid-h5', tokens: { token: 'T-1' }, consent: CONSENT, ...changes });
    const startWith = async (asked: string[], options: Partial<HandlerOptions> = {}): Promise<Service> =>
      start({
        authorize: ({ headers }) => ({ allowed: true, subject: headers.get('x-user') ?? 'ann' }),
        quotas: { intervalMs: 0 },
        vendor: { ...PASSING, confirm: async ({ session, tokens }) => (asked.push(`${session.subject}: ${Object.values(tokens).join()}`), { status: 'decided', decision: 'passed', code: { system: 'faceid-sdk', table: 'result', code: '0' } }) },
        ...options,
      });

    it.skipIf(skip)('count once, whoever brings them, under whatever channel and beside whatever else', async () => {
      const asked: string[] = [];
      const service = await startWith(asked);
      const first = await postJson(service, 'tokens', request());
      expect(first).toMatchObject(PASSED);
      for (const changes of [{}, { channel: 'eid-h5-too' }, { tokens: { token: 'T-1', more: 'x' } }]) {
        const answer = await postJson(service, 'tokens', request(changes), { 'x-user': 'bob' });
        expect(problemOf(answer)).toMatchObject({ status: 409, name: 'token-used' });
        expect(problemOf(await postJson(service, 'tokens', request(changes), { 'x-user': 'bob' }))).toMatchObject({ status: 409, name: 'token-used' });
      }
      // The one whose they are gets the first answer again.
      expect(await postJson(service, 'tokens', request())).toMatchObject({ status: 200, body: first.body as object });
      expect(await postJson(service, 'tokens', request({ tokens: { token: 'T-2' } }), { 'x-user': 'bob' })).toMatchObject(PASSED);
      expect(asked).toEqual(['ann: T-1', 'bob: T-2']);
    });

    it.skipIf(skip)('count once after the session’s record has been forgotten too, until their digest is', async () => {
      let clock = Date.now();
      const asked: string[] = [];
      const service = await startWith(asked, { now: () => clock, recordRetentionMs: 1000, sessionTtlMs: 1000, replayRetentionMs: 60_000 });
      expect(await postJson(service, 'tokens', request())).toMatchObject(PASSED);
      clock += 59_999;
      expect(problemOf(await postJson(service, 'tokens', request()))).toMatchObject({ status: 409, name: 'token-used' });
      clock += 2001;
      expect(await postJson(service, 'tokens', request())).toMatchObject(PASSED);
      expect(asked).toHaveLength(2);
    });

    it.skipIf(skip)('leave no session open where they are refused', async () => {
      const service = await startWith([], { quotas: { intervalMs: 0, openSessions: 2 } });
      await postJson(service, 'tokens', request());
      for (const user of ['bob', 'cid', 'dan', 'eve']) expect(problemOf(await postJson(service, 'tokens', request(), { 'x-user': user })).name).toBe('token-used');
    });

    it.skipIf(skip)('that tell nobody apart, as a bare code does, are everybody’s', async () => {
      const asked: string[] = [];
      const service = await startWith(asked);
      for (const user of ['ann', 'bob']) expect(await postJson(service, 'tokens', request({ channel: 'kyc-h5', tokens: { code: '3001' } }), { 'x-user': user })).toMatchObject(PASSED);
      const unnamed = { channel: 'own', tokens: { ticket: 'of sixteen and more characters', code: '0' } };
      expect(await postJson(service, 'tokens', request(unnamed))).toMatchObject(PASSED);
      expect(problemOf(await postJson(service, 'tokens', request(unnamed), { 'x-user': 'bob' }))).toMatchObject({ name: 'token-used' });
      expect(asked).toHaveLength(3);
    });

    it.skipIf(skip)('are one’s alone that come at once, through two instances', async () => {
      const asked: string[] = [];
      const stores = await createStores();
      const sessions = [await stores(), await stores()] as const;
      const instances = [await startWith(asked, { sessions: sessions[0] }), await startWith(asked, { sessions: sessions[1] })] as const;
      const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => postJson(instances[index % 2 === 0 ? 0 : 1], 'tokens', request(), { 'x-user': `user-${index}` })));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(7).fill(409)]);
      expect(asked).toHaveLength(1);
    });
  });
});

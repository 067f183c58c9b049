import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, createMemorySessionStore } from '../../src/server/index.js';
import type { Quotas, Session, SessionStore, Submission } from '../../src/server/index.js';
import { CONSENT } from './service.js';

/* What every session store has to do; a new one joins the list. */
const STORES: readonly [string, () => SessionStore][] = [['memory', createMemorySessionStore]];

const session = (sessionId: string, changes: Partial<Session> = {}): Session => ({
  sessionId,
  nonce: `nonce-of-${sessionId}`,
  challenge: { type: 'silent', minimumMs: 2000 },
  limits: { ...DEFAULT_LIMITS, maxBytes: 100, maxParts: 3 },
  consent: CONSENT,
  containers: ['video/webm'],
  locale: 'en',
  createdAt: 0,
  expiresAt: 1000,
  forgetAt: 2000,
  ...changes,
});
const part = (index: number, bytes = 10, mark = 'a') => ({ index, bytes, digest: mark.repeat(64) });
const submission = (changes: Partial<Submission> = {}): Submission => ({ reference: 'R', claimedAt: 5, ...changes });
const verdict = (code: string) => ({ verdict: { decision: 'passed', code: { system: 's', table: 't', code } } }) as const;

describe.each(STORES)('%s store', (_name, createStore) => {
  const opened = async (changes: Partial<Session> = {}): Promise<SessionStore> => {
    const store = createStore();
    expect(await store.createSession(session('one', changes), undefined, 0)).toEqual({ status: 'created' });
    return store;
  };

  it('gives back what it was given, and nothing for what it was not', async () => {
    const store = await opened();
    expect(await store.readSession('one', 0)).toEqual({ session: session('one'), parts: [] });
    expect(await store.readSession('two', 0)).toBeUndefined();
    expect(await store.claimPart('two', part(0), 0)).toBe('unknown');
    expect(await store.claimSubmission('two', submission(), 0)).toEqual({ status: 'unknown' });
    expect(await store.saveVerdict('two', verdict('0'))).toBeUndefined();
    expect(await store.saveVerdict('one', verdict('0'))).toBeUndefined();
  });

  it('opens one session for a key, also for many at once', async () => {
    const store = createStore();
    const key = { key: 'k', fingerprint: 'f' };
    const results = await Promise.all(['a', 'b', 'c', 'd'].map((id) => store.createSession(session(id), key, 0)));
    expect(results.filter(({ status }) => status === 'created')).toHaveLength(1);
    const winner = results.findIndex(({ status }) => status === 'created');
    for (const [index, result] of results.entries()) if (index !== winner) expect(result).toEqual({ status: 'replayed', session: session('abcd'.charAt(winner)) });
    expect(await store.createSession(session('e'), { key: 'k', fingerprint: 'other' }, 0)).toEqual({ status: 'conflict' });
    expect(await store.createSession(session('f', { subject: 'ann' }), key, 0)).toEqual({ status: 'created' });
    expect(await store.createSession(session('g'), key, 2000)).toEqual({ status: 'created' });
  });

  it('claims a part once per number, and knows it again', async () => {
    const store = await opened();
    expect(await store.claimPart('one', part(1), 0)).toBe('claimed');
    expect(await store.claimPart('one', part(1), 0)).toBe('present');
    expect(await store.claimPart('one', part(1, 10, 'b'), 0)).toBe('conflict');
    expect(await store.claimPart('one', part(0), 0)).toBe('claimed');
    expect((await store.readSession('one', 0))?.parts.map(({ index }) => index)).toEqual([0, 1]);
  });

  it('holds the limits over all parts, also when they come at once', async () => {
    const store = await opened();
    expect(await store.claimPart('one', part(3), 0)).toBe('too-many');
    expect(await store.claimPart('one', part(0, 101), 0)).toBe('too-large');
    const claims = await Promise.all([0, 1, 2].map((index) => store.claimPart('one', part(index, 40), 0)));
    expect(claims.sort()).toEqual(['claimed', 'claimed', 'too-large']);
  });

  it('takes nothing after expiry or submission, but knows a part again', async () => {
    const expired = await opened();
    expect(await expired.claimPart('one', part(0), 999)).toBe('claimed');
    expect(await expired.claimPart('one', part(1), 1000)).toBe('expired');
    expect(await expired.claimPart('one', part(0), 1000)).toBe('present');
    expect(await expired.claimSubmission('one', submission(), 1000)).toEqual({ status: 'expired' });

    const used = await opened();
    await used.claimPart('one', part(0), 0);
    expect(await used.claimSubmission('one', submission(), 999)).toEqual({ status: 'claimed' });
    expect(await used.claimPart('one', part(1), 999)).toBe('used');
    expect(await used.claimPart('one', part(0), 1500)).toBe('present');
  });

  it('gives the submission to one of many', async () => {
    const store = await opened();
    const references = ['A', 'B', 'C', 'D'];
    const claims = await Promise.all(references.map((reference) => store.claimSubmission('one', submission({ reference }), 0)));
    const winner = references[claims.findIndex(({ status }) => status === 'claimed')] ?? '';
    expect(claims.filter(({ status }) => status === 'claimed')).toHaveLength(1);
    for (const claim of claims) if (claim.status !== 'claimed') expect(claim).toEqual({ status: 'taken', submission: submission({ reference: winner }) });
  });

  it('gives the same evidence to one session, until it is forgotten', async () => {
    const store = createStore();
    for (const id of ['one', 'two', 'three']) await store.createSession(session(id), undefined, 0);
    const claim = (id: string, digests: readonly string[], now: number) => store.claimSubmission(id, submission({ reference: id }), now, undefined, { digests, keepMs: 100 });
    expect(await claim('one', ['a', 'b'], 0)).toEqual({ status: 'claimed' });
    expect(await claim('two', ['c', 'b', 'a'], 99)).toEqual({ status: 'replayed', digests: ['b', 'a'] });
    // What was refused has taken nothing.
    expect(await claim('three', ['c'], 99)).toEqual({ status: 'claimed' });
    expect(await claim('two', ['a', 'b'], 100)).toEqual({ status: 'claimed' });
    expect(await claim('one', ['a'], 100)).toMatchObject({ status: 'taken' });
  });

  it('gives evidence that is known only later to one session too, all of it or none', async () => {
    const store = createStore();
    for (const id of ['one', 'two']) await store.createSession(session(id), undefined, 0);
    expect(await store.claimSubmission('one', submission(), 0, undefined, { digests: ['part'], keepMs: 100 })).toEqual({ status: 'claimed' });
    expect(await store.claimEvidence('one', { digests: ['part', 'whole', 'picture'], keepMs: 100 }, 10)).toEqual([]);
    expect(await store.claimEvidence('one', { digests: ['whole'], keepMs: 100 }, 10)).toEqual([]);
    expect(await store.claimEvidence('two', { digests: ['other', 'picture', 'part'], keepMs: 100 }, 50)).toEqual(['picture', 'part']);
    expect(await store.claimEvidence('one', { digests: ['other'], keepMs: 100 }, 50)).toEqual([]);
    expect(await store.claimSubmission('two', submission(), 50, undefined, { digests: ['whole'], keepMs: 100 })).toEqual({ status: 'replayed', digests: ['whole'] });
    expect(await store.claimEvidence('two', { digests: ['picture', 'whole'], keepMs: 100 }, 110)).toEqual([]);
  });

  it('keeps the first verdict', async () => {
    const store = await opened();
    await store.claimSubmission('one', submission(), 0);
    await store.saveVendorReference('one', 'vendor-1');
    const saved = await Promise.all(['1', '2', '3'].map((code) => store.saveVerdict('one', verdict(code))));
    expect(saved.filter((result) => result?.saved)).toHaveLength(1);
    const [first] = saved.filter((result) => result?.saved);
    for (const result of saved) expect(result?.submission).toEqual(first?.submission);
    expect(first?.submission).toMatchObject({ reference: 'R', vendorReference: 'vendor-1' });
    await store.saveVendorReference('one', 'vendor-2');
    expect((await store.readSession('one', 5000))?.submission ?? first?.submission).toEqual(first?.submission);
  });

  it('lets the first holder have a submission, as often as it says so, until it is decided', async () => {
    const store = await opened();
    expect(await store.holdSubmission('two', 'a', 0)).toBe('unknown');
    expect(await store.holdSubmission('one', 'a', 0)).toBe('unknown');
    await store.claimSubmission('one', submission(), 0);
    expect((await Promise.all(['a', 'b', 'c'].map((holder) => store.holdSubmission('one', holder, 10)))).sort()).toEqual(['held', 'taken', 'taken']);
    const by = (await store.readSession('one', 10))?.submission?.held?.by ?? '';
    expect(await store.holdSubmission('one', by, 20)).toBe('held');
    expect(await store.readSession('one', 20)).toMatchObject({ submission: submission({ held: { by, at: 20 } }) });
    expect(await store.claimSubmission('one', submission({ reference: 'S' }), 20)).toEqual({ status: 'taken', submission: submission({ held: { by, at: 20 } }) });
    expect(await store.saveVerdict('one', verdict('0'))).toMatchObject({ saved: true, submission: { held: { by, at: 20 } } });
    expect(await store.holdSubmission('one', by, 30)).toBe('decided');
  });

  it('gives a submission from a holder that has been silent to one of those who say since when', async () => {
    const store = await opened();
    await store.claimSubmission('one', submission(), 0);
    expect(await store.holdSubmission('one', 'a', 10, 5)).toBe('held');
    expect(await store.holdSubmission('one', 'b', 100, 9)).toBe('taken');
    const next = await Promise.all(['b', 'c', 'd'].map((holder) => store.holdSubmission('one', holder, 100, 10)));
    expect(next.sort()).toEqual(['held', 'taken', 'taken']);
    const held = (await store.readSession('one', 100))?.submission?.held;
    expect([held?.by === 'a', held?.at]).toEqual([false, 100]);
    expect(await store.holdSubmission('one', 'a', 101)).toBe('taken');
    expect(await store.holdSubmission('one', held?.by ?? '', 101)).toBe('held');
    await store.closeSession('one', 200, true);
    expect(await store.holdSubmission('one', 'e', 300, 250)).toBe('withdrawn');
  });

  it('keeps a submission in hand that was abandoned, and not one that was withdrawn', async () => {
    const store = await opened();
    await store.claimSubmission('one', submission(), 0);
    expect(await store.closeSession('one', 10)).toBe(true);
    expect(await store.holdSubmission('one', 'a', 10)).toBe('held');
    expect(await store.closeSession('one', 20, true)).toBe(true);
    expect(await store.holdSubmission('one', 'a', 30)).toBe('withdrawn');
    expect(await store.readSession('one', 30)).toMatchObject({ closedAt: 10, withdrawnAt: 20 });
    expect(await store.closeSession('two', 30, true)).toBe(false);
  });

  it('finds a session by its nonce once its channel is there, which is the first that was saved', async () => {
    const store = await opened();
    expect(await store.findByNonce('nonce-of-one', 0)).toBeUndefined();
    await store.saveChannel(session('one'), { channel: 'capture' }, 0);
    await store.saveChannel(session('one'), { channel: 'none', code: verdict('0').verdict.code }, 0);
    expect(await store.findByNonce('nonce-of-one', 0)).toEqual({ session: session('one'), parts: [], channel: { channel: 'capture' } });
    expect(await store.findByNonce('nonce-of-one', 2000)).toBeUndefined();
    await store.saveChannel(session('two'), { channel: 'capture' }, 0);
    expect(await store.findByNonce('nonce-of-two', 0)).toBeUndefined();
  });

  it('puts a session off until what is begun at a vendor’s can be back, once, and never brings its end forward', async () => {
    const choice = { channel: 'eid-h5', task: { expiresInMs: 1, url: 'https://x.example' }, expected: { token: 'T' } } as const;
    const store = await opened();
    await store.saveChannel(session('one'), choice, 0, 5000);
    await store.saveChannel(session('one'), choice, 0, 9000);
    const putOff = session('one', { expiresAt: 5000, forgetAt: 6000 });
    expect(await store.readSession('one', 4999)).toEqual({ session: putOff, parts: [], channel: choice });
    expect(await store.findByNonce('nonce-of-one', 5999)).toEqual({ session: putOff, parts: [], channel: choice });
    expect(await store.claimPart('one', part(0), 4999)).toBe('claimed');
    expect(await store.claimSubmission('one', submission(), 5000)).toEqual({ status: 'expired' });
    expect(await store.claimSubmission('one', submission(), 4999)).toEqual({ status: 'claimed' });
    expect(await store.readSession('one', 6000)).toBeUndefined();

    const early = await opened();
    await early.saveChannel(session('one'), choice, 0, 999);
    expect((await early.readSession('one', 0))?.session).toEqual(session('one'));

    const closed = await opened();
    await closed.closeSession('one', 0);
    await closed.saveChannel(session('one'), choice, 0, 5000);
    expect(await closed.claimSubmission('one', submission(), 1)).toEqual({ status: 'expired' });
  });

  it('counts no attempt of a session of which nothing comes, whatever is chosen after that', async () => {
    const store = createStore();
    const quotas: Quotas = { intervalMs: 0, attempts: 1, attemptWindowMs: 10_000, openSessions: 0 };
    const open = async (id: string, changes: Partial<Session> = {}) => (await store.createSession(session(id, { subject: 'ann', ...changes }), undefined, 0, quotas)).status;
    expect(await open('one', { choosesChannel: true })).toBe('created');
    expect(await open('two')).toBe('too-many-attempts');
    const none = { channel: 'none', code: verdict('0').verdict.code } as const;
    await store.saveChannel(session('one'), none, 500);
    await store.saveChannel(session('one'), { channel: 'eid-h5', task: { expiresInMs: 1, url: 'https://x.example' }, expected: { token: 'T' } }, 500, 5000);
    expect(await store.readSession('one', 500)).toEqual({ session: session('one', { subject: 'ann', choosesChannel: true }), parts: [], channel: none });
    expect(await open('two')).toBe('created');
  });

  it('counts a session that was put off as open until then, and gives it to whoever repeats its opening', async () => {
    const store = createStore();
    const key = { key: 'k', fingerprint: 'f' };
    const quotas: Quotas = { intervalMs: 0, attempts: 0, attemptWindowMs: 0, openSessions: 1 };
    await store.createSession(session('one'), key, 0, quotas);
    await store.saveChannel(session('one'), { channel: 'eid-h5', task: { expiresInMs: 1, url: 'https://x.example' }, expected: { token: 'T' } }, 0, 5000);
    expect(await store.createSession(session('two'), undefined, 4000, quotas)).toEqual({ status: 'too-many-open', retryAfterMs: 1000 });
    expect(await store.createSession(session('two'), key, 5500, quotas)).toEqual({ status: 'replayed', session: session('one', { expiresAt: 5000, forgetAt: 6000 }) });
    expect(await store.createSession(session('two', { expiresAt: 6000, forgetAt: 7000 }), undefined, 5000, quotas)).toEqual({ status: 'created' });
  });

  it('forgets', async () => {
    const store = await opened();
    expect(await store.readSession('one', 1999)).toBeDefined();
    expect(await store.readSession('one', 2000)).toBeUndefined();
    expect(await store.claimPart('one', part(0), 2000)).toBe('unknown');
  });
});

it('the memory store remembers no more evidence than there is room for', async () => {
  const store = createMemorySessionStore({ maxSessions: 2 });
  await store.createSession(session('one'), undefined, 0);
  await store.createSession(session('two'), undefined, 0);
  const many = Array.from({ length: 33 }, (_, index) => `d-${index}`);
  expect(await store.claimSubmission('one', submission(), 0, undefined, { digests: many, keepMs: 1000 })).toEqual({ status: 'claimed' });
  expect(await store.claimSubmission('two', submission(), 1, undefined, { digests: many, keepMs: 1000 })).toEqual({ status: 'replayed', digests: many.slice(1) });
});

describe('the memory store when it is full', () => {
  const full = async (...ids: readonly string[]): Promise<SessionStore> => {
    const store = createMemorySessionStore({ maxSessions: ids.length });
    for (const id of ids) expect(await store.createSession(session(id), undefined, 0)).toEqual({ status: 'created' });
    return store;
  };
  const open = (store: SessionStore, id: string, now = 10) => store.createSession(session(id, { createdAt: now, expiresAt: now + 1000, forgetAt: now + 2000 }), undefined, now);
  const there = async (store: SessionStore, ids: readonly string[], now = 10): Promise<string[]> => {
    const found = await Promise.all(ids.map(async (id) => ((await store.readSession(id, now)) ? id : '')));
    return found.filter((id) => id !== '');
  };

  it('forgets what is finished, the oldest first, and refuses only for what is open or being decided', async () => {
    const store = await full('open', 'decided', 'pending', 'closed', 'withdrawn');
    for (const id of ['decided', 'pending', 'withdrawn']) await store.claimSubmission(id, submission(), 5);
    await store.saveVerdict('decided', verdict('0'));
    await store.closeSession('closed', 5);
    // It left, and is decided all the same.
    await store.closeSession('pending', 5);
    await store.closeSession('withdrawn', 5, true);
    expect(await open(store, 'new-1')).toEqual({ status: 'created' });
    expect(await there(store, ['open', 'decided', 'pending', 'closed', 'withdrawn'])).toEqual(['open', 'pending', 'closed', 'withdrawn']);
    expect(await open(store, 'new-2')).toEqual({ status: 'created' });
    expect(await open(store, 'new-3')).toEqual({ status: 'created' });
    expect(await there(store, ['open', 'pending', 'closed', 'withdrawn', 'new-1', 'new-2', 'new-3'])).toEqual(['open', 'pending', 'new-1', 'new-2', 'new-3']);
    expect(await open(store, 'new-4')).toEqual({ status: 'full' });
  });

  it('forgets what has expired, and not a submission that came in time', async () => {
    const store = await full('expired', 'pending');
    await store.claimSubmission('pending', submission(), 5);
    expect(await open(store, 'new-1', 999)).toEqual({ status: 'full' });
    expect(await open(store, 'new-1', 1000)).toEqual({ status: 'created' });
    expect(await there(store, ['expired', 'pending'], 1000)).toEqual(['pending']);
    expect(await open(store, 'new-2', 1000)).toEqual({ status: 'full' });
  });
});

it('the memory store forgets what is over although a session before it waits for a vendor', async () => {
  const store = createMemorySessionStore();
  await store.createSession(session('waits'), undefined, 0);
  await store.saveChannel(session('waits'), { channel: 'eid-h5', task: { expiresInMs: 1, url: 'https://x.example' }, expected: { token: 'T' } }, 0, 5000);
  await store.createSession(session('over'), undefined, 0);
  await store.createSession(session('new', { expiresAt: 4000, forgetAt: 5000 }), undefined, 2000);
  // It is not asked by the moment, so that it tells whether the record is there at all.
  await store.claimSubmission('waits', submission(), 2000);
  expect(await store.holdSubmission('waits', 'a', 2000)).toBe('held');
  expect(await store.readSession('over', 0)).toBeUndefined();
  expect(await store.readSession('waits', 2000)).toBeDefined();
});

it('the memory store counts no attempts that nobody asked it to limit', async () => {
  const store = createMemorySessionStore();
  const quotas = (attempts: number): Quotas => ({ intervalMs: 0, attempts, attemptWindowMs: 10_000, openSessions: 0 });
  for (const [id, attempts] of [['one', 0], ['two', 1]] as const) {
    await store.createSession(session(id, { subject: 'ann' }), undefined, 0, quotas(0));
    expect(await store.claimSubmission(id, submission(), 0, quotas(attempts))).toEqual({ status: 'claimed' });
  }
  expect(await store.createSession(session('three', { subject: 'ann' }), undefined, 0, quotas(1))).toMatchObject({ status: 'too-many-attempts' });
});

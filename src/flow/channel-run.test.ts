import { describe, expect, it } from 'vitest';
import type { Channel, ChannelResult, ChannelReturned, ChannelTask } from '../channels/channel.js';
import { createEidH5Channel } from '../channels/eid-h5.js';
import type { RedirectPage } from '../channels/redirect-page.js';
import { lookup } from '../codes/core.js';
import type { BackendFailure } from '../transport/failure.js';
import type { ConsentRecord, PendingResponse, TokenRequest, VendorSession, VerdictResponse } from '../transport/protocol.js';
import { type ChannelRunOptions, handIn, offerChannels, resumeChannel, runChannel } from './channel-run.js';
import { createOutcomeWriter } from './outcome.js';

const CONSENT = { granted: true, textVersion: '1' } as ConsentRecord;
const SESSION = { protocol: 1, sessionId: 's'.repeat(22), nonce: 'n'.repeat(43), expiresAt: '2026-11-21T08:00:00Z', channel: 'eid-h5', task: { expiresInMs: 1000, url: 'https://eid.faceid.qq.com/' } } satisfies VendorSession;
const RETURNED: ChannelReturned = { status: 'returned', channel: 'eid-h5', tokens: { token: 'T' }, nonce: SESSION.nonce };
const DECIDED: VerdictResponse = { sessionId: SESSION.sessionId, state: 'decided', reference: 'R-1', verdict: { decision: 'rejected', code: { system: 'faceid-sdk', table: 'result', code: '66660004' } } };
const PENDING: PendingResponse = { sessionId: SESSION.sessionId, state: 'pending', reference: 'R-1' };
const failure = (code: BackendFailure['code'], more: Partial<BackendFailure> = {}): BackendFailure => ({ ok: false, code, detail: code, transient: false, ...more });
/** Sent, and never answered. */
const LOST = failure('backend-timeout', { transient: true, lost: true });
/** Nothing in it was ever sent. */
const OFFLINE = failure('offline', { transient: true });

type Answer = { readonly ok: true; readonly response: VerdictResponse | PendingResponse } | BackendFailure;
/** What is found when the verdict is asked for; `open` where nothing was handed in. */
type Verdict = { readonly ok: true; readonly response: VerdictResponse } | BackendFailure | 'open';

/** A channel that ends so, a backend that answers so, and a page that can be left and come back. */
function running({ ends = RETURNED, answer = { ok: true, response: DECIDED }, verdict = failure('verdict-timeout') }: { readonly ends?: ChannelResult; readonly answer?: Answer; readonly verdict?: Verdict } = {}) {
  const started: ChannelTask[] = [];
  const posted: Omit<TokenRequest, 'protocol'>[] = [];
  const asked: string[] = [];
  const phases: object[] = [];
  const timers: { readonly run: () => void; readonly ms: number }[] = [];
  const restores = new Set<() => void>();
  const stop = new AbortController();
  const channel: Channel<ChannelTask> = { name: 'eid-h5', start: async (task) => (started.push(task), ends), resume: () => undefined };
  const options: ChannelRunOptions = {
    client: { postToken: async (request) => (posted.push(request), answer), awaitVerdict: async (sessionId, { ifOpen } = {}) => (asked.push(sessionId), verdict === 'open' ? (ifOpen ?? failure('verdict-timeout')) : verdict) },
    consent: CONSENT,
    platform: {
      setTimeout(run, ms) {
        const timer = { run, ms };
        timers.push(timer);
        return timer as never;
      },
      clearTimeout: (timer) => void timers.splice(0, Infinity, ...timers.filter((each) => each !== (timer as unknown))),
      onPageRestore(listener) {
        restores.add(listener);
        return () => restores.delete(listener);
      },
    },
    collectRisk: async () => ({ a: 1 }),
    verdictTimeoutMs: 1000,
    signal: stop.signal,
    emit: (phase) => phases.push(phase),
    outcome: createOutcomeWriter({ locale: 'zh-CN' }),
  };
  const deliver = (returned: ChannelReturned, sessionId?: string) => handIn({ channel, returned, sessionId }, options);
  return { options, deliver, channel, started, posted, asked, phases, timers, restores, stop, run: () => runChannel([channel], SESSION, options) };
}
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('a session of a vendor’s channel', () => {
  it('is started with its task, and what comes back goes to the backend with risk and consent, once', async () => {
    const { run, started, posted, phases } = running();
    expect(await run()).toMatchObject({ status: 'finished', verdict: { decision: 'rejected' }, reference: 'R-1' });
    expect(started).toEqual([{ expiresInMs: 1000, url: 'https://eid.faceid.qq.com/', sessionId: SESSION.sessionId, nonce: SESSION.nonce, consent: CONSENT }]);
    expect(posted).toEqual([{ channel: 'eid-h5', tokens: { token: 'T' }, nonce: SESSION.nonce, consent: CONSENT, risk: { a: 1 } }]);
    expect(phases).toEqual([{ phase: 'channel', channel: 'eid-h5' }, { phase: 'returned', channel: 'eid-h5' }]);
  });

  it('ends as the channel does where nothing came back', async () => {
    const failed = running({ ends: { status: 'failed', code: 'session-expired', detail: 'eid-h5: too late' } });
    expect(await failed.run()).toEqual({ ok: false, code: 'session-expired', detail: 'eid-h5: too late' });
    expect(await running({ ends: { status: 'cancelled' } }).run()).toMatchObject({ ok: false, code: 'cancelled' });
    expect(failed.posted).toEqual([]);
  });

  it('is not begun where the page has no such channel', async () => {
    const { options, started } = running();
    expect(await runChannel([], SESSION, options)).toMatchObject({ ok: false, code: 'backend-malformed' });
    expect(started).toEqual([]);
  });
});

describe('the channels that are offered', () => {
  const channelOf = (name: Channel<ChannelTask>['name'], obstacle?: Channel<ChannelTask>['obstacle']): Channel<ChannelTask> => ({ ...running().channel, name, ...(obstacle && { obstacle }) });
  const unfit = () => ({ status: 'failed', code: 'unsupported-browser', detail: 'kyc-h5: not here' }) as const;

  it('are those that work in this browser', () => {
    expect(offerChannels([])).toEqual({ offered: [], declined: undefined });
    expect(offerChannels([channelOf('kyc-h5', () => undefined), channelOf('eid-h5')])).toEqual({ offered: ['kyc-h5', 'eid-h5'], declined: undefined });
    expect(offerChannels([channelOf('kyc-h5', unfit), channelOf('eid-h5')])).toEqual({ offered: ['eid-h5'], declined: { code: 'unsupported-browser', detail: 'kyc-h5: not here' } });
    expect(offerChannels([channelOf('kyc-h5', unfit)]).offered).toEqual([]);
  });
});

describe('a page that is left', () => {
  it('ends with `left` when it is back as it was', async () => {
    const { run, restores, posted } = running({ ends: { status: 'left' } });
    const ended = run();
    await settle();
    expect(restores.size).toBe(1);
    for (const restore of restores) restore();
    expect(await ended).toMatchObject({ status: 'left', channel: 'eid-h5', code: { system: 'facefront', table: 'client', code: 'channel-left' }, remedy: 'retry', prompt: '请退出后重新开始。本次验证已结束' });
    expect([restores.size, posted.length]).toEqual([0, 0]);
  });

  it('ends with `left` when a minute has passed and it is still there, and with a cancellation', async () => {
    const stays = running({ ends: { status: 'left' } });
    const ended = stays.run();
    await settle();
    expect(stays.timers.map(({ ms }) => ms)).toEqual([60_000]);
    stays.timers.forEach(({ run }) => run());
    expect(await ended).toMatchObject({ status: 'left', detail: expect.stringContaining('60000 ms') as string });
    const cancelled = running({ ends: { status: 'left' } });
    const other = cancelled.run();
    await settle();
    cancelled.stop.abort();
    expect(await other).toMatchObject({ ok: false, code: 'cancelled' });
    expect([stays.restores.size, cancelled.restores.size]).toEqual([0, 0]);
  });
});

describe('what came back', () => {
  const code = { system: 'faceid-h5-client', table: 'result', code: '3004' };

  it('is a prompt at once, and nothing but the backend’s word is the result', async () => {
    const { deliver, phases } = running({ answer: { ok: true, response: { ...DECIDED, verdict: { ...DECIDED.verdict, decision: 'passed' } } } });
    expect(await deliver({ ...RETURNED, code })).toMatchObject({ status: 'finished', verdict: { decision: 'passed' } });
    expect(phases).toEqual([{ phase: 'returned', channel: 'eid-h5', code }]);
  });

  it.each<[string, Parameters<typeof running>[0], object]>([
    ['a verdict that is waited for', { answer: { ok: true, response: PENDING }, verdict: { ok: true, response: DECIDED } }, { status: 'finished', reference: 'R-1' }],
    ['no verdict in time', { answer: { ok: true, response: PENDING } }, { status: 'degraded', reference: 'R-1', code: { code: 'verdict-timeout' } }],
    ['an answer nobody can read', { answer: failure('backend-malformed') }, { status: 'degraded', code: { code: 'verdict-unreadable' } }],
    ['a cancelled wait', { answer: { ok: true, response: PENDING }, verdict: failure('cancelled') }, { status: 'cancelled' }],
    ['a session that is over', { answer: failure('session-expired') }, { status: 'expired' }],
    ['a return that came before', { answer: failure('session-used') }, { status: 'expired' }],
    ['no network', { answer: OFFLINE }, { status: 'failed', code: { code: 'offline' } }],
  ])('with %s is no pass', async (_what, setting, result) => {
    expect(await running(setting).deliver({ ...RETURNED, code })).toMatchObject(result);
  });

  it('without nonce and risk goes without them', async () => {
    const { options, channel, posted } = running();
    await handIn({ channel, returned: { status: 'returned', channel: 'eid-h5', tokens: { token: 'T' } }, sessionId: undefined }, { ...options, collectRisk: async () => undefined });
    expect(posted).toEqual([{ channel: 'eid-h5', tokens: { token: 'T' }, consent: CONSENT }]);
  });
});

describe('what was handed in and not answered', () => {
  it.each<[string, Verdict, object]>([
    ['a verdict', { ok: true, response: DECIDED }, { status: 'finished', reference: 'R-1' }],
    ['a session that is open still', 'open', { status: 'failed', code: { code: 'backend-timeout' }, remedy: 'retry' }],
    ['a session that has run out', failure('session-expired'), { status: 'expired', code: { code: 'session-expired' } }],
    ['nothing that can be had', failure('verdict-timeout', { transient: true }), { status: 'degraded', code: { code: 'verdict-timeout' }, sessionId: SESSION.sessionId }],
    ['a person who cancels', failure('cancelled'), { status: 'cancelled' }],
  ])('is asked about, and comes to %s', async (_what, verdict, result) => {
    const { run, asked } = running({ answer: LOST, verdict });
    expect(await run()).toMatchObject(result);
    expect(asked).toEqual([SESSION.sessionId]);
  });

  it('is not asked about where nothing can have arrived, nor where no session is known', async () => {
    const unsent = running({ answer: OFFLINE });
    expect(await unsent.deliver(RETURNED, SESSION.sessionId)).toMatchObject({ status: 'failed', code: { code: 'offline' } });
    const unknown = running({ answer: LOST });
    expect(await unknown.deliver(RETURNED)).toMatchObject({ status: 'failed', code: { code: 'backend-timeout' } });
    expect([unsent.asked, unknown.asked]).toEqual([[], []]);
  });
});

describe('what could not be delivered', () => {
  /** A channel whose page was opened by the vendor, with runs one after the other. */
  function returning() {
    const state = { channel: 'eid-h5', sessionId: SESSION.sessionId, startedAt: 0, consent: CONSENT };
    const storage = new Map([['facefront.channel.eid-h5', SESSION.nonce], [`facefront.channel.${SESSION.nonce}`, JSON.stringify(state)]]);
    let address = `https://shop.example/?token=CE661F1A-0F1E&facefront=${SESSION.nonce}`;
    const page: RedirectPage = {
      address: () => address,
      replaceAddress: (cleaned) => (address = cleaned),
      go: () => undefined,
      stay: () => undefined,
      read: (key) => storage.get(key),
      write: (key, value) => void (value === undefined ? storage.delete(key) : storage.set(key, value)),
      userAgent: () => '',
      now: () => 0,
    };
    const channelsOf = () => [createEidH5Channel({ page })] as unknown as readonly Channel<ChannelTask>[];
    const channels = channelsOf();
    const resume = () => resumeChannel(channels);
    const deliver = async (answer: Answer, { verdict, consent }: { readonly verdict?: Verdict; readonly consent?: ConsentRecord } = {}) => {
      const { options, posted } = running({ answer, ...(verdict && { verdict }) });
      const resumed = resume();
      if (!resumed) throw new Error('nothing to deliver');
      return { result: await handIn(resumed.delivery, { ...options, ...(consent && { consent }) }), posted };
    };
    return { page, storage, channelsOf, resume, deliver };
  }

  it('is handed in by the next run of the page, as it was, with the person asked again: neither address nor storage has it', async () => {
    const { page, storage, channelsOf, resume, deliver } = returning();
    const first = await deliver(LOST, { verdict: 'open' });
    expect(first.result).toMatchObject({ status: 'failed', remedy: 'retry' });
    expect([page.address(), storage.size]).toEqual(['https://shop.example/', 0]);
    expect(resumeChannel(channelsOf())).toBeUndefined();
    expect(resume()?.agreed).toBeUndefined();
    const second = await deliver({ ok: true, response: DECIDED }, { consent: { ...CONSENT, at: 'later' } });
    expect(second.result).toMatchObject({ status: 'finished' });
    expect(second.posted).toEqual(first.posted);
    expect(resume()).toBeUndefined();
  });

  it.each<[string, Answer, Verdict | undefined, boolean]>([
    ['no network', OFFLINE, undefined, true],
    ['a backend that is down', failure('backend-rejected', { status: 503, transient: true, lost: true }), 'open', true],
    ['a backend that cannot be asked either', LOST, failure('verdict-timeout'), true],
    ['a page that is left', failure('cancelled'), undefined, true],
    ['headers that cannot be had', failure('internal'), undefined, true],
    ['a lost answer whose verdict is found', LOST, { ok: true, response: DECIDED }, false],
    ['a lost answer whose session is over', LOST, failure('session-expired'), false],
    ['a refusal', failure('backend-rejected', { status: 422 }), undefined, false],
    ['an answer nobody can read', failure('backend-malformed', { status: 200 }), undefined, false],
    ['a verdict that is not there yet', { ok: true, response: PENDING }, undefined, false],
  ])('after %s', async (_what, answer, verdict, kept) => {
    const { resume, deliver } = returning();
    await deliver(answer, { ...(verdict && { verdict }) });
    expect(resume() !== undefined).toBe(kept);
  });

  it('may be what a vendor’s window gave', async () => {
    const { run, channel, posted } = running({ answer: LOST, verdict: 'open' });
    await run();
    expect(resumeChannel([channel])).toMatchObject({ delivery: { returned: RETURNED, sessionId: SESSION.sessionId, request: posted[0] } });
  });

  it('gets another risk report where the first was called off', async () => {
    const { deliver, channel, stop } = running({ answer: failure('cancelled') });
    stop.abort();
    expect(await deliver(RETURNED)).toMatchObject({ status: 'cancelled' });
    const resumed = resumeChannel([channel]);
    expect(resumed).toMatchObject({ delivery: { returned: RETURNED } });
    expect(resumed?.delivery.request).toBeUndefined();
  });
});

describe('resuming', () => {
  const channel = (name: 'eid-h5' | 'kyc-h5', returned?: ChannelReturned, tables?: Channel<ChannelTask>['tables']): Channel<ChannelTask> => ({ name, start: async () => ({ status: 'cancelled' }), resume: () => returned, ...(tables && { tables }) });

  it('takes what the first channel knows, and makes all codes known', () => {
    const table = { system: 'of-a-vendor', table: 'result', source: 'test', columns: ['code', 'meaning', 'prompt'], rows: [['7', 'no camera', 'allowCamera']] } as const;
    expect(lookup('of-a-vendor' as string, 'result' as string, '7').known).toBe(false);
    expect(resumeChannel([channel('kyc-h5', undefined, [table]), channel('eid-h5', RETURNED)])?.delivery.returned).toBe(RETURNED);
    expect(lookup('of-a-vendor' as string, 'result' as string, '7')).toMatchObject({ known: true, promptId: 'allowCamera' });
    expect(resumeChannel([channel('kyc-h5')])).toBeUndefined();
    expect(resumeChannel([])).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import type { Channel, ChannelResult, ChannelReturned, ChannelTask } from '../channels/channel.js';
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
const failure = (code: BackendFailure['code']): BackendFailure => ({ ok: false, code, detail: code, transient: false });

type Answer = { readonly ok: true; readonly response: VerdictResponse | PendingResponse } | BackendFailure;

/** A channel that ends so, a backend that answers so, and a page that can be left and come back. */
function running({ ends = RETURNED, answer = { ok: true, response: DECIDED }, verdict = failure('verdict-timeout') }: { readonly ends?: ChannelResult; readonly answer?: Answer; readonly verdict?: { readonly ok: true; readonly response: VerdictResponse } | BackendFailure } = {}) {
  const started: ChannelTask[] = [];
  const posted: Omit<TokenRequest, 'protocol'>[] = [];
  const phases: object[] = [];
  const timers: { readonly run: () => void; readonly ms: number }[] = [];
  const restores = new Set<() => void>();
  const stop = new AbortController();
  const channel: Channel<ChannelTask> = { name: 'eid-h5', start: async (task) => (started.push(task), ends), resume: () => undefined };
  const options: ChannelRunOptions = {
    client: { postToken: async (request) => (posted.push(request), answer), awaitVerdict: async () => verdict },
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
  return { options, channel, started, posted, phases, timers, restores, stop, run: () => runChannel([channel], SESSION, options) };
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
    const { options, phases } = running({ answer: { ok: true, response: { ...DECIDED, verdict: { ...DECIDED.verdict, decision: 'passed' } } } });
    expect(await handIn({ ...RETURNED, code }, options)).toMatchObject({ status: 'finished', verdict: { decision: 'passed' } });
    expect(phases).toEqual([{ phase: 'returned', channel: 'eid-h5', code }]);
  });

  it.each<[string, Parameters<typeof running>[0], object]>([
    ['a verdict that is waited for', { answer: { ok: true, response: PENDING }, verdict: { ok: true, response: DECIDED } }, { status: 'finished', reference: 'R-1' }],
    ['no verdict in time', { answer: { ok: true, response: PENDING } }, { status: 'degraded', reference: 'R-1', code: { code: 'verdict-timeout' } }],
    ['an answer nobody can read', { answer: failure('backend-malformed') }, { status: 'degraded', code: { code: 'verdict-unreadable' } }],
    ['a cancelled wait', { answer: { ok: true, response: PENDING }, verdict: failure('cancelled') }, { status: 'cancelled' }],
    ['a session that is over', { answer: failure('session-expired') }, { status: 'expired' }],
    ['a return that came before', { answer: failure('session-used') }, { status: 'expired' }],
    ['no network', { answer: failure('offline') }, { status: 'failed', code: { code: 'offline' } }],
  ])('with %s is no pass', async (_what, setting, result) => {
    const ended = await handIn({ ...RETURNED, code }, running(setting).options);
    expect(ended).toMatchObject(result);
  });

  it('without nonce and risk goes without them', async () => {
    const { options, posted } = running();
    await handIn({ status: 'returned', channel: 'eid-h5', tokens: { token: 'T' } }, { ...options, collectRisk: async () => undefined });
    expect(posted).toEqual([{ channel: 'eid-h5', tokens: { token: 'T' }, consent: CONSENT }]);
  });
});

describe('resuming', () => {
  const channel = (name: 'eid-h5' | 'kyc-h5', returned?: ChannelReturned, tables?: Channel<ChannelTask>['tables']): Channel<ChannelTask> => ({ name, start: async () => ({ status: 'cancelled' }), resume: () => returned, ...(tables && { tables }) });

  it('takes what the first channel knows, and makes all codes known', () => {
    const table = { system: 'of-a-vendor', table: 'result', source: 'test', columns: ['code', 'meaning', 'prompt'], rows: [['7', 'no camera', 'allowCamera']] } as const;
    expect(lookup('of-a-vendor' as string, 'result' as string, '7').known).toBe(false);
    expect(resumeChannel([channel('kyc-h5', undefined, [table]), channel('eid-h5', RETURNED)])).toBe(RETURNED);
    expect(lookup('of-a-vendor' as string, 'result' as string, '7')).toMatchObject({ known: true, promptId: 'allowCamera' });
    expect(resumeChannel([channel('kyc-h5')])).toBeUndefined();
    expect(resumeChannel([])).toBeUndefined();
  });
});

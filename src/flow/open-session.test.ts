import { describe, expect, it, vi } from 'vitest';
import { FakeAudioContext, fakeMediaDevices, fakeMediaRecorder, fakePlatform } from '../capture/fake-hardware.js';
import * as askedKinds from '../liveness/challenges/asked-kinds.js';
import type { LivenessChallenge } from '../liveness/index.js';
import type { MediaPlatform } from '../platform/port.js';
import type { SessionRequest, SessionResponse } from '../transport/protocol.js';
import { openSession, type OpenSessionOptions } from './open-session.js';

const LIGHT: LivenessChallenge = { type: 'light', colours: [{ r: 255, g: 0, b: 0, ms: 500 }], minimumMs: 2000 };
const SILENT: LivenessChallenge = { type: 'silent', minimumMs: 2000 };

/** A backend that asks for these challenges in turn, and a person who answers. */
function opening(challenges: readonly (LivenessChallenge | SessionResponse)[], { only, withheld, ...options }: Omit<OpenSessionOptions['options'], 'assetBase'> & Pick<OpenSessionOptions, 'only' | 'withheld'> = {}, reducedMotion = false, channels?: readonly string[], platform: Partial<MediaPlatform> = {}) {
  const asked: Omit<SessionRequest, 'protocol'>[] = [];
  const phases: string[] = [];
  const stop = new AbortController();
  const timers: (() => void)[] = [];
  const outcome = openSession({
    client: {
      async createSession(request) {
        const challenge = challenges[asked.push(request) - 1];
        if (!challenge) throw new Error('asked once too often');
        return { ok: true, session: 'channel' in challenge ? challenge : ({ sessionId: `s${asked.length}`, channel: 'capture', challenge, limits: { minDurationMs: 0, maxDurationMs: 30_000 } } as SessionResponse) };
      },
    },
    request: { consent: {} as SessionRequest['consent'], containers: ['video/webm'], locale: 'en', ...(channels && { channels }) },
    options: { assetBase: '/facefront/', ...options },
    only,
    withheld,
    platform: { importModule: async () => askedKinds, isOnline: () => true, prefersReducedMotion: () => reducedMotion, setTimeout: (run: () => void) => timers.push(run), clearTimeout: () => undefined, ...platform } as unknown as MediaPlatform,
    signal: stop.signal,
    emit: ({ phase }) => phases.push(phase),
  });
  return { outcome, asked, phases, stop, timers };
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('a session', () => {
  it('is asked for with all that is not light, unless somebody warns of that', async () => {
    const bare = opening([SILENT]);
    await bare.outcome;
    expect(bare.asked[0]?.challenges).toEqual(['silent', 'action', 'digits']);
    const warning = opening([SILENT], { onLightWarning: () => Promise.resolve('go') });
    await warning.outcome;
    expect(warning.asked[0]?.challenges).toEqual(['silent', 'action', 'digits', 'light']);
    const own = opening([SILENT], { challenges: ['silent', 'light'] });
    await own.outcome;
    expect(own.asked[0]?.challenges).toEqual(['silent']);
    expect(await opening([LIGHT], { challenges: ['silent', 'light'] }).outcome).toMatchObject({ ok: false, code: 'backend-malformed' });
    expect(await opening([], { challenges: ['light'] }).outcome).toMatchObject({ ok: false, code: 'no-suitable-challenge' });
  });

  it('has no digits for somebody who does not see them, unless the page has a voice that says them', async () => {
    const mute = opening([SILENT], { cannot: ['see'] });
    await mute.outcome;
    expect(mute.asked[0]).toMatchObject({ challenges: ['silent', 'action'], substitutions: [{ withheld: 'digits', because: 'declared' }] });
    const voiceless = opening([SILENT], { cannot: ['see'], isSpeaking: () => undefined });
    await voiceless.outcome;
    expect(voiceless.asked).toEqual(mute.asked);
    const speaking = opening([SILENT], { cannot: ['see'], isSpeaking: () => false });
    await speaking.outcome;
    expect(speaking.asked[0]).toMatchObject({ challenges: ['silent', 'action', 'digits'] });
    const seeing = opening([SILENT], { isSpeaking: () => undefined });
    await seeing.outcome;
    expect(seeing.asked[0]).toMatchObject({ challenges: ['silent', 'action', 'digits'] });
    // What the person cannot do is the page's to know.
    expect(JSON.stringify([mute.asked, speaking.asked])).not.toContain('see');
  });

  it.each<[string, Partial<MediaPlatform>]>([
    ['the recorder takes no sound', fakeMediaRecorder(['video/webm;codecs=vp8'])],
    ['the iframe has no microphone', { allowsFeature: (feature) => feature === 'camera' }],
    ['there is no AudioContext', { audioContext: () => undefined }],
  ])('has no digits where %s, and says that this is why', async (_why, platform) => {
    const able: Partial<MediaPlatform> = fakePlatform({ ...fakeMediaDevices(), ...fakeMediaRecorder(['video/webm']), importModule: async () => askedKinds, audioContext: () => FakeAudioContext as unknown as typeof AudioContext });
    const heard = opening([SILENT], {}, false, undefined, able);
    await heard.outcome;
    expect(heard.asked[0]?.challenges).toEqual(['silent', 'action', 'digits']);
    const deaf = opening([SILENT], {}, false, undefined, { ...able, ...platform });
    const substitutions = [{ withheld: 'digits', because: 'system' }];
    expect(await deaf.outcome).toMatchObject({ ok: true, substitutions });
    expect(deaf.asked[0]).toMatchObject({ challenges: ['silent', 'action'], substitutions });
    const only = opening([], { challenges: ['digits'] }, false, undefined, { ...able, ...platform });
    expect(await only.outcome).toMatchObject({ ok: false, code: 'no-suitable-challenge' });
  });

  it('goes on with the light where the person says so', async () => {
    const onLightWarning = vi.fn(() => Promise.resolve('go' as const));
    const { outcome, phases, asked } = opening([LIGHT], { onLightWarning });
    expect(await outcome).toMatchObject({ ok: true, session: { sessionId: 's1' }, substitutions: [] });
    expect([phases, asked.length, onLightWarning.mock.calls.length]).toEqual([['session', 'lightWarning'], 1, 1]);
  });

  it('is another one without the light where the person would rather not, and says what was withheld', async () => {
    const { outcome, phases, asked } = opening([LIGHT, SILENT], { cannot: ['blink'], onLightWarning: () => Promise.resolve('other') });
    expect(await outcome).toMatchObject({ ok: true, session: { sessionId: 's2' }, substitutions: [{ withheld: 'light', because: 'declared' }, { withheld: 'blink', because: 'declared' }] });
    expect(phases).toEqual(['session', 'lightWarning', 'session']);
    expect(asked[1]).toMatchObject({ challenges: ['silent', 'action', 'digits'], actions: ['openMouth', 'nod', 'turnLeft', 'turnRight'] });
  });

  it('for a file is of the silent challenge alone, and says what was withheld of all that is offered', async () => {
    const substitutions = [{ withheld: 'digits', because: 'declared' }, { withheld: 'blink', because: 'declared' }];
    const { outcome, asked } = opening([SILENT], { only: 'silent', cannot: ['speak', 'blink'] });
    expect(await outcome).toMatchObject({ ok: true, session: { challenge: SILENT }, substitutions });
    expect(asked).toMatchObject([{ challenges: ['silent'], substitutions }]);
    expect(asked[0]).not.toHaveProperty('actions');
    expect(await opening([{ type: 'action', actions: ['nod'], minimumMs: 2000 }], { only: 'silent' }).outcome).toMatchObject({ ok: false, code: 'backend-malformed' });
  });

  it('behind another one says what was withheld in that, the light too that the person declined', async () => {
    const withheld = [{ withheld: 'light', because: 'declared' }] as const;
    const { outcome, asked } = opening([SILENT], { only: 'silent', withheld, onLightWarning: () => Promise.resolve('go') });
    expect(await outcome).toMatchObject({ ok: true, substitutions: withheld });
    expect(asked).toMatchObject([{ challenges: ['silent'], substitutions: withheld }]);
  });

  it('is not begun with light after all', async () => {
    const { outcome, phases } = opening([LIGHT, LIGHT], { onLightWarning: () => Promise.resolve('other') });
    expect(await outcome).toMatchObject({ ok: false, code: 'backend-malformed' });
    expect(phases).toEqual(['session', 'lightWarning', 'session']);
  });

  it.each([
    ['light with reduced motion', LIGHT, {}, true],
    ['an action that the person cannot do', { type: 'action', actions: ['nod', 'blink'], minimumMs: 2000 }, { cannot: ['blink'] }, false],
    ['digits of somebody who cannot speak', { type: 'digits', digits: '1234', minimumMs: 2000 }, { cannot: ['speak'] }, false],
  ] as const)('is refused with %s', async (_, challenge, options, reducedMotion) => {
    const warned = vi.fn(() => Promise.resolve('go' as const));
    const { outcome } = opening([challenge], { ...options, onLightWarning: warned }, reducedMotion);
    expect(await outcome).toMatchObject({ ok: false, code: 'backend-malformed', detail: expect.stringContaining(challenge.type) });
    expect(warned).not.toHaveBeenCalled();
  });

  it('of a vendor’s channel is the server’s choice among those of the page, whatever challenge would fit', async () => {
    const VENDOR = { sessionId: 'v', channel: 'kyc-h5' } as SessionResponse;
    const choosing = opening([VENDOR], { onLightWarning: () => Promise.reject(new Error('not asked')) }, false, ['capture', 'kyc-h5']);
    expect(await choosing.outcome).toEqual({ ok: true, session: VENDOR, substitutions: [], kinds: {} });
    expect(choosing.asked[0]?.channels).toEqual(['capture', 'kyc-h5']);
    const unfit = opening([VENDOR], { challenges: ['light'], cannot: ['flashes'] }, false, ['capture', 'kyc-h5']);
    expect(await unfit.outcome).toMatchObject({ ok: true, session: VENDOR });
    expect(unfit.asked[0]).toMatchObject({ channels: ['kyc-h5'], challenges: [] });
  });

  it('fetches what its challenge needs, which is nothing for the silent one', async () => {
    const fetched: string[] = [];
    const missing: Partial<MediaPlatform> = {
      async importModule(address) {
        fetched.push(address);
        throw new TypeError('404');
      },
      // The pause before the second try passes at once; no deadline ever comes.
      setTimeout: ((run: () => void, ms: number) => void (ms <= 500 && queueMicrotask(run))) as never,
    };
    const nod: LivenessChallenge = { type: 'action', actions: ['nod'], minimumMs: 2000 };
    expect(await opening([SILENT], {}, false, undefined, missing).outcome).toMatchObject({ ok: true, kinds: { silent: {} } });
    expect(fetched).toEqual([]);
    expect(await opening([nod], {}, false, undefined, missing).outcome).toMatchObject({ ok: false, code: 'model-missing', detail: expect.stringContaining('/facefront/assets/challenges.js') });
    expect(fetched).toEqual(['/facefront/assets/challenges.js', '/facefront/assets/challenges.js?again']);
    expect(await opening([nod], {}, false, undefined, { ...missing, isOnline: () => false }).outcome).toMatchObject({ ok: false, code: 'offline' });
    expect(await opening([nod]).outcome).toMatchObject({ ok: true, kinds: { silent: {}, action: {}, digits: {}, light: {} } });
  });

  it('is not asked for where nothing fits', async () => {
    const { outcome, asked } = opening([], { challenges: ['light'], cannot: ['flashes'] });
    expect(await outcome).toMatchObject({ ok: false, code: 'no-suitable-challenge' });
    expect(asked).toEqual([]);
  });

  it('is not begun where its challenge takes longer than a recording may', async () => {
    const actions = Array.from({ length: 8 }, () => 'nod' as const);
    expect(await opening([{ type: 'action', actions, deadlineMs: 15_000, minimumMs: 2000 }]).outcome).toMatchObject({ ok: true });
    for (const challenge of [
      { type: 'silent', minimumMs: 28_500 },
      { type: 'digits', digits: '12345678', digitMs: 3000, minimumMs: 28_500 },
      { type: 'light', colours: Array.from({ length: 16 }, () => ({ r: 1, g: 1, b: 1, ms: 2000 })), minimumMs: 2000 },
    ] as const) {
      const { outcome } = opening([challenge], { challenges: [challenge.type], onLightWarning: () => Promise.resolve('go') });
      expect(await outcome).toMatchObject({ ok: false, code: 'backend-malformed', detail: expect.stringContaining('limits.maxDurationMs, 30000 ms') });
    }
  });

  it('waits for the answer to the warning, but not forever, and not past a cancellation', async () => {
    const never = { onLightWarning: () => new Promise<never>(() => undefined) };
    const slow = opening([LIGHT], never);
    await settle();
    slow.timers.forEach((run) => run());
    expect(await slow.outcome).toMatchObject({ ok: false, code: 'guidance-timeout' });
    const cancelled = opening([LIGHT], never);
    await settle();
    cancelled.stop.abort();
    expect(await cancelled.outcome).toMatchObject({ ok: false, code: 'cancelled' });
    const broken = opening([LIGHT], { onLightWarning: () => Promise.reject(new Error('no dialog')) });
    expect(await broken.outcome).toMatchObject({ ok: false, code: 'internal', detail: 'onLightWarning: Error: no dialog' });
  });
});

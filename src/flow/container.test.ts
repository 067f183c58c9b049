import { describe, expect, it } from 'vitest';
import { fakeMediaRecorder, fakePlatform } from '../capture/fake-hardware.js';
import type { Recording } from '../capture/index.js';
import type { ToMp4Options } from '../capture/mp4.js';
import type { MediaPlatform } from '../platform/port.js';
import type { Phase } from './capture-run.js';
import { containerObstacle, fitContainer, type FitContainerOptions } from './container.js';

const LIMITS = { maxBytes: 1_000, maxPartBytes: 1_000, maxParts: 1, minWidth: 1, minHeight: 1, minDurationMs: 1, maxDurationMs: 10_000 };
const recordingOf = (mediaType: string, bytes = 500): Recording => ({ chunks: [new Blob(['x'])], mediaType, bytes, durationMs: 2_000, endedBy: 'stopped' });
const MP4 = recordingOf('video/mp4', 400);

/** A converter that does what the test says, in place of the file that a page fetches. */
function converterOf(answer: object): { readonly asked: string[]; readonly given: ToMp4Options[]; readonly platform: MediaPlatform & { advance(ms: number): Promise<void> } } {
  const asked: string[] = [];
  const given: ToMp4Options[] = [];
  const module = {
    toMp4(options: ToMp4Options) {
      given.push(options);
      options.onProgress?.(0.5);
      return Promise.resolve(answer);
    },
  };
  return {
    asked,
    given,
    platform: fakePlatform({
      importModule(address) {
        asked.push(address);
        return Promise.resolve(module);
      },
    }),
  };
}

function fit(options: Partial<FitContainerOptions> & Pick<FitContainerOptions, 'platform' | 'recording'>, containers?: readonly string[]) {
  const phases: Phase[] = [];
  const signal = options.signal ?? new AbortController().signal;
  const result = fitContainer({ source: 'recorder', session: { limits: LIMITS, ...(containers && { containers }) }, assetBase: '/facefront', emit: (phase) => phases.push(phase), ...options, signal });
  return { result, phases };
}

describe('fitContainer', () => {
  it.each([
    ['anything is taken', 'video/webm;codecs=vp9', undefined],
    ['it is what is taken', 'video/mp4;codecs=avc1.42E01E', ['video/mp4']],
  ] as const)('leaves a recording alone and fetches nothing where %s', async (_why, mediaType, containers) => {
    const { asked, platform } = converterOf({});
    const recording = recordingOf(mediaType);
    const { result, phases } = fit({ platform, recording }, containers);
    expect(await result).toEqual({ ok: true, recording, fallbacks: [] });
    expect([asked, phases]).toEqual([[], []]);
  });

  it.each(['remuxed', 'transcoded'] as const)('says of one that was %s that it was', async (made) => {
    const { asked, given, platform } = converterOf({ ok: true, value: { ...MP4, made } });
    const recording = recordingOf('video/webm;codecs=vp8');
    const { result, phases } = fit({ platform, recording }, ['video/mp4']);
    expect(await result).toEqual({ ok: true, recording: MP4, fallbacks: [`converted:${made}`] });
    expect(asked).toEqual(['/facefront/assets/mp4.js']);
    expect(given).toMatchObject([{ recording, maxBytes: 1_000 }]);
    expect(phases).toEqual([{ phase: 'converting', progress: 0 }, { phase: 'converting', progress: 0.5 }]);
  });

  it('looks into a file whatever its type says, and says nothing of one that was right', async () => {
    const { asked, platform } = converterOf({ ok: true, value: { ...MP4, made: 'as-is' } });
    expect(await fit({ platform, recording: MP4, source: 'file' }, ['video/mp4']).result).toEqual({ ok: true, recording: MP4, fallbacks: [] });
    expect(asked).toHaveLength(1);
  });

  it('makes a file smaller that is too large, and leaves one alone that is not', async () => {
    const { asked, platform } = converterOf({ ok: true, value: { ...MP4, made: 'transcoded' } });
    expect(await fit({ platform, recording: recordingOf('video/quicktime'), source: 'file' }).result).toMatchObject({ fallbacks: [] });
    expect(asked).toEqual([]);
    expect(await fit({ platform, recording: recordingOf('video/quicktime', 1_001), source: 'file' }).result).toMatchObject({ recording: MP4, fallbacks: ['converted:transcoded'] });
  });

  it('hands on why it could not be converted', async () => {
    const failed = { ok: false, code: 'recorder-failed', detail: 'no encoder' };
    const { platform } = converterOf(failed);
    expect(await fit({ platform, recording: recordingOf('video/webm') }, ['video/mp4']).result).toEqual(failed);
  });

  it('does not try where mp4 is not taken either', async () => {
    const { asked, platform } = converterOf({});
    const { result } = fit({ platform, recording: recordingOf('video/webm') }, ['video/3gpp']);
    expect(await result).toMatchObject({ ok: false, code: 'recorder-unavailable', detail: expect.stringContaining('video/3gpp') });
    expect(asked).toEqual([]);
  });

  it.each([
    ['recorder-unavailable', true],
    ['offline', false],
  ])('is %s where the converter cannot be had, at two addresses, online %s', async (code, online) => {
    const asked: string[] = [];
    const platform = fakePlatform({
      isOnline: () => online,
      importModule(address) {
        asked.push(address);
        return Promise.reject(new TypeError('Failed to fetch'));
      },
    });
    const { result } = fit({ platform, recording: recordingOf('video/webm') }, ['video/mp4']);
    await platform.advance(0);
    expect(asked, 'the second comes when the network has had time to come back').toHaveLength(1);
    await platform.advance(500);
    expect(await result).toMatchObject({ ok: false, code, detail: expect.stringContaining('Failed to fetch') });
    expect(asked).toEqual(['/facefront/assets/mp4.js', '/facefront/assets/mp4.js?again']);
  });

  it('does not wait for ever for the converter, nor past the abort', async () => {
    const platform = fakePlatform({ importModule: () => new Promise(() => undefined) });
    const slow = fit({ platform, recording: recordingOf('video/webm') }, ['video/mp4']);
    await platform.advance(41_000);
    expect(await slow.result).toMatchObject({ ok: false, code: 'recorder-unavailable' });
    const controller = new AbortController();
    const aborted = fit({ platform, recording: recordingOf('video/webm'), signal: controller.signal }, ['video/mp4']);
    controller.abort();
    expect(await aborted.result).toMatchObject({ ok: false, code: 'cancelled' });
    expect(platform.pending).toBe(0);
  });
});

describe('containerObstacle', () => {
  const webm = ['video/webm;codecs=vp8'];
  it.each([
    ['anything is taken', webm, undefined, false, undefined],
    ['it records what is taken', ['video/mp4'], ['video/mp4'], false, undefined],
    ['it can convert', webm, ['video/mp4'], true, undefined],
    ['another container is enough', ['video/webm;codecs=h264'], ['video/mp4'], false, undefined],
    ['there is no recorder, and a burst is taken', [], ['video/mp4', 'video/x-motion-jpeg'], false, undefined],
    ['there is no recorder, and a burst is not taken', [], ['video/mp4'], true, 'recorder-unavailable'],
    ['it cannot convert', webm, ['video/mp4'], false, 'recorder-unavailable'],
    ['mp4 is not taken', ['video/mp4'], ['video/webm'], true, 'recorder-unavailable'],
  ] as const)('is told where %s', (_why, types, containers, codecs, code) => {
    const platform = fakePlatform({ ...fakeMediaRecorder([...types]), has: () => codecs });
    expect(containerObstacle(containers ? { containers } : {}, platform)?.code).toBe(code);
  });
});

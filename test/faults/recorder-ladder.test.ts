import { beforeAll, describe, expect, it } from 'vitest';
import type { FakeRecorder } from '../../src/capture/fake-hardware.js';
import { film, type Film } from './film.js';
import { NOTHING_LEFT, type Rig, type RigOptions, startRig } from './verification-rig.js';

/* A recorder that gives nothing, or breaks: the next type, then pictures; and whatever was recorded is what the backend accepts. */

let reel: Film;
beforeAll(async () => {
  reel = await film();
});

type Recorder = typeof FakeRecorder;
const [MP4, VP9, VP8] = ['video/mp4', 'video/webm;codecs=vp9', 'video/webm;codecs=vp8'];
const PASSED = { status: 'finished', verdict: { decision: 'passed' } };

/** A recorder that is different for some types; the others give the film. */
const unlike = (types: readonly string[], make: (Film: Recorder) => Recorder): NonNullable<RigOptions['recorder']> => (Film) => {
  const Bad = make(Film);
  return new Proxy(Film, { construct: (_target, [stream, options]: [MediaStream, MediaRecorderOptions]) => new (types.includes(options.mimeType ?? '') ? Bad : Film)(stream, options) });
};

/** Ways in which a recorder that was claimed is none. */
const USELESS: Readonly<Record<string, (Film: Recorder) => Recorder>> = {
  'yields nothing but empty chunks': (Film) => class extends Film {
    override start(timeslice: number): void {
      super.start(timeslice);
      const { ondataavailable } = this;
      this.ondataavailable = () => ondataavailable?.({ data: new Blob([]) });
    }
  },
  'yields nothing at all': (Film) => class extends Film {
    override start(timeslice: number): void {
      super.start(timeslice);
      this.ondataavailable = null;
    }
  },
  'never starts': (Film) => class extends Film {
    override start(): void {
      this.state = 'recording';
    }
  },
  'refuses to start': (Film) => class extends Film {
    override start(): void {
      throw new DOMException('not now', 'InvalidStateError');
    }
  },
  'cannot be made': (Film) => class extends Film {
    constructor(stream: MediaStream, options: MediaRecorderOptions) {
      super(stream, options);
      throw new DOMException('no such encoder', 'NotSupportedError');
    }
  },
  'reports an error at once': (Film) => class extends Film {
    override start(timeslice: number): void {
      super.start(timeslice);
      this.onerror?.({ error: new DOMException('encoder', 'UnknownError') });
    }
  },
};

const isBurst = (rig: Rig): boolean => rig.manifest()?.video.mediaType === 'video/x-motion-jpeg';

describe.each(Object.entries(USELESS))('a recorder that %s', (_what, make) => {
  it('is passed over for the next type', async () => {
    const rig = startRig({ film: reel, types: [VP9, VP8], recorder: unlike([VP9], make) });
    expect(await rig.end()).toMatchObject(PASSED);
    expect(rig.manifest()).toMatchObject({ fallbacks: [`recorder-rejected:${VP9}`], video: { mediaType: VP8 } });
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });

  it('is passed over for pictures where there is no other', async () => {
    const rig = startRig({ film: reel, types: [VP9, VP8], recorder: make });
    expect(await rig.end()).toMatchObject(PASSED);
    expect(isBurst(rig)).toBe(true);
    const { fallbacks = [], video } = rig.manifest() ?? {};
    expect(fallbacks).toEqual([`recorder-rejected:${VP9}`, `recorder-rejected:${VP8}`, 'evidence:jpeg-burst']);
    expect(video?.frames?.length).toBeGreaterThan(15);
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });
});

describe('a recorder that works at first', () => {
  const broken = (rig: Rig): void => rig.recorders.at(-1)?.onerror?.({ error: new DOMException('encoder', 'UnknownError') });

  it('and reports an error in the middle: the recording begins anew on the next type', async () => {
    const rig = startRig({ film: reel, types: [VP9, VP8] });
    await rig.reach('recording');
    await rig.pass(1_000);
    broken(rig);
    expect(await rig.end()).toMatchObject(PASSED);
    expect(rig.manifest()).toMatchObject({ fallbacks: [`recorder-rejected:${VP9}`], video: { mediaType: VP8 } });
    expect(rig.manifest()?.timeline.filter(({ at, event }) => at < 0 && event === 'interrupted:recorder-failed')).toHaveLength(1);
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });

  it('and so does every other: pictures are taken', async () => {
    const rig = startRig({ film: reel, types: [VP9, VP8] });
    for (let type = 0; type < 2; type++) {
      await rig.reach('recording');
      await rig.pass(1_000);
      broken(rig);
      await rig.reach('guidance');
    }
    expect(await rig.end()).toMatchObject(PASSED);
    expect(isBurst(rig)).toBe(true);
    expect(rig.manifest()?.fallbacks).toEqual([`recorder-rejected:${VP9}`, `recorder-rejected:${VP8}`, 'evidence:jpeg-burst']);
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });

  it('and stops by itself in the middle: the recording begins anew on the same type', async () => {
    const rig = startRig({ film: reel, types: [VP8] });
    await rig.reach('recording');
    await rig.pass(1_000);
    rig.recorders.at(-1)?.stop();
    expect(await rig.end()).toMatchObject(PASSED);
    expect(rig.manifest()).toMatchObject({ fallbacks: [], video: { mediaType: VP8 } });
    expect(rig.recorders).toHaveLength(2);
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });

  it('and again and again does not: there is an end', async () => {
    const rig = startRig({ film: reel, types: [VP8] });
    for (let time = 0; time < 4; time++) {
      await rig.until(({ phase }) => phase === 'recording' || phase === 'ended');
      await rig.pass(600);
      rig.recorders.at(-1)?.stop();
      await rig.until(({ phase }) => phase === 'guidance' || phase === 'ended');
    }
    expect(await rig.end()).toMatchObject({ status: 'failed', code: { code: 'recorder-failed' } });
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });
});

describe('a recorder that works, and fails when it is stopped', () => {
  const FAILS: Readonly<Record<string, (Film: Recorder) => Recorder>> = {
    'with an error': (Film) => class extends Film {
      override stop(): void {
        const { onerror } = this;
        super.stop.call(Object.assign(this, { onstop: null, ondataavailable: null }));
        onerror?.({ error: new DOMException('encoder', 'UnknownError') });
      }
    },
    'by throwing': (Film) => class extends Film {
      override stop(): void {
        if (this.onstop) throw new DOMException('not now', 'InvalidStateError');
        super.stop();
      }
    },
    'by never answering': (Film) => class extends Film {
      override stop(): void {
        super.stop.call(Object.assign(this, { onstop: null }));
      }
    },
  };

  it.each(Object.entries(FAILS))('%s: the challenge is done again on the next type', async (_how, make) => {
    const rig = startRig({ film: reel, types: [VP9, VP8], recorder: unlike([VP9], make) });
    expect(await rig.end()).toMatchObject(PASSED);
    expect(rig.manifest()).toMatchObject({ fallbacks: [`recorder-rejected:${VP9}`], video: { mediaType: VP8 } });
    expect(rig.manifest()?.timeline.filter(({ at, event }) => at < 0 && event === 'interrupted:recorder-failed')).toHaveLength(1);
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });

  it.each(Object.entries(FAILS))('%s, and so does every other: pictures are taken', async (_how, make) => {
    const rig = startRig({ film: reel, types: [VP9, VP8], recorder: make });
    expect(await rig.end()).toMatchObject(PASSED);
    expect(isBurst(rig)).toBe(true);
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });

  it('while the page is hidden: the run waits for the person', async () => {
    const rig = startRig({ film: reel, types: [VP9, VP8], recorder: unlike([VP9], FAILS['by never answering'] ?? ((Film) => Film)) });
    await rig.until((state) => state.phase === 'recording' && state.progress === 1);
    rig.page.show(false);
    await rig.pass(40_000);
    expect(rig.phases().at(-1)).toBe('paused');
    rig.page.show(true);
    expect(await rig.end()).toMatchObject(PASSED);
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });

  it('and a camera that was lost meanwhile: it is opened again first', async () => {
    const rig = startRig({ film: reel, types: [VP9, VP8], recorder: unlike([VP9], FAILS['by never answering'] ?? ((Film) => Film)) });
    await rig.until((state) => state.phase === 'recording' && state.progress === 1);
    rig.tracks.at(-1)?.end();
    expect(await rig.end()).toMatchObject(PASSED);
    expect(rig.phases()).toContain('reacquiring');
    expect(rig.manifest()?.fallbacks).toEqual(['camera:reacquired', `recorder-rejected:${VP9}`]);
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });

  it('and is cancelled then', async () => {
    const rig = startRig({ film: reel, types: [VP9, VP8], recorder: FAILS['by never answering'] ?? ((Film) => Film) });
    await rig.until((state) => state.phase === 'recording' && state.progress === 1);
    rig.cancel();
    expect(await rig.end(1_000)).toMatchObject({ status: 'cancelled' });
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });
});

describe('no recorder', () => {
  it('at all, and the person is verified by pictures', async () => {
    const rig = startRig({ film: reel, platform: { mediaRecorder: () => undefined } });
    expect(await rig.end()).toMatchObject(PASSED);
    expect(isBurst(rig)).toBe(true);
    expect(rig.manifest()?.fallbacks).toEqual(['evidence:jpeg-burst']);
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });

  it('and no canvas that makes pictures either: said before anybody is asked for the camera', async () => {
    const rig = startRig({ film: reel, platform: { mediaRecorder: () => undefined, createCanvas: () => ({}) as HTMLCanvasElement } });
    expect(await rig.end()).toMatchObject({ status: 'failed', code: { code: 'recorder-unavailable' } });
    expect(rig.devices.asked).toEqual([]);
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });

  it.each<[string, Partial<RigOptions>, string]>([
    ['that takes sound', { types: [VP9, VP8] }, 'recorder-unavailable'],
    ['for a page that may not have the microphone', { platform: { allowsFeature: (feature) => feature === 'camera' } }, 'permissions-policy'],
  ])('%s: nobody is asked for digits, unless there is nothing else', async (_what, world, code) => {
    const offered: unknown[] = [];
    const listen: NonNullable<RigOptions['fault']> = async (request, next) => {
      if (request.url.endsWith('/sessions')) offered.push(await request.clone().json());
      return next(request);
    };
    const rig = startRig({ film: reel, ...world, fault: listen });
    expect(await rig.end()).toMatchObject(PASSED);
    expect(offered).toMatchObject([{ challenges: ['silent', 'action'] }]);
    expect(rig.manifest()?.substitutions).toEqual([{ withheld: 'digits', because: 'system' }]);
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);

    const only = startRig({ film: reel, ...world, fault: listen, verify: { challenges: ['digits'] } });
    expect(await only.end()).toMatchObject({ status: 'failed', code: { code } });
    expect([only.devices.asked, offered.length]).toEqual([[], 1]);
    expect(await only.leftovers()).toEqual(NOTHING_LEFT);
  });

  it('that takes the sound of a spoken challenge: there is no rung below', async () => {
    const rig = startRig({ film: reel, types: [MP4], challenge: { type: 'digits', digits: '4721', minimumMs: 2000 }, recorder: USELESS['yields nothing at all'] ?? ((Film) => Film) });
    expect(await rig.end()).toMatchObject({ status: 'failed', code: { code: expect.stringMatching(/^recorder-/) } });
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });
});

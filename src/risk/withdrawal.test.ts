import { describe, expect, it, vi } from 'vitest';
import { webRiskHost } from '../platform/web-risk.js';
import type { CameraUnderTest } from './camera-under-test.js';
import type { Collector } from './fact.js';
import * as capture from './facts/capture/index.js';
import { readFrom } from './facts/fact-context.fixture.js';
import { COLLECTORS } from './facts/index.js';
import { runCollectors } from './runner.js';

/* What a collector may still touch once consent is withdrawn: nothing. */

const touched: string[] = [];

vi.mock('@fingerprintjs/fingerprintjs', () => ({
  hashComponents: () => '',
  load: async () => (touched.push('load'), endDuring('load'), { get: async () => (touched.push('get'), { visitorId: '', confidence: { score: 1 }, version: '', components: {} }) }),
}));
vi.mock('@fingerprintjs/botd', () => ({
  sources: { notificationPermissions: async () => false, webDriver: () => false, plugins: () => false, webGL: () => false },
  detectors: {},
  collect: async (questions: object) => (touched.push(...Object.keys(questions)), endDuring(Object.keys(questions)[0] ?? ''), {}),
  detect: () => [{}, { bot: false }],
}));

/** Ends the run when the named thing is touched. */
let endDuring: (what: string) => void = () => undefined;

/** A camera and a page that note what is done to them. */
const track = { getSettings: () => ({ width: 640 }), clone: () => (touched.push('clone'), { applyConstraints: async () => undefined, getSettings: () => ({}), stop: () => undefined }) };
const video = { requestVideoFrameCallback: () => touched.push('frames'), cancelVideoFrameCallback: () => undefined };
const camera = { track, video, probe: 'clone' } as unknown as CameraUnderTest;
const page = {
  DeviceMotionEvent: class {},
  addEventListener: (type: string) => void touched.push(type),
  removeEventListener: () => undefined,
  document: { createElement: () => (touched.push('canvas'), { getContext: () => null }) },
  navigator: { mediaDevices: { enumerateDevices: () => (touched.push('devices'), Promise.resolve([])) } },
};

/** Reads one fact in a run that ends while it is being loaded, or when it touches `during`; says what was touched. */
async function endedWhileReading(id: keyof typeof COLLECTORS, during?: string): Promise<readonly string[]> {
  touched.length = 0;
  const run = new AbortController();
  endDuring = (what) => what === during && run.abort();
  const { load, read, budgetMs = 100 } = COLLECTORS[id] as Collector<unknown>;
  const endDuringIt = <T>(reading: T): T => {
    if (during === undefined) run.abort();
    return reading;
  };
  const ending: Collector<unknown> = {
    group: 'camera',
    budgetMs,
    ...(load && { load: () => endDuringIt(load()) }),
    read: (context) => endDuringIt(read(context)),
  };
  const { ending: how } = await runCollectors({
    host: webRiskHost({ ...globalThis, setTimeout, clearTimeout, performance, MessageChannel, ...page } as unknown as typeof globalThis),
    collectors: { [id]: ending },
    deadlineMs: 1_000,
    signal: run.signal,
    context: { camera, deviceToken: undefined },
  });
  expect(how).toBe('aborted');
  await vi.dynamicImportSettled();
  await webRiskHost().nextTask();
  return [...touched];
}

describe('a run that ends while a collector is being loaded', () => {
  it.each(['motion', 'cameraFrames', 'cameraResponse', 'cameraDevice', 'fingerprint', 'automation', 'gpu'] as const)('%s touches nothing any more', async (id) => {
    expect(await endedWhileReading(id)).toEqual([]);
  });
});

describe('a run that ends half way', () => {
  it('fingerprint: what is loaded is not read', async () => {
    expect(await endedWhileReading('fingerprint', 'load')).toEqual(['load']);
  });

  it('automation: the next source is not asked', async () => {
    expect(await endedWhileReading('automation', 'notificationPermissions')).toEqual(['notificationPermissions']);
  });

  it('cameraResponse: the clone is stopped though the camera never answers', async () => {
    let stopped = 0;
    const over = new AbortController();
    const silent = { getSettings: () => ({ width: 640 }), clone: () => ({ applyConstraints: () => new Promise(() => undefined), stop: () => (stopped += 1) }) };
    void readFrom({ read: capture.cameraResponse }, { context: { camera: { track: silent, probe: 'clone' } as unknown as CameraUnderTest, signal: over.signal } });
    expect(stopped).toBe(0);
    over.abort();
    expect(stopped).toBe(1);
  });
});

describe('a collector that is asked after the end', () => {
  const over = AbortSignal.abort();

  it.each(['motion', 'cameraFrames', 'cameraResponse'] as const)('%s touches nothing', async (id) => {
    touched.length = 0;
    expect(await readFrom<unknown>({ read: capture[id] }, { page, context: { camera, signal: over } })).toBeUndefined();
    expect(touched.filter((what) => what !== 'canvas')).toEqual([]);
  });
});

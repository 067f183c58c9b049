import { describe, expect, it } from 'vitest';
import type { DetectorLoadOptions, DetectorPort, DetectorStage } from '../detector/port.js';
import { createDetectorLoader } from './detector-loader.js';

const MISSING = { code: 'model-missing', detail: 'gone' } as const;

/** Detectors that do what a test says, on a clock and a network of the test's own. */
function setting(given = false) {
  let time = 0;
  let online = true;
  let timers: { readonly at: number; readonly run: () => void }[] = [];
  const made: { loading?: DetectorLoadOptions; disposed: boolean; fail: () => void; reach: (stage: DetectorStage) => void }[] = [];
  const create = (): DetectorPort => {
    const own: (typeof made)[number] = { disposed: false, fail: () => own.loading?.onFailure?.(MISSING), reach: (stage) => own.loading?.onStage?.(stage) };
    made.push(own);
    return {
      load: (options = {}) => ((own.loading = options), Promise.resolve()),
      stage: undefined,
      detect: () => Promise.reject(new Error('not asked')),
      dispose: () => void (own.disposed = true),
    };
  };
  const platform = {
    now: () => time,
    isOnline: () => online,
    setTimeout: (run: () => void, ms: number) => {
      const timer = { at: time + ms, run };
      timers.push(timer);
      return timer as never;
    },
    clearTimeout: (timer: unknown) => void (timers = timers.filter((each) => each !== timer)),
  };
  const loader = createDetectorLoader({ assetBase: '/x', detector: given ? create() : undefined, platform, create });
  const pass = (ms: number): void => {
    for (const until = time + ms; time < until; time += 50) {
      const due = timers.filter(({ at }) => at <= time);
      timers = timers.filter(({ at }) => at > time);
      for (const { run } of due) run();
    }
  };
  return { loader, made, pass, connect: (is: boolean) => void (online = is), waiting: () => timers.length };
}

describe('a detector that cannot be fetched', () => {
  it('has failed where there is a network', () => {
    const { loader, made } = setting();
    loader.start();
    made[0]?.fail();
    expect([loader.failure, loader.offline]).toEqual([MISSING, false]);
  });

  it('is fetched by another one when the network is back', () => {
    const { loader, made, pass, connect } = setting();
    const told: boolean[] = [];
    loader.listen(() => told.push(loader.offline));
    loader.start();
    connect(false);
    made[0]?.reach('face');
    made[0]?.fail();
    expect([loader.failure, loader.offline, told]).toEqual([undefined, true, [false, true]]);
    pass(5000);
    expect(made).toHaveLength(1);
    connect(true);
    pass(500);
    expect([made.length, made[0]?.disposed, loader.offline, loader.state.stage]).toEqual([2, true, false, undefined]);
    made[0]?.fail();
    expect(loader.failure).toBeUndefined();
    made[1]?.reach('mesh');
    expect(loader.state.stage).toBe('mesh');
  });

  it('has failed for want of a network after a minute without one', () => {
    const { loader, made, pass, connect, waiting } = setting();
    loader.start();
    connect(false);
    made[0]?.fail();
    pass(59_500);
    expect(loader.failure).toBeUndefined();
    pass(1000);
    expect([loader.failure?.code, loader.offline, waiting()]).toEqual(['offline', false, 0]);
  });

  it('waits for nothing once disposed', () => {
    const { loader, made, connect, waiting } = setting();
    loader.start();
    connect(false);
    made[0]?.fail();
    loader.dispose();
    expect([waiting(), loader.offline, made[0]?.disposed]).toEqual([0, false, true]);
    made[0]?.fail();
    expect([waiting(), loader.failure]).toEqual([0, undefined]);
  });

  it('is not waited for where it is the integrator’s own, or has its models already', () => {
    const own = setting(true);
    own.loader.start();
    own.connect(false);
    own.made[0]?.fail();
    expect(own.loader.failure).toEqual(MISSING);
    const crashed = setting();
    crashed.loader.start();
    crashed.made[0]?.reach('mesh');
    crashed.connect(false);
    crashed.made[0]?.fail();
    expect(crashed.loader.failure).toEqual(MISSING);
  });
});

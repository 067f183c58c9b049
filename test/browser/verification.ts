import type { Page } from 'playwright-core';
import type * as Facefront from '../../src/script.js';
import type { FlowPhase, FlowState, VerifyOptions, VerifyResult } from '../../src/index.js';

declare global {
  interface Window {
    Facefront: typeof Facefront;
    /** The run that {@link startVerification} began. */
    run: { readonly states: FlowState[]; readonly times: Partial<Record<FlowPhase, number>>; instructedAt?: number; readonly cancel: () => void; readonly result: Promise<VerifyResult> };
  }
}

/** What a test may choose; the rest is the page's own. */
export interface VerificationOptions extends Pick<VerifyOptions, 'locale' | 'warmUp' | 'timing' | 'thresholds' | 'profile' | 'verdictTimeoutMs' | 'consentTimeoutMs'> {
  readonly headers?: Readonly<Record<string, string>>;
  /** `when-loaded`: granted once the whole detector is there, so that no download runs beside the camera. @default 'granted' */
  readonly consent?: 'granted' | 'refused' | 'never' | 'when-loaded';
}

/** Starts a verification with the built script on the bare page; returns as soon as it has begun. */
export async function startVerification(page: Page, options: VerificationOptions = {}): Promise<void> {
  await page.evaluate(({ consent = 'granted', ...rest }) => {
    const states: FlowState[] = [];
    const times: Partial<Record<FlowPhase, number>> = {};
    const abort = new AbortController();
    const video = document.querySelector('video');
    if (!video) throw new Error('the page has no video');
    let loaded = (): void => undefined;
    const whenLoaded = new Promise<'granted'>((resolve) => (loaded = () => resolve('granted')));
    const answer = consent === 'never' ? new Promise<never>(() => undefined) : consent === 'when-loaded' ? whenLoaded : Promise.resolve(consent);
    const result = window.Facefront.verify({
      endpoint: '/api/face',
      assetBase: '/',
      video,
      consent: { text: 'May we record your face?', textVersion: 'test', ask: () => answer },
      signal: abort.signal,
      onState: (state) => {
        times[state.phase] ??= performance.now();
        if (state.phase === 'guidance' && state.instruction.id !== 'noFace') window.run.instructedAt ??= performance.now();
        if (state.detector.stage === 'mesh') loaded();
        states.push(state);
      },
      ...rest,
    });
    window.run = { states, times, cancel: () => abort.abort(), result };
  }, options);
}

/**
 * How a verification went. `times`: when each phase was first entered, milliseconds on the page's clock. `instructedAt`: when the first
 * instruction came that a face was seen for; before any frame was looked at the engine says `noFace`.
 */
export interface VerificationRun {
  readonly result: VerifyResult;
  readonly states: readonly FlowState[];
  readonly times: Readonly<Partial<Record<FlowPhase, number>>>;
  readonly instructedAt?: number;
}

/** Runs a verification to its end. */
export async function runVerification(page: Page, options: VerificationOptions = {}): Promise<VerificationRun> {
  await startVerification(page, options);
  return page.evaluate(async () => {
    const result = await window.run.result;
    const { states, times, instructedAt } = window.run;
    return { result, states, times, ...(instructedAt !== undefined && { instructedAt }) };
  });
}

/** Waits for a phase; fails with the result when the run ends without it. */
export async function waitForPhase(page: Page, phase: FlowState['phase'], timeout = 60_000): Promise<void> {
  await page.waitForFunction((wanted) => window.run.states.some((state) => state.phase === wanted || state.phase === 'ended'), phase, { timeout, polling: 50 });
  const reached = await page.evaluate((wanted) => (window.run.states.some((state) => state.phase === wanted) ? true : window.run.states.at(-1)), phase);
  if (reached !== true) throw new Error(`the run ended before ${phase}: ${JSON.stringify(reached)}`);
}

/** Waits until an instruction is shown. @param afterStates guided states with the mesh there that do not count yet */
export async function waitForInstruction(page: Page, id: string, timeout = 60_000, afterStates = 0): Promise<void> {
  await page.waitForFunction(
    ({ wanted, skip }) => {
      const { states } = window.run;
      const guided = states.filter((state) => (state.phase === 'guidance' || state.phase === 'recording') && (skip === 0 || state.detector.stage === 'mesh'));
      return states.at(-1)?.phase === 'ended' || guided.slice(skip).some((state) => 'instruction' in state && state.instruction.id === wanted);
    },
    { wanted: id, skip: afterStates },
    { timeout, polling: 50 },
  );
  const seen = await page.evaluate(() => [...new Set(window.run.states.flatMap((state) => ('instruction' in state ? [state.instruction.id as string] : [])))]);
  if (!seen.includes(id)) throw new Error(`${id} was never shown; shown were ${seen.join(', ')}; last state ${JSON.stringify(await page.evaluate(() => window.run.states.at(-1)))}`);
}

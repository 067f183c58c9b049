import { preflight, type PreflightReport } from '../capture/index.js';
import { preflightDevices } from '../capture/preflight-devices.js';
import { within } from '../platform/deadline.js';
import { BURST_TYPE, recorderTypes } from '../capture/recorder-types.js';
import { describeError, success } from '../capture/result.js';
import { DEFAULT_LOCALE } from '../codes/core.js';
import { webPlatform } from '../platform/web.js';
import type { Substitution } from '../liveness/index.js';
import type { MediaPlatform } from '../platform/port.js';
import { follow } from '../platform/sleep.js';
import type { CaptureSession, ConsentRecord } from '../transport/protocol.js';
import { createBackend, type Backend } from './backend.js';
import { type Captured, type CaptureRunOptions, runCapture, type Phase } from './capture-run.js';
import { type ChannelRunOptions, handIn, offerChannels, resumeChannel, runChannel } from './channel-run.js';
import { checkOptions } from './check-options.js';
import { askConsent } from './consent.js';
import { containerObstacle, fitContainer } from './container.js';
import { createDetectorLoader } from './detector-loader.js';
import { openLiveSources } from './live-sources.js';
import { openSession } from './open-session.js';
import type { RiskContext, VerifyOptions } from './options.js';
import { guarded } from './page-functions.js';
import { createOutcomeWriter, type Ending } from './outcome.js';
import type { VerifyResult } from './result.js';
import type { FlowState } from './state.js';
import { submit } from './submit.js';
import { captureFile, FILE_CONTAINERS, isWorthFile, waysOf } from './file-instead.js';

/**
 * Carries one verification from consent to verdict: consent → preflight → session → camera → guidance and recording →
 * upload → verdict. Whatever happens, it resolves with a result, and by then every track, timer, listener and worker it
 * started is gone.
 *
 * @throws TypeError naming the option and the rule, before anything has started.
 */
export function verify(options: VerifyOptions): Promise<VerifyResult> {
  checkOptions(options);
  return run(options);
}

async function run(options: VerifyOptions): Promise<VerifyResult> {
  const { platform = webPlatform(), onState } = options;
  const outcome = createOutcomeWriter(options);
  const loader = createDetectorLoader({ assetBase: options.assetBase, detector: options.detector, platform });
  const stop = new AbortController();
  const cleanups: (() => void)[] = [() => loader.dispose()];

  let phase: Phase = { phase: 'consent' };
  const tell = guarded(platform, (state: FlowState) => onState?.(state), undefined);
  const emit = (next: Phase): void => {
    phase = next;
    tell({ ...phase, detector: loader.state, ...((backend.offline || loader.offline) && phase.phase !== 'ended' && { connection: 'offline' }) } as FlowState);
  };
  const backend = createBackend({ options, platform, signal: stop.signal, onConnection: () => emit(phase) });
  cleanups.push(loader.listen(() => emit(phase)));

  const cancel = (): void => stop.abort();
  const leave = (): void => {
    // Left on purpose: what comes back, from the vendor or with the "back" button, is waited for. What has come back goes on without the page.
    if (phase.phase === 'channel' || phase.phase === 'returned') return;
    // First: nothing asynchronous is sure to run any more.
    backend.abandon('page-hide');
    cancel();
  };
  options.signal?.addEventListener('abort', cancel);
  cleanups.push(() => options.signal?.removeEventListener('abort', cancel), platform.onPageHide(leave));
  if (options.signal?.aborted) cancel();

  let result: VerifyResult;
  try {
    const ended = await steps({ options, platform, loader, backend, signal: stop.signal, emit, cleanups, outcome });
    result = 'status' in ended ? ended : outcome.ended(ended);
  } catch (error) {
    result = outcome.ended({ ok: false, code: 'internal', detail: describeError(error) });
  }
  if (result.status === 'failed' || result.status === 'cancelled') backend.abandon(result.status);
  for (const cleanup of cleanups.reverse()) cleanup();
  emit({ phase: 'ended', result });
  return result;
}

interface Context {
  readonly options: VerifyOptions;
  readonly platform: MediaPlatform;
  readonly loader: ReturnType<typeof createDetectorLoader>;
  readonly backend: Backend;
  readonly signal: AbortSignal;
  readonly emit: (phase: Phase) => void;
  /** What to undo at the end, latest first. */
  readonly cleanups: (() => void)[];
  readonly outcome: ReturnType<typeof createOutcomeWriter>;
}

async function steps(context: Context): Promise<VerifyResult | Ending> {
  const { options, platform, loader, backend, signal, emit, cleanups, outcome } = context;
  const { locale = DEFAULT_LOCALE, channels = [] } = options;
  let risk: ReturnType<typeof collectRisk> | undefined;
  let latest: AbortController | undefined;

  const returned = signal.aborted ? undefined : resumeChannel(channels);
  const agreed = returned?.agreed;
  if (!returned && options.warmUp !== 'after-consent') loader.start();
  if (!agreed) emit({ phase: 'consent' });
  const consent = agreed ? success(agreed) : await askConsent({ consent: options.consent, locale, timeoutMs: options.consentTimeoutMs ?? 600_000, platform, signal });
  if (!consent.ok) return consent;
  if (returned) return handIn(returned.delivery, channelRun(context, consent.value, backend.connect()));
  loader.start();

  const report = preflight({ platform, ...waysOf(options) });
  emit({ phase: 'preflight', report });
  const blind = loader.failure && { ok: false as const, ...loader.failure };
  // A file needs no detector.
  const isFile = report.rung === 'system-camera' || (report.rungs.includes('system-camera') && blind !== undefined && isWorthFile(blind));
  const obstacle = report.checks.find(({ status }) => status === 'fail');
  const failure = obstacle ? { code: obstacle.code ?? 'unsupported-browser', detail: obstacle.detail } : isFile ? undefined : blind ?? (await cameraObstacle(context, report));
  // A browser that cannot record may do for a vendor, and the other way round.
  const { offered, declined } = offerChannels(channels);
  const end = failure && (declined ?? failure);
  if (end && offered.length === 0) return { ok: false, code: end.code, detail: end.detail };
  const ways = [...(failure ? [] : ['capture']), ...offered];

  const client = backend.connect();
  const ask = (evidence: 'live' | 'file', channels: readonly string[], withheld?: readonly Substitution[]): ReturnType<typeof openSession> =>
    openSession({
      client,
      request: { consent: consent.value, containers: evidence === 'file' ? FILE_CONTAINERS : [...recorderTypes(platform), BURST_TYPE], locale, ...(channels.length > 0 && { channels }) },
      options,
      only: evidence === 'file' ? 'silent' : undefined,
      withheld,
      platform,
      signal,
      emit,
    });
  const opened = await ask(isFile ? 'file' : 'live', offered.length > 0 ? ways : []);
  if (!opened.ok) return opened;
  const { session, substitutions, kinds } = opened;
  if (session.channel !== 'capture') {
    loader.dispose();
    return runChannel(channels, session, channelRun(context, consent.value, client));
  }

  const collect = (camera: RiskContext['camera']): void => {
    // Of a camera that nobody looks through any more.
    latest?.abort();
    const [own] = follow([signal], platform);
    latest = own;
    cleanups.push(() => own.abort());
    risk = collectRisk({ ...context, signal: own.signal }, consent.value, camera);
  };
  const live = isFile ? (report.rung === 'system-camera' || !blind ? cameraMissing(report) : blind) : await captureLive(context, { session, kinds }, collect);
  const evidence = live.ok ? { ok: true as const, session, substitutions, captured: live } : await captureFile({ ...context, reason: live, report, session, substitutions, reopen: () => ask('file', offered.length > 0 ? ['capture'] : [], substitutions) });
  loader.dispose();
  if (!evidence.ok) return evidence;
  risk ??= collectRisk(context, consent.value);
  return submit({ ...evidence, client, consent: consent.value, risk: await risk, verdictTimeoutMs: options.verdictTimeoutMs ?? 60_000, platform, signal, emit, outcome });
}

/** Why the page will get no camera, where the browser knows before anybody is asked, and before a session is opened for it. */
async function cameraObstacle({ options, platform, signal, emit }: Context, report: PreflightReport): Promise<Ending | undefined> {
  if (options.stream) return undefined;
  const devices = await preflightDevices({ platform, signal });
  const { camera } = devices;
  const code = camera === 'camera-denied' || camera === 'camera-absent' ? camera : undefined;
  const detail = code === undefined ? camera : code === 'camera-denied' ? 'this page was refused the camera before' : 'the browser lists devices, and no camera among them';
  const check = { id: 'devices', status: code ? 'fail' : 'ok', ...(code && { code }), detail } as const;
  emit({ phase: 'preflight', report: { ...report, ...(code && { status: 'fail' }), checks: [...report.checks, check], devices } });
  return code && { ok: false, code, detail };
}

/** What keeps the page from a camera, where only a file is left. */
function cameraMissing({ checks }: PreflightReport): Ending {
  const missing = checks.find(({ status, code }) => status === 'warn' && code);
  return { ok: false, code: missing?.code ?? 'unsupported-browser', detail: missing?.detail ?? '' };
}

/** Camera, guidance and recording, and what is made of it where the backend takes another container. */
async function captureLive(context: Context, { session, kinds }: Pick<CaptureRunOptions, 'kinds'> & { readonly session: CaptureSession }, collect: (camera: RiskContext['camera']) => unknown): Promise<Captured | Ending> {
  const { options, platform, loader, signal, emit, cleanups } = context;
  const { onCamera } = options;
  const obstacle = containerObstacle(session, platform);
  if (obstacle) return obstacle;
  const sound = session.challenge.type === 'digits' ? 'microphone' : 'none';
  const opening = await openLiveSources({ platform, options: onCamera ? { ...options, onCamera: guarded(platform, onCamera, undefined) } : options, limits: session.limits, sound, signal, emit });
  if (!opening.ok) return opening;
  const sources = opening.value;
  cleanups.push(() => sources.stop());

  let seen: MediaStreamTrack | undefined;
  const { profile, thresholds, timing, retries, cannot } = options;
  const captured = await runCapture({
    platform,
    sources,
    // Beside the guidance: by the time the person has been recorded it is there. What was read of one camera says nothing of the next.
    onLook() {
      const { track, requested } = sources.camera;
      if (track !== seen) collect({ track: (seen = track), video: options.video, requested });
    },
    assetBase: options.assetBase,
    isSpeaking: guarded(platform, () => options.isSpeaking?.() ?? false, false),
    onObservation: options.onObservation,
    loader,
    session,
    kinds,
    engine: { ...(profile && { profile }), ...(thresholds && { thresholds }), ...(timing && { timing }), ...(retries !== undefined && { retries }), ...(cannot?.some((word) => word === 'see' || word === 'blink') && { eyesMayBeShut: true }) },
    signal,
    emit,
  });
  // The person is done: the camera's light goes off before the upload begins.
  sources.stop();
  if (!captured.ok) return captured;
  const fitted = await fitContainer({ recording: captured.recording, source: 'recorder', session, assetBase: options.assetBase, platform, signal, emit });
  return fitted.ok ? { ...captured, recording: fitted.recording, fallbacks: [...captured.fallbacks, ...fitted.fallbacks] } : fitted;
}

function channelRun(context: Context, consent: ConsentRecord, client: ChannelRunOptions['client']): ChannelRunOptions {
  const { options, platform, signal, emit, outcome } = context;
  return { client, consent, platform, signal, emit, outcome, verdictTimeoutMs: options.verdictTimeoutMs ?? 60_000, collectRisk: () => collectRisk(context, consent) };
}

/** The collector has a deadline of its own; this bounds an integrator's that has none. */
const RISK_MS = 10_000;

/** A report that cannot be collected is missing, not fatal: what to make of that is the server's business. */
async function collectRisk({ options: { collectRisk: collect }, platform, signal }: Context, consent: ConsentRecord, camera?: RiskContext['camera']): Promise<Readonly<Record<string, unknown>> | undefined> {
  if (!collect) return undefined;
  const report = await within((async () => collect({ signal, consent, ...(camera && { camera }) }))(), { platform, timeoutMs: RISK_MS, signal });
  if (report.kind === 'value') return { ...report.value };
  return { error: report.kind === 'error' ? describeError(report.error) : report.kind };
}

import type { ClientCode } from '../codes/client-codes.js';
import type { Primitives } from '../platform/port.js';
import { follow, sleep } from '../platform/sleep.js';
import { webPlatform } from '../platform/web.js';
import { digesterOf, toHex } from './chain.js';
import type { Bytes } from './chain.js';
import type { BackendClient } from './client.js';
import { failure } from './failure.js';
import type { BackendFailure } from './failure.js';
import type { ManifestPart, CaptureSession } from './protocol.js';
import { OFFLINE_LOOK_MS } from './send.js';
import type { SendPlatform } from './send.js';

/** Options of {@link uploadParts}. */
export interface UploadPartsOptions {
  readonly client: Pick<BackendClient, 'putPart' | 'state'>;
  readonly session: Pick<CaptureSession, 'sessionId' | 'nonce' | 'limits'>;
  /** The recording in order, cut as the recorder cut it; parts are cut anew. */
  readonly chunks: readonly Bytes[];
  /** Sent behind the recording; left out where the session has no room for it. */
  readonly bestFrame?: Bytes;
  /** Parts on their way at once. Default 3: the line has work while answers are on their way back. */
  readonly concurrency?: number;
  /** Size aimed at, within the session's limits. Default 262,144: small enough that a retry costs little. */
  readonly partBytes?: number;
  /** Rounds in all; after a failed one the backend is asked what it has. Default 3. */
  readonly rounds?: number;
  /** Milliseconds for the whole upload; those without a network do not count. Default 180,000. */
  readonly deadlineMs?: number;
  /** Ask the backend first what it has of this very recording, from an upload that broke off. Default false. */
  readonly resume?: boolean;
  /** Called with every part, and while its bytes go out where that can be seen. `sentBytes` never goes back; `remainingMs` is an estimate from the time taken so far, where there is one. */
  readonly onProgress?: (progress: { readonly sentBytes: number; readonly totalBytes: number; readonly remainingMs?: number }) => void;
  /** Ends the upload with `cancelled`. */
  readonly signal?: AbortSignal;
  /** Default the page's; a mini-program's is `miniProgramPlatform(wx)`. */
  readonly platform?: SendPlatform & Partial<Pick<Primitives, 'sha256'>>;
}

/** What the manifest says of the video, once every part is with the backend. */
export interface UploadedParts {
  readonly ok: true;
  readonly bytes: number;
  readonly parts: readonly ManifestPart[];
  /** Empty where there is no best frame, or it was left out. */
  readonly bestFrameParts: readonly ManifestPart[];
}

interface Piece {
  readonly index: number;
  readonly content: Bytes;
  /** Hex. The first part does not wait for the last one's. */
  readonly digest: Promise<string>;
}

/**
 * Uploads a recording in parts, each with its digest, some at a time, and goes on after a failure with what is missing.
 * A recording over the session's `maxBytes` is not sent at all: the backend answers its manifest with the code for it.
 */
export async function uploadParts(options: UploadPartsOptions): Promise<UploadedParts | BackendFailure> {
  const { session, chunks, partBytes = 262_144, rounds = 3, deadlineMs = 180_000, platform = webPlatform() } = options;
  const digester = digesterOf(platform);
  if (!digester) return failure('insecure-context', 'upload: WebCrypto is missing');
  const { maxBytes, maxPartBytes, maxParts } = session.limits;
  const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const { bestFrame = new Uint8Array() } = options;
  const size = Math.min(maxPartBytes, Math.max(partBytes, Math.ceil((bytes + bestFrame.length) / maxParts)));
  const picture = cut([bestFrame], size, 0);
  const video = cut(chunks, size, maxParts - picture.length);
  const hasRoom = bytes + bestFrame.length <= maxBytes && video.length + picture.length <= maxParts;
  const pieces = [...video, ...(hasRoom ? picture : [])].map((content, index): Piece => ({ index, content, digest: digester(content).then(toHex) }));
  const finish = async (): Promise<UploadedParts> => {
    const parts = await Promise.all(pieces.map(async ({ index, content, digest }): Promise<ManifestPart> => ({ index, bytes: content.length, digest: await digest })));
    return { ok: true, bytes, parts: parts.slice(0, video.length), bestFrameParts: parts.slice(video.length) };
  };
  if (bytes > maxBytes) return finish();

  const [controller, unfollow] = follow(options.signal ? [options.signal] : [], platform);
  void countDown(deadlineMs, platform, controller);
  try {
    const ended = await uploadRounds({ ...options, signal: controller.signal }, pieces, rounds);
    if (ended === undefined) return await finish();
    return ended.code === 'cancelled' && options.signal?.aborted !== true ? failure('upload-failed', `upload: not finished within ${deadlineMs} ms`, { transient: true }) : ended;
  } finally {
    controller.abort();
    unfollow();
  }
}

/** Aborts after so many milliseconds with a network: an outage is not the line's slowness, and each part waits it out. */
async function countDown(ms: number, platform: SendPlatform, controller: AbortController): Promise<void> {
  for (let left = ms; left > 0; ) {
    const began = platform.now();
    if (await sleep(Math.min(left, OFFLINE_LOOK_MS), platform, [controller.signal])) return;
    if (platform.isOnline?.() !== false) left -= platform.now() - began;
  }
  controller.abort();
}

async function uploadRounds(options: UploadPartsOptions & { readonly signal: AbortSignal }, pieces: readonly Piece[], rounds: number): Promise<BackendFailure | undefined> {
  const { client, session, signal, platform = webPlatform(), concurrency = 3 } = options;
  const sizeOf = (some: readonly Piece[]): number => some.reduce((sum, { content }) => sum + content.length, 0);
  const totalBytes = sizeOf(pieces);
  let missing = pieces;
  /** Bytes of missing parts that are on their way, by index. */
  const onTheWay = new Map<number, number>();
  let reported = 0;
  const began = platform.now();
  // Whatever was there before took none of this upload's time.
  let resumed = 0;
  const report = (): void => {
    // Parts in flight twice, or forgotten by the backend, must not show as progress made or lost.
    const sent = totalBytes - sizeOf(missing) + missing.reduce((sum, { index }) => sum + (onTheWay.get(index) ?? 0), 0);
    if (sent <= reported) return;
    reported = sent;
    const elapsed = platform.now() - began;
    const remainingMs = elapsed > 0 && reported > resumed ? Math.round((elapsed * (totalBytes - reported)) / (reported - resumed)) : undefined;
    options.onProgress?.({ sentBytes: reported, totalBytes, ...(remainingMs !== undefined && { remainingMs }) });
  };
  const askWhatIsThere = async (round: number): Promise<BackendFailure | undefined> => {
    const asked = await client.state(session.sessionId, { signal });
    if (!asked.ok) return asUploadFailure(asked);
    const { state } = asked;
    if (state.state === 'expired') return failure('session-expired', 'upload: the session has expired');
    if (state.state !== 'open') return failure('session-used', `upload: the session is ${state.state}`);
    const digests = await Promise.all(pieces.map(({ digest }) => digest));
    missing = pieces.filter(({ index }) => !state.parts.some((part) => part.index === index && part.digest === digests[index]));
    if (round === 0) resumed = totalBytes - sizeOf(missing);
    // A part may have arrived although its answer was lost.
    report();
    return undefined;
  };
  if (options.resume) {
    const obstacle = await askWhatIsThere(0);
    if (obstacle) return obstacle;
  }
  for (let round = 1; ; round++) {
    const left = [...missing];
    const [stop, unfollow] = follow([signal], platform);
    let failed: BackendFailure | undefined;
    const work = async (): Promise<void> => {
      for (let piece = left.shift(); piece && !failed; piece = left.shift()) {
        const { index, content, digest } = piece;
        const onProgress = (bytes: number): void => {
          onTheWay.set(index, bytes);
          report();
        };
        const put = await client.putPart(session, index, content, onProgress, { signal: stop.signal, digest: await digest });
        onTheWay.delete(index);
        if (!put.ok) {
          failed ??= put;
          return stop.abort();
        }
        missing = missing.filter((each) => each.index !== index);
        report();
      }
    };
    await Promise.all(Array.from({ length: Math.max(1, concurrency) }, work));
    unfollow();
    if (!failed) return undefined;
    // A network that was waited for in vain is not waited for once more. Bytes that were damaged on their way are here, whole.
    const again = failed.transient ? failed.code !== 'offline' : /:digest-mismatch|:part-truncated/.test(failed.problem?.type ?? '');
    if (signal.aborted || !again || round >= rounds) return asUploadFailure(failed);

    const obstacle = await askWhatIsThere(round);
    if (obstacle) return obstacle;
  }
}

const NAMED: readonly ClientCode[] = ['cancelled', 'offline', 'session-expired', 'session-used', 'insecure-context'];

/** Whatever is not the session's own end, the person's or one with a name of its own is a failed upload. */
function asUploadFailure(cause: BackendFailure): BackendFailure {
  return NAMED.includes(cause.code) ? cause : { ...cause, code: 'upload-failed', detail: `upload: ${cause.detail}` };
}

/**
 * The same bytes in pieces of `size`, the last one shorter, and the first two of a third and two thirds of it where the number
 * allows: parts that begin together and are of one size end together, and the line has nothing to do until all are answered.
 */
function cut(chunks: readonly Bytes[], size: number, maxParts: number): Bytes[] {
  const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  const pieces: Bytes[] = [];
  const shifted = whole.length / size + 1 <= maxParts;
  for (let start = 0, end; start < whole.length; start = end) {
    end = start + (shifted && pieces.length < 2 ? Math.ceil((size * (pieces.length + 1)) / 3) : size);
    pieces.push(whole.subarray(start, end));
  }
  return pieces;
}

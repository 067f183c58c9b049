import type { BestFrame } from '../capture/best-frame.js';
import type { Substitution } from '../liveness/index.js';
import type { BackendClient } from '../transport/client.js';
import { chainOf, digestOf } from '../transport/chain.js';
import { uploadParts, type UploadedParts } from '../transport/parts.js';
import type { CaptureSession, ConsentRecord, Manifest, ManifestBestFrame } from '../transport/protocol.js';
import type { Captured, Phase } from './capture-run.js';
import { conclude } from './conclude.js';
import type { OutcomeWriter } from './outcome.js';
import type { VerifyResult } from './result.js';
import type { MediaPlatform } from '../platform/port.js';

/** What {@link submit} works with. */
export interface SubmitOptions {
  readonly client: BackendClient;
  readonly session: CaptureSession;
  readonly captured: Captured;
  readonly consent: ConsentRecord;
  readonly substitutions: readonly Substitution[];
  readonly risk: Readonly<Record<string, unknown>> | undefined;
  readonly verdictTimeoutMs: number;
  readonly platform: MediaPlatform;
  readonly signal: AbortSignal;
  readonly emit: (phase: Phase) => void;
  readonly outcome: OutcomeWriter;
}

/** Uploads the evidence, hands it in and waits for the verdict. */
export async function submit(options: SubmitOptions): Promise<VerifyResult> {
  const { client, session, captured, consent, risk, platform, signal, emit } = options;
  const { recording, bestFrame } = captured;
  const read = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());
  const chunks = await Promise.all(recording.chunks.map(read));
  const picture = bestFrame && (await read(bestFrame.blob));
  const handIn = async (key?: string): ReturnType<BackendClient['submit']> => {
    if (!key) emit({ phase: 'uploading', sentBytes: 0, totalBytes: recording.bytes + (picture?.length ?? 0) });
    const uploaded = await uploadParts({ client, session, chunks, ...(picture && { bestFrame: picture }), resume: !!key, signal, platform, onProgress: (progress) => emit({ phase: 'uploading', ...progress }) });
    // What was lost of it was a part: there has been no submission.
    if (!uploaded.ok) return { ...uploaded, lost: false };
    emit({ phase: 'verdict' });
    const manifest = await describeEvidence(options, uploaded);
    return client.submit(session.sessionId, { manifest, consent, ...(risk && { risk }) }, { signal, ...(key && { key }) });
  };

  const answer = await handIn();
  // Refused, it has used nothing up. Once: a backend that goes on losing parts is not to be waited for.
  const lost = !answer.ok && answer.problem?.type.endsWith(':part-missing');
  return conclude(lost ? await handIn(`${session.sessionId}-again`) : answer, { ...options, sessionId: session.sessionId });
}

async function describeEvidence(
  { session, captured: { recording, timeline, record, camera, size, fallbacks, bestFrame }, consent, substitutions }: SubmitOptions,
  { bytes, parts, bestFrameParts }: UploadedParts,
): Promise<Manifest> {
  const { frameRate, facingMode, synthetic } = camera;
  const { mediaType, durationMs, frames } = recording;
  const manifest: Omit<Manifest, 'chain'> = {
    version: 1,
    sessionId: session.sessionId,
    nonce: session.nonce,
    challenge: session.challenge,
    consentDigest: await digestOf(consent),
    video: { mediaType, bytes, durationMs: Math.round(durationMs), parts, ...(frames && { frames }) },
    ...(bestFrame && bestFrameParts.length > 0 && { bestFrame: describeBestFrame(bestFrame, bestFrameParts) }),
    timeline,
    camera: { width: size.width, height: size.height, synthetic, ...(frameRate !== undefined && { frameRate }), ...(facingMode !== undefined && { facingMode }) },
    fallbacks,
    record,
    ...(substitutions.length > 0 && { substitutions }),
  };
  return { ...manifest, chain: await chainOf(manifest) };
}

function describeBestFrame({ blob, at, width, height, score }: BestFrame, parts: ManifestBestFrame['parts']): ManifestBestFrame {
  return { mediaType: 'image/jpeg', bytes: blob.size, at, width, height, score, parts };
}

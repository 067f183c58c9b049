import type { Substitution } from '../liveness/index.js';
import type { BackendClient } from '../transport/client.js';
import { uploadParts } from '../transport/parts.js';
import type { ConsentRecord, Manifest, CaptureSession } from '../transport/protocol.js';
import type { Captured, Phase } from './capture-run.js';
import { conclude } from './conclude.js';
import { endingOf, type OutcomeWriter } from './outcome.js';
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
  const { client, session, captured, consent, risk, platform, signal, emit, outcome } = options;
  const { recording } = captured;
  const chunks = await Promise.all(recording.chunks.map(async (chunk) => new Uint8Array(await chunk.arrayBuffer())));
  emit({ phase: 'uploading', sentBytes: 0, totalBytes: recording.bytes });
  const uploaded = await uploadParts({ client, session, chunks, signal, platform, onProgress: (progress) => emit({ phase: 'uploading', ...progress }) });
  if (!uploaded.ok) return outcome.ended(endingOf(uploaded));

  emit({ phase: 'verdict' });
  const { bytes, parts, chain } = uploaded;
  const manifest = describeEvidence(options, { bytes, parts, chain });
  const answer = await client.submit(session.sessionId, { manifest, consent, ...(risk && { risk }) }, { signal });
  return conclude(answer, options);
}

function describeEvidence(
  { session, captured: { recording, timeline, record, camera, size, fallbacks }, substitutions }: SubmitOptions,
  { bytes, parts, chain }: { readonly bytes: number; readonly parts: Manifest['video']['parts']; readonly chain: string },
): Manifest {
  const { frameRate, facingMode, synthetic } = camera;
  return {
    version: 1,
    sessionId: session.sessionId,
    nonce: session.nonce,
    challenge: session.challenge,
    video: { mediaType: recording.mediaType, bytes, durationMs: Math.round(recording.durationMs), parts },
    timeline,
    camera: { width: size.width, height: size.height, synthetic, ...(frameRate !== undefined && { frameRate }), ...(facingMode !== undefined && { facingMode }) },
    fallbacks,
    record,
    ...(substitutions.length > 0 && { substitutions }),
    chain,
  };
}

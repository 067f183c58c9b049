import type { Bytes } from '../../src/transport/chain.js';
import type { CaptureSession, Manifest, ManifestBestFrame, ManifestFrame, SubmissionRequest } from '../../src/transport/protocol.js';
import { burst, picture, recording } from './recordings.js';
import { TIMELINE, listed, openSession, pieces, postJson, putPart, submissionFor } from './service.js';
import type { Answer, Service } from './service.js';

/** What a client has when the person is done. */
export interface Capture {
  readonly mediaType: string;
  readonly video: Bytes;
  readonly durationMs: number;
  readonly frames?: readonly ManifestFrame[];
  readonly bestFrame?: { readonly bytes: Bytes; readonly at: number; readonly width: number; readonly height: number };
  /** Where it is cut. Default every 100,000 bytes. */
  readonly partBytes?: number;
}

/** A silent run of 3 s with a best frame. */
export async function soundCapture(): Promise<Capture> {
  return { mediaType: 'video/webm;codecs=vp8', video: await recording(), durationMs: 3000, bestFrame: { bytes: await picture(), at: 1000, width: 640, height: 512 } };
}

/** The same as a burst. */
export async function burstCapture(pictures?: readonly Bytes[]): Promise<Capture> {
  const own = pictures ?? (await burst());
  return {
    mediaType: 'video/x-motion-jpeg',
    video: Uint8Array.from(own.flatMap((each) => [...each])),
    durationMs: own.length * 100 + 30,
    frames: own.map(({ length }, index) => ({ at: index * 100, bytes: length })),
  };
}

/** The parts of a capture: the video's, and behind them the best frame's. */
export function partsOf({ video, bestFrame, partBytes = 100_000 }: Capture): { readonly video: readonly Bytes[]; readonly bestFrame: readonly Bytes[] } {
  return { video: pieces(video, partBytes), bestFrame: bestFrame ? pieces(bestFrame.bytes, partBytes) : [] };
}

/** What a client submits of a capture; with changes, under the chain of what they make of it. */
export async function submissionOfCapture(session: CaptureSession, capture: Capture, changes: (manifest: Manifest) => Partial<Manifest> = () => ({})): Promise<SubmissionRequest> {
  const { mediaType, durationMs, frames, bestFrame } = capture;
  const parts = partsOf(capture);
  const video = { mediaType, bytes: capture.video.length, durationMs, parts: await Promise.all(parts.video.map(listed)), ...(frames && { frames }) };
  const best: ManifestBestFrame | undefined = bestFrame && {
    mediaType: 'image/jpeg',
    bytes: bestFrame.bytes.length,
    at: bestFrame.at,
    width: bestFrame.width,
    height: bestFrame.height,
    score: { sharpness: 64.5, yaw: -2, pitch: 1.5, roll: 0, eyeOpenness: 0.31 },
    parts: await Promise.all(parts.bestFrame.map((part, index) => listed(part, parts.video.length + index))),
  };
  const { manifest } = await submissionFor(session, [], { video, timeline: TIMELINE, fallbacks: frames ? ['evidence:jpeg-burst'] : [], ...(best && { bestFrame: best }) });
  return submissionFor(session, [], { ...manifest, ...changes(manifest) });
}

/** Uploads what is given, in place of the capture's own parts where it is. */
export async function upload(service: Service, { sessionId }: CaptureSession, parts: readonly (Bytes | undefined)[]): Promise<void> {
  for (const [index, part] of parts.entries()) {
    const put = part && (await putPart(service, sessionId, index, part));
    if (put && put.status !== 204) throw new Error(`part ${index}: ${put.status} ${JSON.stringify(put.body)}`);
  }
}

/** A whole verification of a capture: opens, uploads, submits. */
export async function handIn(service: Service, capture: Capture, changes: (manifest: Manifest) => Partial<Manifest> = () => ({})): Promise<{ readonly session: CaptureSession; readonly submission: SubmissionRequest; readonly answer: Answer }> {
  const session = await openSession(service);
  const { video, bestFrame } = partsOf(capture);
  await upload(service, session, [...video, ...bestFrame]);
  const submission = await submissionOfCapture(session, capture, changes);
  return { session, submission, answer: await submitTo(service, session, submission) };
}

/** Posts a submission. */
export function submitTo(service: Service, { sessionId }: CaptureSession, submission: SubmissionRequest, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return postJson(service, `sessions/${sessionId}/submission`, submission, headers);
}

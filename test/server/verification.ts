import type { BackendFailure } from '../../src/transport/failure.js';
import { uploadParts } from '../../src/transport/index.js';
import type { BackendClient, CaptureSession, SessionResponse, SubmissionRequest, UploadPartsOptions, VerdictResponse } from '../../src/transport/index.js';
import type { Bytes } from '../../src/transport/chain.js';
import { CONSENT, submissionOf } from './service.js';

/** What a verification came to. */
export type Ended = { readonly ok: true; readonly session: CaptureSession; readonly submission: SubmissionRequest; readonly response: VerdictResponse } | BackendFailure;

/** The session, which no channel was offered for. */
export function captureOf(session: SessionResponse): CaptureSession {
  if (session.channel !== 'capture') throw new Error(`the server chose ${session.channel}`);
  return session;
}

/** A whole verification through the real client, from session to verdict, without a camera. */
export async function verifyThrough(client: BackendClient, video: Bytes, partBytes = 40_000, platform?: UploadPartsOptions['platform']): Promise<Ended> {
  const created = await client.createSession({ consent: CONSENT, challenges: ['silent'], containers: ['video/webm;codecs=vp8'], locale: 'zh-CN' });
  if (!created.ok) return created;
  const session = captureOf(created.session);
  const uploaded = await uploadParts({ client, session, chunks: [video], partBytes, ...(platform && { platform }) });
  if (!uploaded.ok) return uploaded;
  const submission = await submissionOf(session, uploaded);
  const answer = await client.submit(session.sessionId, submission);
  if (!answer.ok) return answer;
  const verdict = answer.response.state === 'decided' ? { ok: true as const, response: answer.response } : await client.awaitVerdict(session.sessionId, { intervalMs: 300, deadlineMs: 60_000 });
  return verdict.ok ? { ok: true, session, submission, response: verdict.response } : verdict;
}

/** Runs jobs, so many at a time. */
export async function inParallel<T>(count: number, atOnce: number, job: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) results[index] = await job(index);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}

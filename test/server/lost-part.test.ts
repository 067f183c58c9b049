import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Phase } from '../../src/flow/capture-run.js';
import { createOutcomeWriter } from '../../src/flow/outcome.js';
import { submit } from '../../src/flow/submit.js';
import { webPlatform } from '../../src/platform/web.js';
import { createMemoryEvidenceStore, createMemorySessionStore } from '../../src/server/index.js';
import type { SessionStore } from '../../src/server/index.js';
import type { Bytes } from '../../src/transport/chain.js';
import { createBackendClient } from '../../src/transport/index.js';
import { recording } from './recordings.js';
import { CONSENT, openSession, startService, TIMELINE } from './service.js';
import type { Fault, Service } from './service.js';

let video: Bytes;
beforeAll(async () => {
  video = await recording();
});
let service: Service | undefined;
afterEach(async () => {
  await service?.close();
  service = undefined;
});

/** A backend that loses part 1 of a session whenever `lose` says so, bytes and note alike. */
function losing(lose: () => boolean) {
  const evidence = createMemoryEvidenceStore();
  const inner = createMemorySessionStore();
  const lost = new Set<string>();
  const sessions: SessionStore = {
    ...inner,
    async readSession(sessionId, now) {
      const stored = await inner.readSession(sessionId, now);
      if (stored === undefined || !lost.has(sessionId)) return stored;
      return { ...stored, parts: stored.parts.filter(({ index }) => index !== 1) };
    },
    async claimPart(sessionId, part, now) {
      if (part.index === 1) lost.delete(sessionId);
      return inner.claimPart(sessionId, part, now);
    },
  };
  const fault: Fault = async (request, next) => {
    const [, sessionId] = /sessions\/([^/]+)\/submission$/.exec(new URL(request.url).pathname) ?? [];
    if (sessionId !== undefined && lose()) {
      lost.add(sessionId);
      for (const part of (await inner.readSession(sessionId, Date.now()))?.parts ?? []) if (part.index === 1) await evidence.deletePart(sessionId, part);
    }
    return next(request);
  };
  return { options: { evidence, sessions }, fault };
}

/** The evidence of a session handed in, as the flow does once the person has been recorded. */
async function handIn(lose: () => boolean) {
  const requests: { readonly what: string; readonly key: string | null; readonly status: number }[] = [];
  const { options, fault } = losing(lose);
  const started = (service = await startService(options, async (request, next, hangUp) => {
    const answer = await fault(request, next, hangUp);
    requests.push({ what: `${request.method} ${new URL(request.url).pathname.split('/').slice(5).join('/')}`, key: request.headers.get('idempotency-key'), status: answer.status });
    return answer;
  }));
  const session = await openSession(started);
  const phases: Phase[] = [];
  const result = await submit({
    client: createBackendClient({ endpoint: started.endpoint }),
    session,
    captured: {
      ok: true,
      recording: { chunks: [new Blob([video])], mediaType: 'video/webm;codecs=vp8', durationMs: 3000, bytes: video.length, endedBy: 'stopped' },
      timeline: TIMELINE,
      record: { type: 'silent' },
      camera: { synthetic: false, frameRate: 30 } as never,
      size: { width: 640, height: 480 },
      fallbacks: [],
    },
    consent: CONSENT,
    substitutions: [],
    risk: undefined,
    verdictTimeoutMs: 30_000,
    platform: webPlatform(),
    signal: new AbortController().signal,
    emit: (phase) => void phases.push(phase),
    outcome: createOutcomeWriter({ locale: 'en' }),
  });
  const submissions = requests.filter(({ what }) => what === 'POST submission');
  return { result, requests, submissions, phases, session };
}

describe('a part that the backend has lost when the submission comes', () => {
  it('is sent again, alone, and submitted anew', async () => {
    let times = 0;
    const { result, requests, submissions, phases } = await handIn(() => (times += 1) === 1);
    expect(result).toMatchObject({ status: 'finished', verdict: { decision: 'passed' } });
    expect(submissions.map(({ status }) => status)).toEqual([422, 200]);
    // Another submission, not the first one repeated: a backend may answer a known key with its first answer.
    expect(new Set(submissions.map(({ key }) => key)).size).toBe(2);
    const afterwards = requests.slice(requests.findIndex(({ what }) => what === 'POST submission') + 1).map(({ what }) => what);
    expect(afterwards).toEqual(['GET ', 'PUT parts/1', 'POST submission']);
    expect(phases.map(({ phase }) => phase).filter((phase, index, all) => phase !== all[index - 1])).toEqual(['uploading', 'verdict', 'uploading', 'verdict']);
  });

  it('every time ends the run, with the reason', async () => {
    const { result, submissions } = await handIn(() => true);
    expect(result).toMatchObject({ status: 'failed', code: { code: 'backend-rejected' }, detail: expect.stringContaining('part-missing') as string });
    expect(submissions.map(({ status }) => status)).toEqual([422, 422]);
  });
});

it('a part that is there is submitted once', async () => {
  const { result, submissions, session } = await handIn(() => false);
  expect(result).toMatchObject({ status: 'finished' });
  expect(submissions).toEqual([{ what: 'POST submission', key: session.sessionId, status: 200 }]);
});

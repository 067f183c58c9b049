import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bytes } from '../../src/transport/chain.js';
import type { VerdictResponse } from '../../src/transport/protocol.js';
import { recording, soundOnly } from './recordings.js';
import type { RecordingOptions } from './recordings.js';
import { TIMELINE, openSession, pieces, postJson, putPart, startService, submissionFor, verify } from './service.js';
import type { Service } from './service.js';

const code = (system: string, table: string, value: string) => ({ system, table, code: value });
const PASSED = { decision: 'passed', code: code('faceid-sdk', 'result', '0') };
const rejected = (reference: ReturnType<typeof code>) => ({ decision: 'rejected', code: reference });
const TOO_SHORT = rejected(code('faceid-wechat', 'liveness-silent', '1303'));
const TOO_SMALL = rejected(code('faceid-sdk', 'result', '-5015'));
const UNDECODABLE = rejected(code('faceid-sdk', 'result', '66660016'));
const EMPTY = rejected(code('faceid-sdk', 'result', '66664001'));
const OVER_SIZE = rejected(code('faceid-sdk', 'result', '400601'));

describe('evidence decides before any vendor is asked', () => {
  let service: Service;
  let asked = 0;
  beforeAll(async () => {
    service = await startService({
      vendor: {
        async decide({ evidence: { facts } }) {
          asked += 1;
          expect(facts.frames).toBeGreaterThanOrEqual(10);
          return { status: 'decided', ...PASSED, decision: 'passed' };
        },
      },
    });
  });
  afterAll(() => service.close());

  const verdictOf = async (bytes: Bytes, { container = 'webm', seconds = 3, width = 640, height = 512 }: RecordingOptions = {}): Promise<unknown> => {
    asked = 0;
    const described = { mediaType: container === 'webm' ? 'video/webm' : 'video/mp4', durationMs: Math.max(2400, seconds * 1000) };
    const timeline = [...TIMELINE.slice(0, -1), { at: Math.max(2200, described.durationMs - 250), event: 'state:done' }];
    const { answer, session } = await verify(service, bytes, {}, ({ video, camera }) => ({ video: { ...video, ...described }, camera: { ...camera, width, height }, timeline }));
    expect(answer.status).toBe(200);
    const body = answer.body as VerdictResponse;
    expect(body).toMatchObject({ sessionId: session.sessionId, state: 'decided', reference: expect.stringMatching(/^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}$/) as string });
    expect(asked).toBe(body.verdict.decision === 'passed' ? 1 : 0);
    return body.verdict;
  };

  const recordings: readonly [string, RecordingOptions, unknown][] = [
    ['a webm as MediaRecorder writes it', {}, PASSED],
    ['the other person', { from: 'cap12' }, PASSED],
    ['an mp4', { container: 'mp4' }, PASSED],
    ['a fragmented mp4', { container: 'fragmented-mp4' }, PASSED],
    ['exactly 2 s', { seconds: 2 }, PASSED],
    ['1.9 s', { seconds: 1.9 }, TOO_SHORT],
    ['1 s of mp4', { seconds: 1, container: 'mp4' }, TOO_SHORT],
    ['exactly 270 × 480', { width: 270, height: 480 }, PASSED],
    ['the same lying down', { width: 480, height: 270 }, PASSED],
    ['shorter side too short', { width: 268, height: 480 }, TOO_SMALL],
    ['longer side too short', { width: 478, height: 300 }, TOO_SMALL],
    ['5 frames a second, as a slow phone records', { seconds: 2, rate: 5 }, PASSED],
    ['2 frames a second', { rate: 2 }, UNDECODABLE],
    ['two frames, a second apart', { seconds: 2, rate: 1 }, UNDECODABLE],
    ['31 s, longer than the session takes', { seconds: 31, width: 480, height: 270 }, UNDECODABLE],
  ];
  it.each(recordings)('%s', async (_name, options, expected) => expect(await verdictOf(await recording(options), options)).toEqual(expected));

  it('sound without a picture', async () => expect(await verdictOf(await soundOnly())).toEqual(UNDECODABLE));

  it('text', async () => expect(await verdictOf(new TextEncoder().encode('This is not a video. '.repeat(500)))).toEqual(UNDECODABLE));

  it('the head of a webm without a frame', async () => expect(await verdictOf((await recording()).slice(0, 600))).toEqual(EMPTY));

  it('an mp4 whose frames are zeros', async () => {
    const zeros = await recording({ container: 'mp4' });
    expect(await verdictOf(zeros.fill(0, 3000), { container: 'mp4' })).toEqual(UNDECODABLE);
  });

  it('an mp4 cut in the middle is as long as what arrived of it', async () => {
    const whole = await recording({ container: 'mp4' });
    expect(await verdictOf(whole.slice(0, whole.length / 2), { container: 'mp4' })).toEqual(TOO_SHORT);
  });

  it('nothing recorded at all', async () => {
    const session = await openSession(service);
    const answer = await postJson(service, `sessions/${session.sessionId}/submission`, await submissionFor(session, []));
    expect(answer.status).toBe(200);
    expect((answer.body as VerdictResponse).verdict).toEqual(EMPTY);
  });

  it('over the size: refused by its manifest, with nothing uploaded', async () => {
    const session = await openSession(service);
    const digests = Array.from({ length: 9 }, (_, index) => String(index).repeat(64));
    const parts = digests.map((digest, index) => ({ index, bytes: 1_000_000, digest }));
    const submission = await submissionFor(session, [], {
      video: { mediaType: 'video/webm', bytes: 9_000_000, durationMs: 3000, parts },
    });
    const answer = await postJson(service, `sessions/${session.sessionId}/submission`, submission);
    expect((answer.body as VerdictResponse).verdict).toEqual(OVER_SIZE);
  });

  it('over the size: the part that crosses it is refused with the code', async () => {
    const session = await openSession(service);
    const [part = new Uint8Array()] = pieces(new Uint8Array(1_048_576).fill(1), 1_048_576);
    for (let index = 0; index < 8; index++) expect((await putPart(service, session.sessionId, index, part)).status).toBe(204);
    const crossing = await putPart(service, session.sessionId, 8, new Uint8Array(1).fill(1));
    expect(crossing).toMatchObject({ status: 413, body: { type: 'urn:facefront:problem:too-large', code: OVER_SIZE.code } });
  });
});

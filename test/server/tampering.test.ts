import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Evidence, LogEntry, VerdictEvent } from '../../src/server/index.js';
import { sha256 } from '../../src/transport/chain.js';
import type { Bytes } from '../../src/transport/chain.js';
import type { Manifest, SubmissionRequest } from '../../src/transport/protocol.js';
import { burstCapture, handIn, partsOf, soundCapture, submissionOfCapture, submitTo, upload } from './captures.js';
import type { Capture } from './captures.js';
import { burst, picture, recording } from './recordings.js';
import { PASSING, TIMELINE, contentDigest, openSession, problemOf, putPart, startService } from './service.js';
import type { Service } from './service.js';

/* Every way to tamper with evidence that the chain and the checks are there for, each beside the same thing untouched. */

const SPLICED = { decision: 'rejected', code: { system: 'faceid-sdk', table: 'result', code: '-15003' } };
const BAD_PICTURE = { decision: 'rejected', code: { system: 'faceid-sdk', table: 'result', code: '66660045' } };
const UNDECODABLE = { decision: 'rejected', code: { system: 'faceid-sdk', table: 'result', code: '66660016' } };

let service: Service;
let sound: Capture;
const seen: Evidence[] = [];
const verdicts: VerdictEvent[] = [];
beforeAll(async () => {
  sound = await soundCapture();
  service = await startService({
    vendor: { decide: async (question) => (seen.push(question.evidence), PASSING.decide(question)) },
    onVerdict: (event) => void verdicts.push(event),
  });
});
afterAll(() => service.close());

/** The same capture without a best frame. */
const plain = ({ mediaType, video, durationMs }: Capture = sound): Capture => ({ mediaType, video, durationMs });

/** Hands in what `tamper` makes of a sound submission: it must be refused, and the sound one taken behind it. */
async function refused(tamper: (submission: SubmissionRequest) => SubmissionRequest, capture = sound): Promise<ReturnType<typeof problemOf>> {
  const session = await openSession(service);
  const { video, bestFrame } = partsOf(capture);
  await upload(service, session, [...video, ...bestFrame]);
  const submission = await submissionOfCapture(session, capture);
  const answer = await submitTo(service, session, tamper(submission));
  expect(await submitTo(service, session, submission)).toMatchObject({ status: 200, body: { verdict: { decision: 'passed' } } });
  return problemOf(answer);
}

/** Hands in evidence whose chain is sound and which is not true: it must come to this verdict, with these findings, and no vendor be asked. */
async function rejected(capture: Capture, changes?: (manifest: Manifest) => Partial<Manifest>): Promise<{ readonly verdict: unknown; readonly findings: readonly string[] }> {
  seen.length = verdicts.length = 0;
  const from = service.log.length;
  const { answer, session } = await handIn(service, capture, changes);
  expect(answer).toMatchObject({ status: 200, body: { state: 'decided', verdict: { decision: 'rejected' } } });
  expect(seen).toEqual([]);
  expect(verdicts).toHaveLength(1);
  const findings = (verdicts[0]?.findings ?? []).map(({ field }) => field);
  expect(JSON.stringify(answer.body)).not.toContain('manifest');
  const logged = service.log.slice(from).find((entry: LogEntry) => entry.event === 'verdict');
  expect(logged?.fields ?? []).toEqual(findings);
  expect(JSON.stringify(logged)).not.toContain(session.nonce);
  return { verdict: (answer.body as { readonly verdict: unknown }).verdict, findings };
}

describe('untouched', () => {
  it('a video with its best frame passes, and the vendor sees both to the byte', async () => {
    seen.length = verdicts.length = 0;
    const { answer } = await handIn(service, sound);
    expect(answer).toMatchObject({ status: 200, body: { verdict: { decision: 'passed' } } });
    expect(Buffer.compare(seen[0]?.bytes ?? new Uint8Array(), sound.video)).toBe(0);
    expect(Buffer.compare(seen[0]?.bestFrame ?? new Uint8Array(), sound.bestFrame?.bytes ?? new Uint8Array())).toBe(0);
    expect(verdicts).toMatchObject([{ findings: [] }]);
  });

  it('a video without one passes, and the vendor is given none', async () => {
    seen.length = 0;
    expect((await handIn(service, plain())).answer).toMatchObject({ status: 200, body: { verdict: { decision: 'passed' } } });
    expect(seen[0]).not.toHaveProperty('bestFrame');
  });

  it('a burst passes, measured by its pictures and their times', async () => {
    seen.length = 0;
    const capture = await burstCapture();
    expect((await handIn(service, capture)).answer).toMatchObject({ status: 200, body: { verdict: { decision: 'passed' } } });
    const sizes = capture.frames?.map(({ bytes }) => bytes);
    expect(seen[0]?.facts).toEqual({ readable: true, bytes: capture.video.length, mediaType: 'video/x-motion-jpeg', codec: 'mjpeg', width: 640, height: 512, durationMs: 3000, frames: 30, longestGapMs: 100, pictures: sizes });
  });
});

describe('a part', () => {
  it('altered on its way is not taken', async () => {
    const session = await openSession(service);
    const [first = new Uint8Array()] = partsOf(sound).video;
    const altered = first.map((byte, index) => (index === 500 ? byte ^ 1 : byte));
    const put = (body: Bytes) => contentDigest(first).then((digest) => service.send('PUT', `sessions/${session.sessionId}/parts/0`, { headers: { 'content-digest': digest }, body }));
    expect(problemOf(await put(altered))).toMatchObject({ status: 422, name: 'digest-mismatch' });
    expect((await put(first)).status).toBe(204);
  });

  /** Uploads other parts than the manifest tells of. */
  const uploaded = async (change: (parts: readonly Bytes[]) => readonly (Bytes | undefined)[]): Promise<ReturnType<typeof problemOf>> => {
    const session = await openSession(service);
    const { video, bestFrame } = partsOf(sound);
    await upload(service, session, change([...video, ...bestFrame]));
    return problemOf(await submitTo(service, session, await submissionOfCapture(session, sound)));
  };

  it('altered before it was sent is named', async () => {
    const altered = (part: Bytes): Bytes => part.map((byte, index) => (index === 500 ? byte ^ 1 : byte));
    expect(await uploaded((parts) => parts.map((part, index) => (index === 1 ? altered(part) : part)))).toMatchObject({ status: 422, name: 'manifest-mismatch', fields: ['manifest.video.parts[1].digest'] });
  });

  it('dropped is named, whether it did not arrive or is not listed', async () => {
    expect(await uploaded((parts) => parts.map((part, index) => (index === 1 ? undefined : part)))).toMatchObject({ status: 422, name: 'part-missing', fields: ['manifest.video.parts[1]'] });
    expect(await uploaded((parts) => [...parts, new Uint8Array(2000).fill(7)])).toMatchObject({ status: 422, name: 'manifest-mismatch', fields: ['manifest.video.parts'] });
  });

  it('reordered is named, whether it was sent or is listed in another place', async () => {
    const problem = await uploaded(([first, second, ...rest]) => [second, first, ...rest]);
    expect(problem).toMatchObject({ status: 422, name: 'manifest-mismatch', fields: ['manifest.video.parts[0].digest', 'manifest.video.parts[1].digest'] });
    const listed = await refused(({ manifest: { video, ...manifest }, ...rest }) => ({ ...rest, manifest: { ...manifest, video: { ...video, parts: [...video.parts.slice(0, 2).reverse(), ...video.parts.slice(2)] } } }));
    expect(listed).toMatchObject({ status: 422, name: 'manifest-mismatch', fields: ['manifest.video.parts[0].index', 'manifest.video.parts[1].index', 'manifest.chain'] });
  });

  it('altered together with its digest is told by the chain', async () => {
    const session = await openSession(service);
    const { video, bestFrame } = partsOf(sound);
    const altered = (video[1] as Bytes).map((byte, index) => (index === 500 ? byte ^ 1 : byte));
    await upload(service, session, [...video.slice(0, 1), altered, ...video.slice(2), ...bestFrame]);
    const { manifest, consent } = await submissionOfCapture(session, sound);
    const digest = Buffer.from(await sha256(altered)).toString('hex');
    const parts = manifest.video.parts.map((part, index) => (index === 1 ? { ...part, digest } : part));
    expect(problemOf(await submitTo(service, session, { consent, manifest: { ...manifest, video: { ...manifest.video, parts } } }))).toMatchObject({ status: 422, name: 'manifest-mismatch', fields: ['manifest.chain'] });
  });

  it('replayed from another session is named: with that session’s manifest, with its own, and cut at another place', async () => {
    const careful = await startService({ replayRetentionMs: 60_000, onVerdict: (event) => void verdicts.push(event) });
    const capture = plain();
    const first = await handIn(careful, capture);
    expect(first.answer).toMatchObject({ status: 200, body: { verdict: { decision: 'passed' } } });
    const session = await openSession(careful);
    await upload(careful, session, partsOf(capture).video);
    expect(problemOf(await submitTo(careful, session, first.submission))).toMatchObject({ status: 422, name: 'nonce-mismatch', fields: ['manifest.sessionId', 'manifest.nonce'] });
    expect(problemOf(await submitTo(careful, session, await submissionOfCapture(session, capture)))).toMatchObject({ status: 422, name: 'evidence-replayed', fields: partsOf(capture).video.map((_, index) => `manifest.video.parts[${index}]`) });
    verdicts.length = 0;
    expect((await handIn(careful, { ...capture, partBytes: 99_999 })).answer).toMatchObject({ status: 200, body: { verdict: { decision: 'rejected', code: { code: '400604' } } } });
    expect(verdicts).toMatchObject([{ findings: [{ field: 'manifest.video' }] }]);
    await careful.close();
  });
});

describe('the manifest edited after the fact', () => {
  const edited = (change: (manifest: Manifest) => Partial<Manifest>) => (submission: SubmissionRequest) => ({ ...submission, manifest: { ...submission.manifest, ...change(submission.manifest) } });
  it.each<[string, (manifest: Manifest) => Partial<Manifest>]>([
    ['a moment of the timeline', ({ timeline }) => ({ timeline: timeline.map((entry) => (entry.event === 'state:done' ? { ...entry, at: entry.at - 1 } : entry)) })],
    ['an entry of the timeline', ({ timeline }) => ({ timeline: timeline.filter(({ event }) => !event.startsWith('instruction')) })],
    ['a camera that is called real', ({ camera }) => ({ camera: { ...camera, synthetic: true } })],
    ['a setting of the camera', ({ camera: { frameRate: _rate, ...camera } }) => ({ camera })],
    ['the fallbacks', () => ({ fallbacks: ['camera:vga'] })],
    ['the record', () => ({ record: { type: 'silent' } })],
    ['the length', ({ video }) => ({ video: { ...video, durationMs: 3001 } })],
    ['the container', ({ video }) => ({ video: { ...video, mediaType: 'video/webm' } })],
    ['when the best frame was taken', ({ bestFrame }) => ({ ...(bestFrame && { bestFrame: { ...bestFrame, at: 1001 } }) })],
    ['what the best frame was chosen by', ({ bestFrame }) => ({ ...(bestFrame && { bestFrame: { ...bestFrame, score: { ...bestFrame.score, yaw: 0 } } }) })],
  ])('%s: refused', async (_name, change) => expect(await refused(edited(change))).toMatchObject({ status: 422, name: 'manifest-mismatch', fields: ['manifest.chain'] }));

  it('the best frame taken out: its part is left over', async () => {
    const without = ({ manifest: { bestFrame: _none, ...manifest }, ...rest }: SubmissionRequest): SubmissionRequest => ({ ...rest, manifest });
    expect(await refused(without)).toMatchObject({ status: 422, name: 'manifest-mismatch', fields: ['manifest.video.parts', 'manifest.chain'] });
  });

  it('the consent exchanged: refused', async () => {
    const other = ({ manifest, consent }: SubmissionRequest): SubmissionRequest => ({ manifest, consent: { ...consent, scopes: [...consent.scopes, 'marketing'] } });
    expect(await refused(other)).toMatchObject({ status: 422, name: 'manifest-mismatch', fields: ['manifest.consentDigest'] });
  });
});

describe('what was withheld', () => {
  const LIGHT = { withheld: 'light', because: 'system' } as const;
  const BLINK = { withheld: 'blink', because: 'declared' } as const;
  /** Opens a session with these substitutions, and gives what becomes of manifests, the chain of each sound, with others. */
  const answers = async (asked: Manifest['substitutions'], ...told: readonly Manifest['substitutions'][]): Promise<readonly ReturnType<typeof problemOf>[]> => {
    const session = await openSession(service, asked && { substitutions: asked });
    const { video, bestFrame } = partsOf(sound);
    await upload(service, session, [...video, ...bestFrame]);
    const found: ReturnType<typeof problemOf>[] = [];
    for (const substitutions of told) found.push(problemOf(await submitTo(service, session, await submissionOfCapture(session, sound, () => (substitutions ? { substitutions } : {})))));
    return found;
  };
  const DIFFERS = { status: 422, name: 'manifest-mismatch', fields: ['manifest.substitutions'] };

  it('is what the session was asked for with: left out, made up or changed it is named', async () => {
    expect(await answers([LIGHT, BLINK], undefined, [LIGHT], [BLINK, LIGHT], [LIGHT, { ...BLINK, because: 'system' }], [LIGHT, BLINK])).toMatchObject([...Array<typeof DIFFERS>(4).fill(DIFFERS), { status: 200 }]);
    expect(await answers(undefined, [LIGHT], undefined)).toMatchObject([DIFFERS, { status: 200 }]);
  });

  it('nothing is nothing, said or not', async () => {
    expect(await answers([], undefined)).toMatchObject([{ status: 200 }]);
    expect(await answers(undefined, [])).toMatchObject([{ status: 200 }]);
  });
});

describe('the best frame', () => {
  it('swapped for another picture is named', async () => {
    const session = await openSession(service);
    const { video } = partsOf(sound);
    await upload(service, session, [...video, await picture({ at: 5 })]);
    const problem = problemOf(await submitTo(service, session, await submissionOfCapture(session, sound)));
    expect(problem).toMatchObject({ status: 422, name: 'manifest-mismatch' });
    expect(problem.fields).toContain(`manifest.bestFrame.parts[0].digest`);
  });

  it('at a moment that was not recorded is refused', async () => {
    const session = await openSession(service);
    const { video, bestFrame } = partsOf(sound);
    await upload(service, session, [...video, ...bestFrame]);
    const at = (time: number) => submissionOfCapture(session, sound, (manifest) => ({ ...(manifest.bestFrame && { bestFrame: { ...manifest.bestFrame, at: time } }) }));
    for (const time of [-501, 3501]) expect(problemOf(await submitTo(service, session, await at(time)))).toMatchObject({ name: 'manifest-mismatch', fields: ['manifest.bestFrame.at'] });
    expect((await submitTo(service, session, await at(2999))).status).toBe(200);
  });

  const withPicture = (bytes: Bytes): Capture => ({ ...sound, bestFrame: { bytes, at: 1000, width: 640, height: 512 } });
  it('of another size than is said ends in a verdict that names it', async () => {
    expect(await rejected(withPicture(await picture({ width: 320, height: 256 })))).toEqual({ verdict: BAD_PICTURE, findings: ['manifest.bestFrame.width', 'manifest.bestFrame.height'] });
  });

  it.each<[string, (whole: Bytes) => Bytes]>([
    ['cut', (whole) => whole.slice(0, -2)],
    ['with something behind it', (whole) => Uint8Array.from([...whole, 0])],
    ['that is no JPEG', () => new TextEncoder().encode('x'.repeat(5000))],
  ])('%s ends in a verdict that names it', async (_name, change) => {
    expect(await rejected(withPicture(change(await picture())))).toEqual({ verdict: BAD_PICTURE, findings: ['manifest.bestFrame'] });
  });
});

describe('a timeline', () => {
  it('that is impossible in itself is refused with every field that is wrong', async () => {
    const session = await openSession(service);
    const { video, bestFrame } = partsOf(sound);
    await upload(service, session, [...video, ...bestFrame]);
    const timed = (...times: readonly number[]) => submissionOfCapture(session, sound, () => ({ timeline: TIMELINE.map(({ event }, index) => ({ at: times[index] ?? 0, event })) }));
    expect(problemOf(await submitTo(service, session, await timed(-900, 0, 800, 2750)))).toMatchObject({ status: 422, name: 'manifest-mismatch', fields: ['manifest.timeline[3].at'] });
    expect(problemOf(await submitTo(service, session, await timed(-900, -1000, 120, 3600)))).toMatchObject({ name: 'manifest-mismatch', fields: ['manifest.timeline[1].at', 'manifest.timeline[3].at'] });
    expect(problemOf(await submitTo(service, session, await submissionOfCapture(session, sound, () => ({ timeline: [] }))))).toMatchObject({ name: 'manifest-mismatch', fields: ['manifest.timeline'] });
    expect((await submitTo(service, session, await timed(-900, 0, 120, 2750))).status).toBe(200);
  });

  const lasting = (durationMs: number) => (manifest: Manifest) => ({ video: { ...manifest.video, durationMs }, timeline: TIMELINE.map((entry) => (entry.event === 'state:done' ? { ...entry, at: durationMs - 200 } : entry)) });
  it('impossible against the video’s own length ends in a verdict that names it', async () => {
    expect(await rejected(sound, lasting(6000))).toEqual({ verdict: SPLICED, findings: ['manifest.video.durationMs', 'manifest.timeline[3].at'] });
    const late = await rejected(sound, (manifest) => ({ ...lasting(6000)(manifest), ...(manifest.bestFrame && { bestFrame: { ...manifest.bestFrame, at: 5000 } }) }));
    expect(late).toEqual({ verdict: SPLICED, findings: ['manifest.video.durationMs', 'manifest.timeline[3].at', 'manifest.bestFrame.at'] });
  });

  it('of a recording that is said to be shorter than the file ends so too', async () => {
    const long = { ...sound, video: await recording({ seconds: 5 }) };
    expect(await rejected(long)).toEqual({ verdict: SPLICED, findings: ['manifest.video.durationMs'] });
  });

  it('is forgiven that a recorder was slow to say that it had started', async () => {
    // A file of 4.3 s, by a client whose clock saw 3.0 s.
    const long = { ...sound, video: await recording({ seconds: 4.3 }) };
    expect((await handIn(service, long)).answer).toMatchObject({ status: 200, body: { verdict: { decision: 'passed' } } });
  });

  it('is forgiven what recorders lose at the start', async () => {
    // A file of 3.0 s, by a client whose clock saw 3.6 s.
    expect((await handIn(service, sound, lasting(3600))).answer).toMatchObject({ status: 200, body: { verdict: { decision: 'passed' } } });
  });
});

describe('the container', () => {
  it('that is not the one the manifest names ends in a verdict that names it', async () => {
    expect(await rejected(sound, ({ video }) => ({ video: { ...video, mediaType: 'video/mp4' } }))).toEqual({ verdict: UNDECODABLE, findings: ['manifest.video.mediaType'] });
    const mp4 = { ...sound, mediaType: 'video/mp4', video: await recording({ container: 'mp4' }) };
    expect((await handIn(service, mp4)).answer).toMatchObject({ status: 200, body: { verdict: { decision: 'passed' } } });
    expect(await rejected({ ...mp4, mediaType: 'video/webm' })).toEqual({ verdict: UNDECODABLE, findings: ['manifest.video.mediaType'] });
  });
});

describe('the camera and the rungs', () => {
  it('of another shape than the video ends in a verdict that names it', async () => {
    const camera = (width: number, height: number) => (manifest: Manifest) => ({ camera: { ...manifest.camera, width, height } });
    expect(await rejected(sound, camera(1280, 720))).toEqual({ verdict: SPLICED, findings: ['manifest.camera'] });
    expect(await rejected(sound, camera(0, 0))).toEqual({ verdict: SPLICED, findings: ['manifest.camera'] });
    for (const [width, height] of [[640, 512], [512, 640], [1280, 1024], [640, 480]] as const) {
      expect((await handIn(service, sound, camera(width, height))).answer, `${width}×${height}`).toMatchObject({ status: 200, body: { verdict: { decision: 'passed' } } });
    }
  });

  it.each<[string, (manifest: Manifest) => Partial<Manifest>]>([
    ['a recording that is called a burst', () => ({ fallbacks: ['camera:vga', 'evidence:jpeg-burst'] })],
    ['a webm that is said to be converted', () => ({ fallbacks: ['converted:transcoded'] })],
    ['an adopted stream from the client’s own camera', () => ({ fallbacks: ['camera:adopted'] })],
    ['a best frame from a scorer that was not there', () => ({ fallbacks: ['best-frame:not-loaded'] })],
  ])('that cannot have led to it are named: %s', async (_name, changes) => {
    const session = await openSession(service);
    const { video, bestFrame } = partsOf(sound);
    await upload(service, session, [...video, ...bestFrame]);
    expect(problemOf(await submitTo(service, session, await submissionOfCapture(session, sound, changes)))).toMatchObject({ status: 422, name: 'manifest-mismatch', fields: ['manifest.fallbacks'] });
  });

  it('that cannot have led to a burst are named', async () => {
    const session = await openSession(service);
    const capture = await burstCapture();
    await upload(service, session, partsOf(capture).video);
    for (const fallbacks of [[], ['evidence:jpeg-burst', 'evidence:system-camera']]) {
      expect(problemOf(await submitTo(service, session, await submissionOfCapture(session, capture, () => ({ fallbacks })))), fallbacks.join()).toMatchObject({ name: 'manifest-mismatch', fields: ['manifest.fallbacks'] });
    }
  });

  it('that are another client’s own say nothing', async () => {
    const changes = () => ({ camera: { width: 640, height: 512, synthetic: true }, fallbacks: ['camera:adopted', 'camera:reacquired', 'somebody:else'] });
    expect((await handIn(service, sound, changes)).answer).toMatchObject({ status: 200, body: { verdict: { decision: 'passed' } } });
  });
});

describe('the pictures of a burst', () => {
  let pictures: readonly Bytes[];
  let capture: Capture;
  beforeAll(async () => {
    pictures = await burst();
    capture = await burstCapture(pictures);
  });
  const frames = (change: (list: NonNullable<Manifest['video']['frames']>) => NonNullable<Manifest['video']['frames']>) => (manifest: Manifest) => ({ video: { ...manifest.video, frames: change(manifest.video.frames ?? []) } });

  it('are listed, in order, within the recording, and only where there is no container', async () => {
    const session = await openSession(service);
    await upload(service, session, partsOf(capture).video);
    const wrong = async (changes: (manifest: Manifest) => Partial<Manifest>) => problemOf(await submitTo(service, session, await submissionOfCapture(session, capture, changes)));
    expect(await wrong(({ video: { frames: _none, ...video } }) => ({ video }))).toMatchObject({ name: 'manifest-mismatch', fields: ['manifest.video.frames'] });
    expect(await wrong(({ video }) => ({ video: { ...video, mediaType: 'video/webm' } }))).toMatchObject({ name: 'manifest-mismatch', fields: ['manifest.video.frames', 'manifest.fallbacks'] });
    expect(await wrong(frames((list) => list.slice(1)))).toMatchObject({ name: 'manifest-mismatch', fields: ['manifest.video.frames'] });
    expect(await wrong(frames((list) => list.map((frame, index) => (index === 4 ? { ...frame, at: 300 } : frame))))).toMatchObject({ fields: ['manifest.video.frames[4].at'] });
    expect(await wrong(frames((list) => list.map((frame, index) => (index === 0 ? { ...frame, at: -1 } : index === 29 ? { ...frame, at: 4000 } : frame))))).toMatchObject({ fields: ['manifest.video.frames[0].at', 'manifest.video.frames[29].at'] });
    expect(await submitTo(service, session, await submissionOfCapture(session, capture))).toMatchObject({ status: 200, body: { verdict: { decision: 'passed' } } });
  });

  it('are counted and measured by themselves, whatever the list says', async () => {
    const shifted = frames((list) => list.map((frame, index) => (index === 3 ? { ...frame, bytes: frame.bytes - 5 } : index === 4 ? { ...frame, bytes: frame.bytes + 5 } : frame)));
    expect(await rejected(capture, shifted)).toEqual({ verdict: SPLICED, findings: ['manifest.video.frames[3].bytes', 'manifest.video.frames[4].bytes'] });
    const merged = frames(([first, second, ...rest]) => (first && second ? [{ at: first.at, bytes: first.bytes + second.bytes }, ...rest] : []));
    expect(await rejected(capture, merged)).toEqual({ verdict: SPLICED, findings: ['manifest.video.frames'] });
  });

  it('that are broken, or of another size, are named', async () => {
    const small = await picture({ width: 320, height: 256 });
    const changed = pictures.map((each, index) => (index === 7 ? each.slice(0, -2) : index === 12 ? small : each));
    expect(await rejected(await burstCapture(changed))).toEqual({ verdict: UNDECODABLE, findings: ['manifest.video.frames[7]', 'manifest.video.frames[12]'] });
  });

  it('are as long as their times say, and no longer than the run', async () => {
    // Twenty pictures in 1.9 s: too short, however long the manifest calls the recording.
    const short = await burstCapture(pictures.slice(0, 19));
    expect(await rejected({ ...short, durationMs: 3000 })).toEqual({ verdict: { decision: 'rejected', code: { system: 'faceid-wechat', table: 'liveness-silent', code: '1303' } }, findings: [] });
    const stretched = frames((list) => list.map((frame, index) => ({ ...frame, at: index * 60 })));
    expect((await rejected(capture, stretched)).verdict).toEqual({ decision: 'rejected', code: { system: 'faceid-wechat', table: 'liveness-silent', code: '1303' } });
  });

  it('that are few, or far apart, are no film', async () => {
    // Two pictures in 2.9 s; then thirty, of which the last ten come three seconds late.
    const two = await burstCapture(pictures.slice(0, 2));
    expect(await rejected({ ...two, durationMs: 3000, frames: (two.frames ?? []).map((frame, index) => ({ ...frame, at: index * 1900 })) })).toEqual({ verdict: UNDECODABLE, findings: ['manifest.video'] });
    const late = frames((list) => list.map((frame, index) => ({ ...frame, at: index * 100 + (index < 20 ? 0 : 3000) })));
    const paused = await rejected({ ...capture, durationMs: 6030 }, (manifest) => ({ ...late(manifest), timeline: TIMELINE.map((entry) => (entry.event === 'state:done' ? { ...entry, at: 5800 } : entry)) }));
    expect(paused).toEqual({ verdict: UNDECODABLE, findings: ['manifest.video'] });
  });

  it('called a webm, or a webm called pictures, end in a verdict', async () => {
    const asWebm: Capture = { mediaType: 'video/webm', video: capture.video, durationMs: 3000 };
    expect(await rejected(asWebm)).toEqual({ verdict: UNDECODABLE, findings: ['manifest.video.mediaType'] });
    expect(await rejected({ ...plain(), mediaType: 'video/x-motion-jpeg', frames: [{ at: 0, bytes: sound.video.length }] })).toEqual({ verdict: UNDECODABLE, findings: ['manifest.video.mediaType'] });
  });
});

it('a part of the best frame has its place behind the video’s', async () => {
  const session = await openSession(service);
  await putPart(service, session.sessionId, 0, new Uint8Array(2000).fill(1));
  const submission = await submissionOfCapture(session, sound, ({ bestFrame }) => ({ ...(bestFrame && { bestFrame: { ...bestFrame, parts: bestFrame.parts.map((part) => ({ ...part, index: 0 })) } }) }));
  expect(problemOf(await submitTo(service, session, submission)).fields).toContain('manifest.bestFrame.parts[0].index');
});

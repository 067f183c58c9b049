import { VIDEOS } from '../scripts/media.js';
import type { Observation } from '../src/liveness/index.js';
import { serveRoom } from '../test/browser/capture-room.js';
import { showPerson } from '../test/browser/person.js';
import { type Measurement, quantile } from './measurement.js';

const SNAPSHOTS = 120;
const ENCODINGS = 5;

/** What keeping the best frame of a camera of 1280×720 costs the main thread when every frame is worth a snapshot. */
export async function benchBestFrame(): Promise<readonly Measurement[]> {
  const server = await serveRoom();
  try {
    const { snapshots, encodings, tasks } = await showPerson({ film: { input: VIDEOS.franck, start: 14, seconds: 8 }, origin: `http://localhost:${server.port}`, work: async ({ page, room, module }) => {
      return page.evaluate(
        async ({ room: { attachPreview, openCamera, startFrameLoop, webPlatform }, module: { createBestFrame }, counts }) => {
          const platform = webPlatform();
          const video = document.querySelector('video') as HTMLVideoElement;
          const opened = await openCamera({ platform });
          if (!opened.ok) throw new Error(opened.code);
          const preview = await attachPreview({ platform, stream: opened.value.stream, video });
          if (!preview.ok) throw new Error(preview.code);
          const observation = (time: number): Observation => ({
            time,
            frame: { width: 480, height: 270 },
            faces: [{ box: { x: 0.37, y: 0.15, width: 0.26, height: 0.7 }, score: 1, keypoints: { leftEye: { x: 0, y: 0 }, rightEye: { x: 0, y: 0 }, noseTip: { x: 0, y: 0 }, mouth: { x: 0, y: 0 } }, measures: { yaw: 0, pitch: 0, roll: 0, leftEyeOpenness: 0.3, rightEyeOpenness: 0.3, mouthOpenness: 0 } }],
            // Better and better: each frame is worth a snapshot.
            quality: { brightness: 120, contrast: 40, sharpness: time },
          });
          const best = createBestFrame({ platform, video, intervalMs: 0 });
          const tasks: number[] = [];
          const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
          observer.observe({ type: 'longtask' });
          const snapshots: number[] = [];
          await new Promise<void>((done, fail) => {
            const loop = startFrameLoop({
              platform,
              video,
              onFrame(frame, time) {
                (frame as ImageBitmap).close();
                const from = performance.now();
                best.snapshot(time);
                snapshots.push(performance.now() - from);
                best.offer(observation(time));
                if (snapshots.length < counts.snapshots) return;
                loop.stop();
                done();
              },
              onError: fail,
              onStall: ({ detail }) => fail(new Error(detail)),
            });
          });
          const encodings: number[] = [];
          for (let round = 0; round < counts.encodings; round++) {
            const from = performance.now();
            const picture = await best.encode({ startedAt: 0, maxBytes: 1e6 });
            if (!picture) throw new Error('there is no picture');
            encodings.push(performance.now() - from);
          }
          observer.disconnect();
          opened.value.stop();
          best.stop();
          return { snapshots, encodings, tasks };
        },
        { room, module, counts: { snapshots: SNAPSHOTS, encodings: ENCODINGS } },
      );
    } });
    return [
      { name: `best frame: main-thread tasks over 50 ms in ${SNAPSHOTS} snapshots and ${ENCODINGS} encodings`, value: tasks.length, goal: 0 },
      { name: 'best frame: a snapshot of 1280×720, ms (median)', value: quantile(snapshots, 0.5) },
      { name: 'best frame: a snapshot of 1280×720, ms (p95)', value: quantile(snapshots, 0.95) },
      { name: 'best frame: the encoding, mostly beside the main thread, ms (median)', value: quantile(encodings, 0.5) },
    ];
  } finally {
    await server.close();
  }
}

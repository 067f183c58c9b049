import { readFileSync } from 'node:fs';
import { derive, VIDEOS } from '../../scripts/media.js';
import { FakeRecorder } from '../../src/capture/fake-hardware.js';
import type { MediaPlatform, Platform, TimerHandle } from '../../src/platform/port.js';

/** A webm of a real person as a recorder hands it out: a header, then a cluster for every fifth of a second. */
export interface Film {
  readonly header: Uint8Array;
  readonly clusters: readonly Uint8Array[];
  /** One picture of it, as JPEG. */
  readonly picture: Uint8Array;
}

const CLUSTER_MS = 200;
/** The EBML element that begins a cluster. */
const CLUSTER = Buffer.from([0x1f, 0x43, 0xb6, 0x75]);

/** Twelve seconds of it; made once, then read from the cache. */
export async function film(): Promise<Film> {
  const path = await derive({
    input: VIDEOS.franck,
    inputArgs: ['-ss', '12', '-t', '12'],
    args: ['-vf', 'scale=640:480,setsar=1,fps=25', '-an', '-c:v', 'libvpx', '-b:v', '600k', '-deadline', 'realtime', '-cpu-used', '8', '-g', '5', '-cluster_time_limit', String(CLUSTER_MS - 1), '-live', '1'],
    extension: 'webm',
  });
  const bytes = readFileSync(path);
  const starts: number[] = [];
  for (let at = bytes.indexOf(CLUSTER); at >= 0; at = bytes.indexOf(CLUSTER, at + 4)) starts.push(at);
  const picture = readFileSync(await derive({ input: VIDEOS.franck, inputArgs: ['-ss', '12'], args: ['-vf', 'scale=640:480,setsar=1', '-frames:v', '1', '-q:v', '5'], extension: 'jpg' }));
  return { header: bytes.subarray(0, starts[0]), clusters: starts.map((start, index) => bytes.subarray(start, starts[index + 1])), picture };
}

/** A canvas that makes the film's picture of whatever is drawn on it, in its own size. */
export function filmCanvas({ picture }: Film): Pick<MediaPlatform, 'createCanvas'> {
  const sizeAt = picture.findIndex((byte, index) => byte === 0xff && picture[index + 1] === 0xc0) + 5;
  return {
    createCanvas(width, height) {
      const canvas = {
        width,
        height,
        getContext: () => ({ canvas, drawImage: () => undefined }),
        toBlob(callback: (blob: Blob) => void) {
          const bytes = new Uint8Array(picture);
          new DataView(bytes.buffer).setUint16(sizeAt, canvas.height);
          new DataView(bytes.buffer).setUint16(sizeAt + 2, canvas.width);
          callback(new Blob([bytes], { type: 'image/jpeg' }));
        },
      };
      return canvas as unknown as HTMLCanvasElement;
    },
  };
}

/**
 * A recorder that gives a real film, a cluster at a time, by the clock of the test.
 *
 * @param clock the time, and a way to be called again
 */
export function filmRecorder({ header, clusters }: Film, clock: Pick<Platform, 'now' | 'setTimeout' | 'clearTimeout'>): typeof FakeRecorder {
  return class extends FakeRecorder {
    #startedAt = 0;
    #given = 0;
    #timer: TimerHandle | undefined;

    override start(timeslice: number): void {
      super.start(timeslice);
      this.#startedAt = clock.now();
      const give = (): void => {
        this.#flush();
        this.#timer = clock.setTimeout(give, timeslice);
      };
      this.#timer = clock.setTimeout(give, timeslice);
    }

    override stop(): void {
      clock.clearTimeout(this.#timer);
      this.#flush();
      super.stop();
    }

    #flush(): void {
      const due = Math.min(clusters.length, Math.round((clock.now() - this.#startedAt) / CLUSTER_MS));
      const part = [...(this.#given ? [] : [header]), ...clusters.slice(this.#given, due)];
      if (due <= this.#given) return;
      this.#given = due;
      this.ondataavailable?.({ data: new Blob(part.map((bytes) => new Uint8Array(bytes)), { type: this.mimeType }) });
    }
  };
}

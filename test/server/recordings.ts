import { readFile } from 'node:fs/promises';
import { VIDEOS, derive } from '../../scripts/media.js';
import type { Bytes } from '../../src/transport/chain.js';

/** How a test recording is made from a real person's video. */
export interface RecordingOptions {
  readonly from?: keyof typeof VIDEOS;
  /** `webm` is written as Chrome's MediaRecorder does: live, without duration and without cues. */
  readonly container?: 'webm' | 'mp4' | 'fragmented-mp4';
  readonly seconds?: number;
  readonly width?: number;
  readonly height?: number;
  /** Frames a second. Default the film's own, 24 or 25. */
  readonly rate?: number;
}

const ENCODERS = {
  // A negative speed is that speed; a positive one libvpx adapts to how busy the machine is, and each machine would have another file.
  webm: { extension: 'webm', args: ['-c:v', 'libvpx', '-b:v', '800k', '-deadline', 'realtime', '-cpu-used', '-8', '-live', '1'] },
  mp4: { extension: 'mp4', args: ['-c:v', 'libx264', '-preset', 'ultrafast', '-movflags', '+faststart'] },
  'fragmented-mp4': { extension: 'mp4', args: ['-c:v', 'libx264', '-preset', 'ultrafast', '-movflags', 'frag_keyframe+empty_moov'] },
} as const;

/** A recording as a client would send it; made once, then read from the cache. */
export async function recording(options: RecordingOptions = {}): Promise<Bytes> {
  return new Uint8Array(await readFile(await recordingFile(options)));
}

function recordingFile(options: RecordingOptions): Promise<string> {
  const { from = 'franck', container = 'webm', seconds = 3, width = 640, height = 512, rate } = options;
  const { extension, args } = ENCODERS[container];
  return derive({ input: VIDEOS[from], inputArgs: ['-ss', '1', '-t', String(seconds)], args: ['-vf', `scale=${width}:${height},setsar=1${rate === undefined ? '' : `,fps=${rate}`}`, '-an', ...args], extension });
}

/** The same encoded frames in another container, or without their end. */
export async function repackaged(options: RecordingOptions, extension: 'mp4' | 'mkv' | 'webm', seconds = 60): Promise<Bytes> {
  const input = await recordingFile(options);
  return new Uint8Array(await readFile(await derive({ input, args: ['-c', 'copy', '-t', String(seconds), ...(extension === 'mp4' ? ['-movflags', '+faststart'] : [])], extension })));
}

/** A webm with sound and no picture. */
export async function soundOnly(): Promise<Bytes> {
  const path = await derive({ input: VIDEOS.franck, inputArgs: ['-t', '3'], args: ['-f', 'lavfi', '-i', 'sine=frequency=440:duration=3', '-map', '1:a', '-c:a', 'libopus', '-live', '1'], extension: 'webm' });
  return new Uint8Array(await readFile(path));
}

/** One frame of a real person's video as a JPEG. */
export async function picture({ at = 2, width = 640, height = 512 }: { readonly at?: number; readonly width?: number; readonly height?: number } = {}): Promise<Bytes> {
  const path = await derive({ input: VIDEOS.franck, inputArgs: ['-ss', String(at)], args: ['-frames:v', '1', '-vf', `scale=${width}:${height},setsar=1`, '-q:v', '3', '-f', 'mjpeg'], extension: 'jpg' });
  return new Uint8Array(await readFile(path));
}

/** The pictures of a burst, ten a second. */
export async function burst({ from = 'franck', seconds = 3 }: Pick<RecordingOptions, 'from' | 'seconds'> = {}): Promise<Bytes[]> {
  const path = await derive({ input: VIDEOS[from], inputArgs: ['-ss', '1', '-t', String(seconds)], args: ['-vf', 'scale=640:512,setsar=1,fps=10', '-an', '-q:v', '5', '-f', 'mjpeg'], extension: 'mjpeg' });
  const whole = await readFile(path);
  const starts: number[] = [];
  // ffmpeg's pictures hold no thumbnail, whose start would look the same.
  for (let at = whole.indexOf('ffd8ff', 0, 'hex'); at >= 0; at = whole.indexOf('ffd8ff', at + 1, 'hex')) starts.push(at);
  return starts.map((start, index) => new Uint8Array(whole.subarray(start, starts[index + 1])));
}

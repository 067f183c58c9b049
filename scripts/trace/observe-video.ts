import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Observation } from '../../src/liveness/index.js';
import { launchChromium } from '../chromium.js';
import { ffmpegPath } from '../media.js';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const CONTENT_TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.json': 'application/json', '.wasm': 'application/wasm', '.html': 'text/html' };

/** Options of {@link serveFrames}. */
export interface FrameServerOptions {
  /** Any file that ffmpeg reads. */
  readonly video: string;
  /** Frames a second that are looked at. @default 25 */
  readonly framesPerSecond?: number;
  /** Longest side of a frame, pixels: what the frame loop hands over. @default 480 */
  readonly longSide?: number;
  /** Seconds of the video to look at. @default all */
  readonly seconds?: number;
  /** Further folders of the checkout to serve. @default none */
  readonly folders?: readonly string[];
}

/** A running server of frames. */
export interface FrameServer {
  readonly origin: string;
  /** What ffmpeg last complained about; empty where all went well. */
  complaint(): string;
  close(): void;
}

/** Options of {@link observeVideo}. */
export interface ObserveVideoOptions extends FrameServerOptions {
  readonly onProgress?: (frames: number) => void;
}

/** What the detector saw, and how long each frame took, from handing it over to having the observation, milliseconds. */
export interface ObservedVideo {
  readonly observations: readonly Observation[];
  readonly latencies: readonly number[];
}

/**
 * Runs a video, frame by frame and none left out, through the built detector in a real browser. The frames come from ffmpeg
 * rather than a video element: their times are exact, and the browser needs no codec for them.
 *
 * @throws Error when the video cannot be read or the detector fails.
 */
export async function observeVideo(options: ObserveVideoOptions): Promise<ObservedVideo> {
  const { framesPerSecond = 25, onProgress } = options;
  const server = await serveFrames(options);
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.exposeFunction('reportProgress', (frames: number) => onProgress?.(frames));
    await page.goto(`${server.origin}/scripts/trace/page.html`);
    const outcome = (await page.evaluate(`import('/scripts/trace/page.js').then(({ observe }) => observe(${framesPerSecond}))`)) as ObservedVideo & { error?: string };
    if (server.complaint() !== '') throw new Error(`${options.video}: ffmpeg says: ${server.complaint()}`);
    if (outcome.error !== undefined) throw new Error(`${options.video}: ${outcome.error}`);
    if (outcome.observations.length === 0) throw new Error(`${options.video}: no frame could be read`);
    return outcome;
  } finally {
    await browser.close();
    server.close();
  }
}

/** Serves the checkout's built files and pages on a free port of the loopback interface, and a video's frames under `/frames`. */
export function serveFrames({ video, framesPerSecond = 25, longSide = 480, seconds, folders = [] }: FrameServerOptions): Promise<FrameServer> {
  let complaint = '';
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent((request.url ?? '/').split('?')[0] ?? '/'));
    if (path === '/frames') return sendFrames(response);
    if (!['dist', 'scripts/trace', ...folders].some((folder) => path.startsWith(`/${folder}/`))) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader('Content-Type', CONTENT_TYPES[extname(path)] ?? 'application/octet-stream');
    createReadStream(join(ROOT, path))
      .on('error', () => response.writeHead(404).end())
      .pipe(response);
  });
  function sendFrames(response: ServerResponse): void {
    complaint = '';
    const decoder = spawn(ffmpegPath(), [
      ...['-hide_banner', '-loglevel', 'error', ...(seconds === undefined ? [] : ['-t', String(seconds)]), '-i', video],
      ...['-vf', `fps=${framesPerSecond},scale='if(gte(iw,ih),${longSide},-2)':'if(gte(iw,ih),-2,${longSide})'`],
      ...['-f', 'image2pipe', '-c:v', 'ppm', '-'],
    ]);
    decoder.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    decoder.stdout.pipe(response);
  }
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () =>
      resolve({
        origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        complaint: () => complaint.trim().split('\n').at(-1) ?? '',
        close() {
          server.close();
          server.closeAllConnections();
        },
      }),
    ),
  );
}

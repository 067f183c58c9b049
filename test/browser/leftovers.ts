import { type BrowserContext, type Page } from 'playwright-core';
import { expect } from 'vitest';

declare global {
  interface Window {
    /** Every track that getUserMedia gave to this page. */
    tracks: MediaStreamTrack[];
  }
}

/** From now on the context's pages keep every track they are given in `window.tracks`. */
export function keepTracks(context: BrowserContext): Promise<unknown> {
  return context.addInitScript(() => {
    window.tracks = [];
    const original = MediaDevices.prototype.getUserMedia;
    MediaDevices.prototype.getUserMedia = async function (constraints) {
      const stream = await original.call(this, constraints);
      window.tracks.push(...stream.getTracks());
      return stream;
    };
  });
}

/** What a run could leave behind. */
export interface Leftovers {
  /** Given in all. */
  readonly tracks: number;
  /** Of them, those still on. */
  readonly live: number;
  readonly workers: number;
  /** Whether the preview still shows a stream. */
  readonly attached: boolean;
}

/** Of a page with one video element whose run is over; the context must keep the tracks. */
export async function leftoversOf(page: Page): Promise<Leftovers> {
  const { tracks, live, attached } = await page.evaluate(() => ({
    tracks: window.tracks.length,
    live: window.tracks.filter(({ readyState }) => readyState === 'live').length,
    attached: document.querySelector('video')?.srcObject !== null,
  }));
  // A terminated worker leaves a moment later.
  await expect.poll(() => page.workers().length, { timeout: 5000 }).toBe(0);
  return { tracks, live, workers: page.workers().length, attached };
}

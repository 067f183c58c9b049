import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/transport/protocol.js';
import { cameraFile, launchBrowser, VIDEOS } from './launch.js';
import { openSite, type Site } from './site.js';
import { startVerification, waitForPhase } from './verification.js';

/* A real face that leaves the picture in the middle of the recording, in a real browser with the real detector. */

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

/** The face is in the picture for 3 s, out of it for 1.5 s, and again, then stays: no recording of 2.6 s fits into the first 9 s. */
const AWAY = 'between(t,3,4.5)+between(t,7.5,9)';

describe('a face that leaves the picture', () => {
  it('is recorded anew when it is back, and the evidence tells', async () => {
    const empty = `crop=iw/8:ih/8:0:0,scale=640:480`;
    const filter = `split[a][b];[a]scale=640:480[face];[b]${empty}[wall];[face][wall]overlay=enable='${AWAY}'`;
    const browser = await launchBrowser({ fakeCamera: await cameraFile({ input: VIDEOS.franck, start: 12, seconds: 20, filter }) });
    try {
      const page = await browser.newPage();
      let manifest: Manifest | undefined;
      page.on('request', (request) => {
        if (request.url().endsWith('/submission')) ({ manifest } = request.postDataJSON() as { manifest: Manifest });
      });
      await page.goto(site.barePage);
      await startVerification(page, { consent: 'when-loaded' });
      await waitForPhase(page, 'recording');
      const { result, phases, away } = await page.evaluate(async () => {
        const result = await window.run.result;
        const { states } = window.run;
        return {
          result,
          phases: states.map(({ phase }) => phase).filter((phase, index, all) => phase !== all[index - 1]),
          away: states.filter((state) => state.phase === 'guidance' && state.instruction.id === 'noFace').length,
        };
      });
      expect(result).toMatchObject({ status: 'finished', verdict: { decision: 'passed' } });
      const interrupted = manifest?.timeline.filter(({ event }) => event.startsWith('interrupted:')) ?? [];
      expect(interrupted.length).toBeGreaterThanOrEqual(1);
      for (const { at, event } of interrupted) expect([event, at < 0]).toEqual(['interrupted:face-lost', true]);
      expect(away).toBeGreaterThan(0);
      expect(phases.filter((phase) => phase === 'recording')).toHaveLength(interrupted.length + 1);
      expect(phases.slice(-4)).toEqual(['recording', 'uploading', 'verdict', 'ended']);
    } finally {
      await browser.close();
    }
  });
});

import type { JSHandle, Page } from 'playwright-core';
import type * as bestFrame from '../../src/capture/best-frame.js';
import type { DetectorPort } from '../../src/detector/index.js';
import { enterRoom, loadModule, type Room } from './capture-room.js';
import { cameraFile, launchBrowser } from './launch.js';

const HD = 'scale=900:720,setsar=1,pad=1280:720:190:0';

/** Part of a video, seconds, played in a loop. */
export interface Film {
  readonly input: string;
  readonly start: number;
  readonly seconds: number;
}

/** A page with a person in front of its camera, the capture's modules, and a detector that has its mesh. */
export interface Scene {
  readonly page: Page;
  readonly room: JSHandle<Room>;
  readonly detector: JSHandle<DetectorPort>;
  readonly module: JSHandle<typeof bestFrame>;
}

/** A browser of its own whose camera of 1280×720 plays the film. */
export async function showPerson<T>({ film, origin, work }: { readonly film: Film; readonly origin: string; readonly work: (scene: Scene) => Promise<T> }): Promise<T> {
  const browser = await launchBrowser({ fakeCamera: await cameraFile({ ...film, filter: HD }) });
  try {
    const { page, room } = await enterRoom(browser, `${origin}/`);
    // A bench is run by tsx, which wraps functions in this helper of esbuild's.
    await page.evaluate('globalThis.__name = (value) => value');
    const detector = await page.evaluateHandle(async ({ createTfjsDetector }) => {
      const made: DetectorPort = createTfjsDetector({ workerUrl: '/dist/worker/detector.js', assetBase: '/dist/assets/' });
      await new Promise<void>((ready, fail) => {
        made.load({ onStage: (stage) => stage === 'mesh' && ready(), onFailure: ({ detail }) => fail(new Error(detail)) }).catch(fail);
      });
      return made;
    }, await loadModule(page, '/src/detector/index.js'));
    return await work({ page, room, detector, module: await loadModule(page, '/src/capture/best-frame.js') });
  } finally {
    await browser.close();
  }
}

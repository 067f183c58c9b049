import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { type Browser, chromium } from 'playwright-core';

const INSTALLED = [
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** A browser to run, and the switches it needs beyond ours. */
export interface ChromiumChoice {
  readonly executablePath: string;
  readonly args: readonly string[];
  readonly from: 'CHROMIUM_PATH' | 'installed' | '@sparticuz/chromium';
}

/**
 * Finds a Chromium: `CHROMIUM_PATH`, else an installed Chrome or Chromium, else the one inside the npm package
 * `@sparticuz/chromium` (unpacked to the temporary folder on first use).
 *
 * @throws Error when `CHROMIUM_PATH` names nothing that can be run.
 */
export async function findChromium(environment: NodeJS.ProcessEnv = process.env): Promise<ChromiumChoice> {
  const chosen = environment['CHROMIUM_PATH'];
  if (chosen !== undefined && chosen !== '') {
    if (!(await isExecutable(chosen))) throw new Error(`CHROMIUM_PATH: ${chosen} is not an executable file`);
    return { executablePath: chosen, args: [], from: 'CHROMIUM_PATH' };
  }
  for (const path of INSTALLED) {
    if (await isExecutable(path)) return { executablePath: path, args: [], from: 'installed' };
  }
  const { default: packaged } = await import('@sparticuz/chromium');
  // SwiftShader and the swap of /dev/shm are what the package's own list is for; its --single-process and
  // --disable-* privacy switches would change what the tests see.
  return { executablePath: await packaged.executablePath(), args: ['--disable-dev-shm-usage'], from: '@sparticuz/chromium' };
}

/** Options of {@link launchChromium}. */
export interface LaunchOptions {
  /** Motion-JPEG file that plays in a loop as the camera. Without it the browser has no camera. */
  readonly fakeCamera?: string;
  /** Further command-line switches. */
  readonly args?: readonly string[];
}

/** Starts a headless Chromium with nothing phoning home and, where asked, a camera that plays a file. */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  const choice = await findChromium();
  const camera = options.fakeCamera === undefined
    ? []
    : ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', `--use-file-for-fake-video-capture=${options.fakeCamera}`];
  return chromium.launch({
    executablePath: choice.executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--autoplay-policy=no-user-gesture-required',
      ...choice.args,
      ...camera,
      ...(options.args ?? []),
    ],
  });
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(() => true, () => false);
}

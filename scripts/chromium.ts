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
  // The package brings the libraries that a bare container lacks, but unpacks and uses them only where it takes the machine
  // for a cloud function; it looks when it is imported.
  if (!(await hasSystemLibraries(environment))) environment['AWS_EXECUTION_ENV'] ??= 'AWS_Lambda_nodejs22.x';
  const { default: packaged } = await import('@sparticuz/chromium');
  // Not the package's own list of switches: --single-process and --disable-web-security would change what the tests see.
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

const LIBRARY_FOLDERS = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib', '/lib64'];

/** Whether the network security services that every Chromium links to are installed. `FACEFRONT_BARE=1` acts as if not. */
async function hasSystemLibraries(environment: NodeJS.ProcessEnv): Promise<boolean> {
  if (environment['FACEFRONT_BARE'] === '1') return false;
  const found = await Promise.all(LIBRARY_FOLDERS.map((folder) => access(`${folder}/libnss3.so`).then(() => true, () => false)));
  return found.includes(true);
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(() => true, () => false);
}

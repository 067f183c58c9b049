import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, JSHandle, Page } from 'playwright-core';
import type * as bestFrame from '../../src/capture/best-frame.js';
import type * as burst from '../../src/capture/jpeg-burst.js';
import type * as capture from '../../src/capture/index.js';
import type * as microphone from '../../src/capture/microphone.js';
import type * as mp4 from '../../src/capture/mp4.js';
import type * as systemCamera from '../../src/capture/system-camera.js';
import type * as detector from '../../src/detector/index.js';
import type * as web from '../../src/platform/web.js';
import { sourceModule } from './source-module.js';

/** The capture room as a page has it. */
export type Room = typeof capture & typeof web & typeof microphone & typeof burst & typeof systemCamera;

/** Modules that a page fetches only when it needs them. */
export interface LazyModules {
  readonly '/src/capture/best-frame.js': typeof bestFrame;
  readonly '/src/capture/mp4.js': typeof mp4;
  readonly '/src/detector/index.js': typeof detector;
}

const ROOT = new URL('../../', import.meta.url);
const ENTRY = ['capture/index', 'platform/web', 'capture/microphone', 'capture/jpeg-burst', 'capture/system-camera']
  .map((name) => `export * from '/src/${name}.js';`)
  .join('\n');
const MEDIABUNNY = '/node_modules/mediabunny/dist/bundles/mediabunny.min.mjs';
const IMPORTS = `{"imports":{"mediabunny":"${MEDIABUNNY}"}}`;
const HEAD = `<!doctype html><link rel="icon" href="data:,"><script type="importmap">${IMPORTS}</script>`;
/** The policy the SDK promises to work under; the hash is that of the import map, which an app's bundler makes unnecessary. */
const POLICY = [
  "default-src 'none'",
  `script-src 'self' 'wasm-unsafe-eval' 'sha256-${createHash('sha256').update(IMPORTS).digest('base64')}'`,
  "connect-src 'self'",
  "worker-src 'self'",
  "media-src 'self' blob:",
  "img-src 'self' blob: data:",
].join('; ');
/** What the detector fetches, as `npm run build` leaves it. */
const BUILT = /^\/dist\/(worker|assets)\/[\w.-]+$/;
const TYPES: Readonly<Record<string, string>> = { js: 'text/javascript', json: 'application/json', wasm: 'application/wasm' };

/** Serves the sources as the browser's own modules, so that what is tested is what is written. */
async function serve(url: string): Promise<{ type: string; body: string | Buffer }> {
  const html = (body: string) => ({ type: 'text/html', body: HEAD + body });
  const script = (body: string) => ({ type: 'text/javascript', body });
  if (url === '/') return html('<video id="preview"></video><input type="file">');
  if (url.startsWith('/frame?')) {
    const source = new URL(url, 'http://localhost').searchParams;
    return html(`<iframe src="${source.get('src')}" allow="${source.get('allow')}"></iframe>`);
  }
  if (url === '/room.js') return script(ENTRY);
  if (url === MEDIABUNNY) return script(await readFile(new URL(`.${url}`, ROOT), 'utf8'));
  if (BUILT.test(url)) return { type: TYPES[url.split('.').at(-1) ?? ''] ?? 'application/octet-stream', body: await readFile(new URL(`.${url}`, ROOT)) };
  return script(await sourceModule(url));
}

/** A running server of the room. */
export interface RoomServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Starts a server on a port of its own. */
export async function serveRoom(): Promise<RoomServer> {
  const server = createServer((request, response) => {
    serve(request.url ?? '/').then(
      ({ type, body }) => {
        // A frame around the page is not the SDK's.
        if (request.url === '/') response.setHeader('content-security-policy', POLICY);
        response.setHeader('content-type', type).end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

/** Opens the page; the room is the module, for `page.evaluate`. */
export async function enterRoom(browser: Browser, address: string): Promise<{ page: Page; room: JSHandle<Room> }> {
  const page = await browser.newPage();
  await page.goto(address);
  return { page, room: await loadRoom(page) };
}

/** The room in a page or a frame that is open already. */
export function loadRoom(target: Pick<Page, 'evaluateHandle'>): Promise<JSHandle<Room>> {
  // As text: the test runner rewrites an import that it sees.
  return target.evaluateHandle<Room>("import('/room.js')");
}

/** A module that the room itself does not fetch. */
export function loadModule<Path extends keyof LazyModules>(page: Page, path: Path): Promise<JSHandle<LazyModules[Path]>> {
  return page.evaluateHandle<LazyModules[Path]>(`import('${path}')`);
}

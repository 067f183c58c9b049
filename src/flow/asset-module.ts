import type * as bestFrame from '../capture/best-frame.js';
import type * as jpegBurst from '../capture/jpeg-burst.js';
import type * as microphone from '../capture/microphone.js';
import type * as mp4 from '../capture/mp4.js';
import { type CaptureResult, describeError, failure, success } from '../capture/result.js';
import type * as challenges from '../liveness/challenges/asked-kinds.js';
import { within } from '../platform/deadline.js';
import type { MediaPlatform } from '../platform/port.js';
import { sleep } from '../platform/sleep.js';
import type * as systemCamera from './system-camera-run.js';

/** What few pages need, or none before the person is looked at, by its file in `assets/`. */
export interface AssetModules {
  readonly 'best-frame': typeof bestFrame;
  readonly challenges: typeof challenges;
  readonly 'jpeg-burst': typeof jpegBurst;
  readonly microphone: typeof microphone;
  readonly mp4: typeof mp4;
  readonly 'system-camera': typeof systemCamera;
}

/** Options of {@link loadAssetModule}. */
export interface LoadAssetModuleOptions {
  /** See `VerifyOptions.assetBase`. */
  readonly assetBase: string;
  readonly platform: Pick<MediaPlatform, 'importModule' | 'isOnline' | 'setTimeout' | 'clearTimeout'>;
  readonly signal: AbortSignal;
  /** Longest wait for each of two tries. Default 20,000. */
  readonly timeoutMs?: number;
}

/** Milliseconds before the second try: a phone that was offline says that it is online before its connections work. */
const RETRY_AFTER_MS = 500;

/**
 * Fetches a module from beside the models. A second try goes by another address, since browsers
 * remember that one could not be had. Codes: `recorder-unavailable`, `offline`, `cancelled`.
 */
export async function loadAssetModule<Name extends keyof AssetModules>(name: Name, { assetBase, platform, signal, timeoutMs = 20_000 }: LoadAssetModuleOptions): Promise<CaptureResult<AssetModules[Name]>> {
  const address = `${assetBase.replace(/\/?$/, '/')}assets/${name}.js`;
  let why = '';
  for (const suffix of ['', '?again']) {
    if (suffix) await sleep(RETRY_AFTER_MS, platform, [signal]);
    const loaded = await within(platform.importModule(address + suffix), { platform, signal, timeoutMs });
    if (loaded.kind === 'value') return success(loaded.value as AssetModules[Name]);
    if (loaded.kind === 'aborted') return failure('cancelled', `while ${address} was loading`);
    why = loaded.kind === 'error' ? describeError(loaded.error) : `not within ${timeoutMs} ms`;
  }
  return failure(platform.isOnline() ? 'recorder-unavailable' : 'offline', `${address} could not be loaded: ${why}`);
}

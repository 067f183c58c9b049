import type { DetectorFailure } from '../../port.js';
import { RETRY_AFTER_MS } from '../retry-after.js';

/** What a file must be, known when the worker was built. */
export interface AssetExpectation {
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
}

/** An asset that did not arrive as it was built. */
export class AssetError extends Error {
  override readonly name = 'AssetError';
  readonly failure: DetectorFailure;
  /** It was lost on the way, or the server is out of order: another try may get it. */
  readonly mayPass: boolean;
  constructor(failure: DetectorFailure, { mayPass = false } = {}) {
    super(failure.detail);
    this.failure = failure;
    this.mayPass = mayPass;
  }
}

/** Options of {@link fetchAsset}. */
export interface FetchAssetOptions {
  readonly url: string;
  readonly expectation: AssetExpectation;
  /** Milliseconds without a single byte after which the download is given up. */
  readonly stallMs: number;
  /** From the start again with each try. */
  readonly onBytes: (loadedBytes: number) => void;
}

/**
 * Fetches a file with progress and checks its size and digest. What the network loses, or a server that is out of order (5xx), is
 * tried again.
 *
 * No deadline on the whole: on a slow line a long download that moves is better than an error.
 *
 * @throws AssetError `model-missing` (no answer, not 2xx, stalled) or `model-corrupt` (wrong size or digest).
 */
export async function fetchAsset(options: FetchAssetOptions): Promise<Uint8Array<ArrayBuffer>> {
  for (const pauseMs of RETRY_AFTER_MS) {
    try {
      return await fetchOnce(options);
    } catch (error) {
      if (!(error as AssetError).mayPass) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  return fetchOnce(options);
}

async function fetchOnce(options: FetchAssetOptions): Promise<Uint8Array<ArrayBuffer>> {
  const { url, expectation, stallMs, onBytes } = options;
  const name = url.slice(url.lastIndexOf('/') + 1);
  const abort = new AbortController();
  let watchdog = setTimeout(() => abort.abort(), stallMs);
  const bytes = new Uint8Array(expectation.bytes);
  let length = 0;
  try {
    const response = await fetch(url, { credentials: 'omit', signal: abort.signal });
    if (!response.ok) throw missing(name, `answered ${response.status}`, response.status >= 500);
    if (response.body === null) throw missing(name, 'has no body');
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      clearTimeout(watchdog);
      watchdog = setTimeout(() => abort.abort(), stallMs);
      if (length + value.byteLength > bytes.byteLength) throw corrupt(name, `is larger than ${bytes.byteLength} bytes`);
      bytes.set(value, length);
      length += value.byteLength;
      onBytes(length);
    }
  } catch (error) {
    if (error instanceof AssetError) throw error;
    throw abort.signal.aborted ? missing(name, `stalled for ${stallMs} ms`) : missing(name, String(error), true);
  } finally {
    clearTimeout(watchdog);
    abort.abort();
  }
  if (length !== bytes.byteLength) throw corrupt(name, `has ${length} bytes instead of ${bytes.byteLength}`);
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  if (toHex(new Uint8Array(digest)) !== expectation.sha256) throw corrupt(name, 'has another digest than when it was built');
  return bytes;
}

function missing(name: string, what: string, mayPass = false): AssetError {
  return new AssetError({ code: 'model-missing', detail: `${name} ${what}` }, { mayPass });
}

function corrupt(name: string, what: string): AssetError {
  return new AssetError({ code: 'model-corrupt', detail: `${name} ${what}` });
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

import { type CollectContext, EVERYWHERE, type FactAbout } from '../../fact.js';

/** What a clone of the track did when it was asked for half its width. */
export interface CameraResponseValue {
  /** `obeyed` it has the size asked for · `ignored` it agreed and did not change · `refused` it said that it cannot, or failed. */
  readonly outcome: 'obeyed' | 'ignored' | 'refused';
}

/** Twelve frames of a camera at 30 a second. */
const PATIENCE_MS = 400;
const LOOK_MS = 20;

export const about: FactAbout = {
  purpose: 'See a stream that cannot be steered as a camera can.',
  value: 'Whether a clone of the track takes on half its width.',
  personalData: 'device',
  platforms: EVERYWHERE,
  cost: '30–400 ms of waiting. Only where the caller allows it (`probe`), before the recording.',
};

/** Response to `applyConstraints`. */
export async function readResponse({ camera, host, signal }: CollectContext): Promise<CameraResponseValue | undefined> {
  const half = (camera?.track.getSettings().width ?? 0) >> 1;
  if (camera?.probe !== 'clone' || !half || signal.aborted) return undefined;
  const clone = camera.track.clone();
  // A camera that never answers keeps its light on until its last track is stopped.
  signal.addEventListener('abort', () => clone.stop());
  try {
    await clone.applyConstraints({ width: { exact: half } });
    // The settings of a clone change with its next frame.
    const latest = host.now() + PATIENCE_MS;
    while (clone.getSettings().width !== half) {
      if (host.now() > latest || signal.aborted) return { outcome: 'ignored' };
      await new Promise<void>((resolve) => host.setTimeout(resolve, LOOK_MS));
    }
    return { outcome: 'obeyed' };
  } catch {
    return { outcome: 'refused' };
  } finally {
    clone.stop();
  }
}

import { within } from '../../../platform/deadline.js';
import { type CollectContext, EVERYWHERE, type FactAbout } from '../../fact.js';

/**
 * What the label of a camera looks like: `empty` · `identifier` not a name but a number, as tracks without a device have ·
 * `virtual` software that poses as a camera · `file` a file played as a camera · `phone` a telephone used as a camera, often honest ·
 * `named` any other name.
 */
export type LabelClass = 'empty' | 'identifier' | 'virtual' | 'file' | 'phone' | 'named';

/** The device behind the track. The label itself stays here. */
export interface CameraDeviceValue {
  /** Class of the track: `MediaStreamTrack` for a camera, `CanvasCaptureMediaStreamTrack`, `MediaStreamTrackGenerator`, … */
  readonly trackClass: string;
  readonly label: LabelClass;
  /** Whether the track tells a `groupId`. */
  readonly grouped: boolean;
  /** Whether the browser lists the track's device; absent where it lists no device with an id, or does not answer. */
  readonly listed?: boolean;
  /** Whether the listed device has the track's label; absent where it is not listed, or without a label. */
  readonly sameLabel?: boolean;
  /** Whether something of the track's own stands over what every track has, such as its label or `getSettings`. */
  readonly shadowed: boolean;
}

const LABELS: readonly (readonly [LabelClass, RegExp])[] = [
  ['empty', /^$/],
  ['identifier', /^[\w+/-]{64,}=*$|^\{?[\da-f]{8}(-[\da-f]{4}){4}[\da-f]{8}\}?$/i],
  ['file', /^([\\/]|[a-z]:)|\.(mjpeg|y4m)$/i],
  // Before the telephones, whose names some of these carry. VCam is software, iVCam of the same maker a telephone.
  ['virtual', /virtual|虚拟|虛擬|\bobs\b|manycam|snap ?cam|xsplit|splitcam|camtwist|mmhmm|loopback|dummy|fake|\bvcam|webcamoid/i],
  ['phone', /droidcam|iriun|epoccam|ivcam|\bcamo\b|iphone|phone link/i],
];

/** The list has been seen never to come; what the track itself tells must not wait for it. */
const LIST_MS = 400;

export const about: FactAbout = {
  purpose: 'See a stream that poses as a camera, and software cameras.',
  value: 'Class of the track, class of its label (never the label), whether it has a group and stands in the list of devices.',
  personalData: 'device',
  platforms: EVERYWHERE,
  cost: '1–50 ms of waiting.',
};

/** The device behind the track that is used as the camera. */
export async function readDevice({ camera, host, signal }: CollectContext): Promise<CameraDeviceValue | undefined> {
  if (!camera) return undefined;
  const { track } = camera;
  const { deviceId, groupId } = track.getSettings();
  const list = await within((async () => host.page.navigator.mediaDevices?.enumerateDevices())(), { platform: host, timeoutMs: LIST_MS, signal });
  const devices = ((list.kind === 'value' && list.value) || []).filter((device) => device.kind === 'videoinput' && device.deviceId);
  const own = devices.find((device) => device.deviceId === deviceId);
  return {
    // Not `constructor.name`, which is easier to change.
    trackClass: Object.prototype.toString.call(track).slice(8, -1),
    label: classify(track.label, deviceId),
    grouped: Boolean(groupId),
    ...(devices.length > 0 && { listed: own !== undefined }),
    ...(own?.label && { sameLabel: own.label === track.label }),
    shadowed: Reflect.ownKeys(track).some((key) => key in (Object.getPrototypeOf(track) as object)),
  };
}

function classify(label: string, deviceId: string | undefined): LabelClass {
  return label && label === deviceId ? 'identifier' : (LABELS.find(([, pattern]) => pattern.test(label))?.[0] ?? 'named');
}

import type { MediaPlatform } from '../platform/port.js';
import type { Camera } from './camera.js';
import { within } from '../platform/deadline.js';
import { cancelled, type CaptureResult, describeError, failure, success } from './result.js';

/** Where a camera looks, as far as its name tells. */
export type CameraFacing = 'front' | 'back' | 'unknown';

/** What a camera is made for, as far as its name tells; `virtual` is a program. */
export type CameraKind = 'plain' | 'wide' | 'telephoto' | 'depth' | 'virtual' | 'infrared';

/** One camera to choose from. */
export interface CameraChoice {
  /** For `OpenCameraOptions.deviceId`. */
  readonly deviceId: string;
  /** The system's own name, in the system's language. May hold a person's name (“Anna's iPhone”): show it, never send it. */
  readonly label: string;
  readonly facing: CameraFacing;
  readonly kind: CameraKind;
}

/**
 * Only iOS translates the names of its cameras, and is asked in the languages of the prompts; Chrome on Android says
 * "camera2 1, facing front" everywhere.
 */
const FRONT = /front|user facing|face ?time|depan|hadapan|trước|หน้า|前|正面|전면/i;
const BACK = /\bback\b|rear|world facing|belakang|\bsau\b|หลัง|后|後|背面|후면/i;

/** The first that matches. Desk View and the like are pictures that a program makes. */
const KINDS: readonly (readonly [CameraKind, RegExp])[] = [
  ['infrared', /\bIR\b|infra|windows hello|红外|紅外|赤外|적외/i],
  ['virtual', /virtual|\bobs\b|manycam|snap camera|desk view|虚拟|虛擬/i],
  ['depth', /depth|\btof\b|lidar|深度/i],
  ['telephoto', /telephoto|长焦|長焦|望遠|망원/i],
  ['wide', /wide|ultra|广角|廣角|広角|광각/i],
];

const POINTS_OF_FACING: { readonly [Facing in CameraFacing]: number } = { front: 4, unknown: 2, back: 0 };
/** An infrared picture is no evidence whatever it looks at; the others are only second choice. */
const POINTS_OF_KIND: { readonly [Kind in CameraKind]: number } = { plain: 0, wide: -1, telephoto: -1, depth: -2, virtual: -3, infrared: -8 };

/**
 * What a camera's name says of it.
 *
 * @param facingMode What the browser itself says, where it does; it outweighs the name.
 */
export function classifyCamera(label: string, facingMode?: string): Pick<CameraChoice, 'facing' | 'kind'> {
  const facing = facingMode === 'user' || (!facingMode && FRONT.test(label)) ? 'front' : facingMode === 'environment' || BACK.test(label) ? 'back' : 'unknown';
  return { facing, kind: KINDS.find(([, mark]) => mark.test(label))?.[0] ?? 'plain' };
}

/** Options of {@link listCameras}. */
export interface ListCamerasOptions {
  readonly platform: MediaPlatform;
  readonly signal?: AbortSignal | undefined;
  /** Longest wait for the browser's list. Default 3,000. */
  readonly timeoutMs?: number | undefined;
}

/**
 * The cameras to choose from, the one best suited to a face first. Names and ids are there only once a camera has been
 * opened; before that the list is empty.
 *
 * Codes: `unsupported-browser` (no list to be had), `camera-timeout`, `camera-failed`, `cancelled`.
 */
export async function listCameras({ platform, signal, timeoutMs = 3_000 }: ListCamerasOptions): Promise<CaptureResult<readonly CameraChoice[]>> {
  const devices = platform.mediaDevices();
  if (typeof devices?.enumerateDevices !== 'function') return failure('unsupported-browser', 'the browser lists no devices');
  const listed = await within(devices.enumerateDevices(), { platform, signal, timeoutMs });
  switch (listed.kind) {
    case 'value':
      return success(listed.value.filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId).map(describe).sort((a, b) => rank(b) - rank(a)));
    case 'timeout':
      return failure('camera-timeout', `enumerateDevices gave no answer within ${timeoutMs} ms`);
    case 'aborted':
      return cancelled('listing the cameras');
    case 'error':
      return failure('camera-failed', describeError(listed.error));
  }
}

/**
 * The camera to change to where the open one is no good for a face (infrared, depth, a program's, or facing back: phones have
 * been seen to answer "the front camera" with the infrared one), and a better one is there. Any other stays, whatever its name:
 * the person may have chosen it in the browser's own prompt, and would be asked again. `undefined` where it stays, or is not on
 * the list.
 */
export function betterCamera(cameras: readonly CameraChoice[], { deviceId }: Pick<Camera, 'deviceId'>): CameraChoice | undefined {
  const current = cameras.find((camera) => camera.deviceId === deviceId);
  const [best] = cameras;
  if (!best || !current || rank(best) <= rank(current)) return undefined;
  // Of two front cameras on Android the infrared one is told by its number alone.
  return isUnfit(current) || [best, current].every(({ label }) => /^camera2? \d+, facing front/.test(label)) ? best : undefined;
}

/**
 * The camera to try where another gave no usable picture: the next that does for a face. A phone's back camera does not, nor a program
 * that shows a picture of its own while the real camera is in use.
 *
 * @param failed the camera that is no use; where it could not even be opened, it is taken to be the first of the list
 */
export function nextCamera(cameras: readonly CameraChoice[], failed: string | undefined): CameraChoice | undefined {
  return cameras.find((camera, index) => (failed === undefined ? index > 0 : camera.deviceId !== failed) && !isUnfit(camera));
}

/** A wide angle or a telephoto lens is second choice, and does for a face. */
function isUnfit({ facing, kind }: CameraChoice): boolean {
  return facing === 'back' || POINTS_OF_KIND[kind] < POINTS_OF_KIND.wide;
}

function describe(device: MediaDeviceInfo): CameraChoice {
  const { deviceId, label } = device;
  const capabilities = (device as Partial<InputDeviceInfo>).getCapabilities?.();
  return { deviceId, label, ...classifyCamera(label, capabilities?.facingMode?.[0]) };
}

function rank({ facing, kind, label }: CameraChoice): number {
  // Android numbers its cameras, and the plain one of a side comes before the infrared one, which has no other mark.
  const number = Number(/^camera2? (\d+)/.exec(label)?.[1] ?? 0);
  return POINTS_OF_FACING[facing] + POINTS_OF_KIND[kind] - number / 100;
}

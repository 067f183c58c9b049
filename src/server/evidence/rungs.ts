import { MOTION_JPEG, SYSTEM_CAMERA } from '../../transport/protocol.js';
import type { Manifest } from '../../transport/protocol.js';
import type { FieldError } from '../../transport/shape.js';
import { containerOf } from './against-video.js';

const FIELD = 'manifest.fallbacks';

/**
 * Whether the rungs that a manifest names can have led to what else it tells of. Names that are not known here say nothing, as
 * another client may have rungs of its own.
 */
export function checkRungs({ fallbacks, video, camera, bestFrame }: Manifest): readonly FieldError[] {
  const container = containerOf(video.mediaType);
  const isBurst = container === MOTION_JPEG;
  const errors: FieldError[] = [];
  const forbid = (name: string, isThere: boolean, where: string): void => {
    if (isThere && fallbacks.includes(name)) errors.push({ field: FIELD, rule: `must not hold ${name} where ${where}` });
  };
  if (isBurst && !fallbacks.includes('evidence:jpeg-burst')) errors.push({ field: FIELD, rule: `must hold evidence:jpeg-burst where the video is ${MOTION_JPEG}` });
  forbid('evidence:jpeg-burst', !isBurst, `the video is ${container}`);
  forbid(SYSTEM_CAMERA, isBurst, `the video is ${MOTION_JPEG}`);
  for (const made of ['remuxed', 'transcoded']) forbid(`converted:${made}`, container !== 'video/mp4', `the video is ${container}`);
  forbid('camera:adopted', !camera.synthetic, 'camera.synthetic is false');
  forbid('best-frame:not-loaded', bestFrame !== undefined, 'there is a best frame');
  return errors;
}

import { MOTION_JPEG } from '../../transport/protocol.js';
import type { Manifest } from '../../transport/protocol.js';
import type { FieldError } from '../../transport/shape.js';
import type { EvidenceFacts } from './inspect.js';

/**
 * Most milliseconds by which a file may be shorter than its recorder ran: it begins with its first frame and ends with its last.
 * A loaded phone has been seen to lose 0.6 s.
 */
export const LOST_MS = 1000;

/**
 * Most milliseconds by which a file may be longer: it begins when the recorder is called, which says that it has started with its
 * first bytes. Chromium's mp4 on a machine with three times the work that it can do said so 0.5 s late.
 */
export const GAINED_MS = 1500;

/**
 * Most by which the shape of the video may differ from that of the camera's picture, as a share: encoders round sides to whole
 * blocks. 4:3 and 16:9 are a third apart.
 */
const SHAPE_TOLERANCE = 0.1;

/** The same boxes by another name: Chrome's webm with H.264 is Matroska, what phones call 3gpp or QuickTime is all but mp4. */
const FAMILIES: Readonly<Record<string, string>> = {
  'video/x-matroska': 'video/webm',
  'video/matroska': 'video/webm',
  'video/quicktime': 'video/mp4',
  'video/3gpp': 'video/mp4',
  'video/3gpp2': 'video/mp4',
  'video/x-m4v': 'video/mp4',
};

/** A media type without its parameters. */
export function containerOf(mediaType: string): string {
  return mediaType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/**
 * Whether the recording is in the container that the manifest names.
 *
 * @param takes what the session takes, if that is limited; there QuickTime is not mp4
 */
export function checkContainer({ video }: Manifest, { mediaType }: EvidenceFacts, takes?: readonly string[]): readonly FieldError[] {
  const family = (name: string): string => FAMILIES[name] ?? name;
  const found = mediaType === 'video/x-matroska' ? 'video/webm' : mediaType;
  const isRight = family(containerOf(video.mediaType)) === family(found) && (takes === undefined || takes.includes(found));
  return isRight ? [] : [{ field: 'manifest.video.mediaType', rule: `must be that of the video, ${found}${takes ? `, and one of ${takes.join(', ')}` : ''}` }];
}

/** Holds what a manifest says of times, pictures and the camera against what was measured of the video. */
export function compareWithVideo({ video, timeline, bestFrame, camera }: Manifest, facts: EvidenceFacts): readonly FieldError[] {
  const errors: FieldError[] = [];
  const { durationMs } = facts;
  if (video.durationMs > durationMs + LOST_MS || video.durationMs < durationMs - GAINED_MS) {
    errors.push({ field: 'manifest.video.durationMs', rule: `must be that of the video, which lasts ${durationMs} ms` });
  }
  const within = (at: number, field: string): void => {
    if (at > durationMs + LOST_MS) errors.push({ field, rule: `must lie within the video, which lasts ${durationMs} ms` });
  };
  timeline.forEach(({ at }, index) => within(at, `manifest.timeline[${index}].at`));
  if (bestFrame) within(bestFrame.at, 'manifest.bestFrame.at');
  // Upright or lying: phones turn the picture by a mark in the file, or do not.
  const shape = ({ width, height }: Pick<EvidenceFacts, 'width' | 'height'>): number => Math.max(width, height) / Math.min(width, height);
  if (!(Math.abs(shape(facts) / shape(camera) - 1) <= SHAPE_TOLERANCE)) errors.push({ field: 'manifest.camera', rule: `must be of the shape of the video, ${facts.width}×${facts.height}` });
  if (facts.mediaType === MOTION_JPEG) errors.push(...comparePictures(video.frames ?? [], facts.pictures ?? []));
  return errors;
}

function comparePictures(frames: NonNullable<Manifest['video']['frames']>, pictures: readonly number[]): readonly FieldError[] {
  if (frames.length !== pictures.length) return [{ field: 'manifest.video.frames', rule: `must list the ${pictures.length} pictures that are there` }];
  return frames.flatMap(({ bytes }, index) => (bytes === pictures[index] ? [] : [{ field: `manifest.video.frames[${index}].bytes`, rule: `must be those of the picture, ${pictures[index]}` }]));
}

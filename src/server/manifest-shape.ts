import type { ActionRecord, ChallengeRecord, DigitsRecord, LightRecord, SilentRecord, Substitution } from '../liveness/index.js';
import type { Manifest, ManifestBestFrame, ManifestFrame, ManifestVideo, TimelineEntry } from '../transport/protocol.js';
import { flag, integer, list, numeric, oneOf, optional, record, sha256Hex, text, union } from '../transport/shape.js';
import type { Shape } from '../transport/shape.js';
import { MAX_LISTED_PARTS, challengeShape, manifestPartShape } from '../transport/wire-shapes.js';

/** A media type with its parameters. */
export const mediaType = text({ max: 128, pattern: /^[\w.+-]+\/[\w.+-]+\s*(;.*)?$/, rule: 'must be a media type such as video/webm;codecs=vp8' });

/** What was not asked of the person, and why. */
export const substitutions = list(record<Substitution>({ withheld: text<Substitution['withheld']>({ max: 64 }), because: oneOf('declared', 'system') }), { max: 32 });

const DAY_MS = 86_400_000;
/** A moment of the recording. Clients round to whole milliseconds; another's fraction does no harm. */
const at = numeric({ min: -DAY_MS, max: DAY_MS });
const measure = numeric({ min: -1e9, max: 1e9 });
const count = integer({ max: 1_000_000 });
/** Longest side of a JPEG, and of any camera there is. */
const pixels = integer({ min: 1, max: 65_535 });

/** Most entries of a timeline, and most pictures of a burst: half a minute at thirty a second. */
const MAX_LISTED = 1000;
const MAX_RECORDED = 32;

const actionId = text<ActionRecord['actions'][number]['id']>({ max: 64 });

const RECORD_SHAPES: { readonly [Type in ChallengeRecord['type']]: Shape<Extract<ChallengeRecord, { type: Type }>> } = {
  silent: record<SilentRecord>({ type: oneOf('silent') }),
  action: record<ActionRecord>({ type: oneOf('action'), actions: list(record<ActionRecord['actions'][number]>({ id: actionId, asked: at, start: at, end: at }), { max: MAX_RECORDED }), wrong: count }),
  digits: record<DigitsRecord>({
    type: oneOf('digits'),
    noiseFloor: measure,
    speechLevel: measure,
    digits: list(record<DigitsRecord['digits'][number]>({ start: at, end: at, peakLevel: measure, voicedMs: measure, mouthRange: measure }), { max: MAX_RECORDED }),
  }),
  light: record<LightRecord>({
    type: oneOf('light'),
    baseline: measure,
    colours: list(record<LightRecord['colours'][number]>({ start: at, end: at, brightness: measure, response: measure, samples: count }), { max: MAX_RECORDED }),
    pauses: count,
  }),
};

const challengeRecord = union<ChallengeRecord>(
  ({ type }) => (typeof type === 'string' && Object.hasOwn(RECORD_SHAPES, type) ? (RECORD_SHAPES[type as ChallengeRecord['type']] as Shape<ChallengeRecord>) : undefined),
  'must be an object whose type is "silent", "action", "digits" or "light"',
);

const parts = list(manifestPartShape, { max: MAX_LISTED_PARTS });

/** Shape of {@link Manifest}. */
export const manifestShape: Shape<Manifest> = record<Manifest>({
  version: oneOf(1),
  sessionId: text({ max: 128 }),
  nonce: text({ max: 128 }),
  challenge: challengeShape,
  consentDigest: sha256Hex,
  video: record<ManifestVideo>({
    mediaType,
    bytes: integer(),
    durationMs: numeric({ min: 0, max: DAY_MS }),
    parts,
    frames: optional(list(record<ManifestFrame>({ at, bytes: integer({ min: 1 }) }), { max: MAX_LISTED })),
  }),
  bestFrame: optional(
    record<ManifestBestFrame>({
      mediaType: oneOf('image/jpeg'),
      bytes: integer({ min: 1 }),
      at,
      width: pixels,
      height: pixels,
      score: record<ManifestBestFrame['score']>({ sharpness: measure, yaw: measure, pitch: measure, roll: measure, eyeOpenness: measure }),
      parts,
    }),
  ),
  timeline: list(record<TimelineEntry>({ at, event: text({ max: 128 }) }), { max: MAX_LISTED }),
  camera: record<Manifest['camera']>({
    width: integer({ max: 65_536 }),
    height: integer({ max: 65_536 }),
    frameRate: optional(numeric({ min: 0, max: 1000 })),
    // Browsers report '' for a camera that faces nowhere in particular.
    facingMode: optional(text({ min: 0, max: 64 })),
    synthetic: flag,
  }),
  fallbacks: list(text({ max: 128 }), { max: 100 }),
  record: optional(challengeRecord),
  substitutions: optional(substitutions),
  chain: sha256Hex,
});

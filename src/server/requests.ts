import type { ConsentRecord, Manifest, SessionRequest, SubmissionRequest, TimelineEntry } from '../transport/protocol.js';
import type { ChallengeRecord, Substitution } from '../liveness/index.js';
import { anything, dictionary, flag, integer, isObject, list, moment, numeric, oneOf, optional, record, sha256Hex, text } from '../transport/shape.js';
import type { Shape } from '../transport/shape.js';
import { MAX_LISTED_PARTS, challengeShape, manifestPartShape } from '../transport/wire-shapes.js';

/** BCP 47, as far as its letters go. */
const locale = text({ max: 35, pattern: /^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/, rule: 'must be a BCP 47 language tag' });

const mediaType = text({ max: 128, pattern: /^[\w.+-]+\/[\w.+-]+\s*(;.*)?$/, rule: 'must be a media type such as video/webm;codecs=vp8' });

/** Shape of {@link ConsentRecord}. */
export const consentShape: Shape<ConsentRecord> = record<ConsentRecord>({
  granted: oneOf(true),
  at: moment,
  textVersion: text({ max: 128 }),
  textDigest: sha256Hex,
  locale,
  scopes: list(text({ max: 128 }), { min: 1, max: 32 }),
});

const substitutions = list(record<Substitution>({ withheld: text<Substitution['withheld']>({ max: 64 }), because: oneOf('declared', 'system') }), { max: 32 });

/** What it holds is for whoever weighs the evidence; here it only must be small and of a known kind. */
const challengeRecord: Shape<ChallengeRecord> = (value, field, findings) => {
  record<{ readonly type: string }>({ type: oneOf('silent', 'action', 'digits', 'light') })(isObject(value) ? { type: value['type'] } : value, field, findings);
};

/** The version is compared by the route, which has a problem of its own for it. */
type OpenRequest = Omit<SessionRequest, 'protocol'> & { readonly protocol: number };

/** Shape of the body of `POST sessions`. */
export const sessionRequestShape: Shape<OpenRequest> = record<OpenRequest>({
  protocol: integer(),
  consent: consentShape,
  // Kinds of channel and challenge this server has not heard of are not wrong: the client may be newer.
  channels: optional(list(text({ max: 64 }), { min: 1, max: 32 })),
  challenges: list(text<SessionRequest['challenges'][number]>({ max: 64 }), { max: 32 }),
  containers: list(mediaType, { max: 32 }),
  locale,
  actions: optional(list(text<NonNullable<SessionRequest['actions']>[number]>({ max: 64 }), { max: 32 })),
  substitutions: optional(substitutions),
});

const manifest: Shape<Manifest> = record<Manifest>({
  version: oneOf(1),
  sessionId: text({ max: 128 }),
  nonce: text({ max: 128 }),
  challenge: challengeShape,
  video: record<Manifest['video']>({
    mediaType,
    bytes: integer(),
    durationMs: numeric({ min: 0, max: 86_400_000 }),
    parts: list(manifestPartShape, { max: MAX_LISTED_PARTS }),
  }),
  timeline: list(record<TimelineEntry>({ at: numeric({ min: -86_400_000, max: 86_400_000 }), event: text({ max: 128 }) }), { max: 1000 }),
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

/** Shape of the body of `POST submission`. What risk and tokens hold is for the vendor to read. */
export const submissionRequestShape: Shape<SubmissionRequest> = record<SubmissionRequest>({
  manifest,
  risk: optional(dictionary(anything, { max: 1000 })),
  consent: consentShape,
  tokens: optional(dictionary(text({ max: 8192 }), { max: 32 })),
});

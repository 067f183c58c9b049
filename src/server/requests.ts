import type { ConsentRecord, SessionRequest, SubmissionRequest } from '../transport/protocol.js';
import { anything, dictionary, integer, list, moment, oneOf, optional, record, sha256Hex, text } from '../transport/shape.js';
import type { Shape } from '../transport/shape.js';
import { manifestShape, mediaType, substitutions } from './manifest-shape.js';

/** BCP 47, as far as its letters go. */
const locale = text({ max: 35, pattern: /^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/, rule: 'must be a BCP 47 language tag' });

/** Shape of {@link ConsentRecord}. */
export const consentShape: Shape<ConsentRecord> = record<ConsentRecord>({
  granted: oneOf(true),
  at: moment,
  textVersion: text({ max: 128 }),
  textDigest: sha256Hex,
  locale,
  scopes: list(text({ max: 128 }), { min: 1, max: 32 }),
});

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

/** Shape of the body of `POST submission`. What risk and tokens hold is for the vendor to read. */
export const submissionRequestShape: Shape<SubmissionRequest> = record<SubmissionRequest>({
  manifest: manifestShape,
  risk: optional(dictionary(anything, { max: 1000 })),
  consent: consentShape,
  tokens: optional(dictionary(text({ max: 8192 }), { max: 32 })),
});

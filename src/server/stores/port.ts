import type { Substitution } from '../../liveness/index.js';
import type { Challenge, CodeReference, ConsentRecord, ManifestPart, SessionLimits, VendorChannel, VendorTasks, Verdict } from '../../transport/protocol.js';

/** A vendor's channel, and what an attempt of it is known by. */
export type VendorChoice = {
  readonly [Name in VendorChannel]: {
    readonly channel: Name;
    readonly task: VendorTasks[Name];
    /** What has to come back the same, by the vendor's own names: `{ orderNo }`, `{ BizToken }`. At least one. */
    readonly expected: Readonly<Record<string, string>>;
  };
}[VendorChannel];

/** How a session goes on. `none`: nothing can be begun, the vendor refused say; the code becomes the prompt. */
export type ChannelChoice = VendorChoice | { readonly channel: 'capture' } | { readonly channel: 'none'; readonly code: CodeReference };

/** What a session was opened with. Never changes, but that its end may be put off once, by {@link SessionStore.saveChannel}. Times are milliseconds since 1970. */
export interface Session {
  readonly sessionId: string;
  readonly nonce: string;
  /** Whom the authorisation hook found; only the same subject may use the session. */
  readonly subject?: string;
  readonly challenge: Challenge;
  /** A channel is chosen after the session was opened; {@link StoredSession.channel} has it. Absent: `capture`. */
  readonly choosesChannel?: true;
  readonly limits: SessionLimits;
  readonly consent: ConsentRecord;
  /** What the client asked not to be asked of this person; its manifest has to say the same. Absent: nothing. */
  readonly substitutions?: readonly Substitution[];
  /** What the client can record. */
  readonly containers: readonly string[];
  /** What is taken for the video; see `SessionResponse.containers`. */
  readonly takes?: readonly string[];
  readonly locale: string;
  readonly createdAt: number;
  /** No part and no submission is taken from then on. */
  readonly expiresAt: number;
  /** The store forgets the record from then on. */
  readonly forgetAt: number;
}

/** Identifies a write that may be repeated: the same key with the same fingerprint is the same write. */
export interface Idempotency {
  readonly key: string;
  /** SHA-256 of the body, hex. */
  readonly fingerprint: string;
}

/** The one submission a session takes. */
export interface Submission {
  /** The customer's own number for the attempt. */
  readonly reference: string;
  /** Absent if the client sent no key; then no repetition is recognised. */
  readonly idempotency?: Idempotency;
  readonly claimedAt: number;
  /** Who decides it, and when that was last heard of. Absent until somebody has begun. */
  readonly held?: { readonly by: string; readonly at: number };
  /** The vendor's own number, as soon as there is one. Never sent to the client. */
  readonly vendorReference?: string;
  /** Absent while it is pending. */
  readonly verdict?: Verdict;
}

/** Everything a store knows of a session. */
export interface StoredSession {
  readonly session: Session;
  /** What has arrived, by index. */
  readonly parts: readonly ManifestPart[];
  /** Absent while it is being chosen, and where there was nothing to choose. */
  readonly channel?: ChannelChoice;
  readonly submission?: Submission;
  /** When it was abandoned or withdrawn; it counts as expired from then on. */
  readonly closedAt?: number;
  /** When it was withdrawn; a submission that had no verdict then gets none. */
  readonly withdrawnAt?: number;
}

/** How much is let in, over all instances that share a store; 0 is no limit. Those for each user need a subject. */
export interface Quotas {
  /** Milliseconds after a user has opened a session in which the same user opens no other. */
  readonly intervalMs: number;
  /** Submissions of one user, and attempts begun at a vendor's, within `attemptWindowMs`. */
  readonly attempts: number;
  /** Milliseconds. */
  readonly attemptWindowMs: number;
  /** Sessions open at once: opened and neither decided, closed nor expired. */
  readonly openSessions: number;
}

/** A quota that is used up, and the milliseconds until there is room again, as far as the store can tell. */
export interface QuotaReached {
  readonly status: 'too-frequent' | 'too-many-attempts' | 'too-many-open';
  readonly retryAfterMs: number;
}

/**
 * Outcome of {@link SessionStore.claimPart}. `present` means that this very part had been claimed before, whatever the
 * state of the session.
 */
export type PartClaim = 'claimed' | 'present' | 'conflict' | 'used' | 'expired' | 'too-large' | 'too-many' | 'unknown';

/** What tells evidence of one session again in another. */
export interface EvidenceMark {
  /** SHA-256 of parts, of what they make together, or of tokens, hex. */
  readonly digests: readonly string[];
  /** How long they are remembered, milliseconds from the claim. */
  readonly keepMs: number;
}

/** Outcome of {@link SessionStore.claimSubmission}. `replayed`: which of the digests another session has claimed before. */
export type SubmissionClaim = { readonly status: 'claimed' } | { readonly status: 'replayed'; readonly digests: readonly string[] } | { readonly status: 'taken'; readonly submission: Submission } | { readonly status: 'expired' } | { readonly status: 'unknown' } | QuotaReached;

/** Outcome of {@link SessionStore.holdSubmission}. `taken`: somebody else holds it; `decided`: it has its verdict; `withdrawn`: the person does not want one; `unknown`: there is none, or none any more. */
export type SubmissionHold = 'held' | 'taken' | 'decided' | 'withdrawn' | 'unknown';

/** Outcome of {@link SessionStore.saveVerdict}: whether this verdict is the one that stands, and what stands. */
export interface SavedVerdict {
  readonly saved: boolean;
  readonly submission: Submission;
}

/** Outcome of {@link SessionStore.createSession}. */
export type SessionCreation = { readonly status: 'created' } | { readonly status: 'conflict' } | { readonly status: 'full' } | { readonly status: 'replayed'; readonly session: Session } | QuotaReached;

/**
 * Where sessions live: small records, no media. Every method is one atomic step, so that several instances of the backend
 * can share a store; `now` comes from the caller, milliseconds since 1970. A method rejects only if the store itself fails.
 */
export interface SessionStore {
  /**
   * `replayed` gives the session that the same key and fingerprint opened before; `conflict`: the key, with another fingerprint. A session
   * that chooses its channel counts as an attempt from here on: a vendor charges for what is begun, whether anything comes back or not.
   */
  createSession(session: Session, idempotency: Idempotency | undefined, now: number, quotas?: Quotas): Promise<SessionCreation>;
  readSession(sessionId: string, now: number): Promise<StoredSession | undefined>;
  /**
   * Notes how the session goes on, once, and that its nonce names it from then on. Other than to a vendor, it is no attempt yet. A session
   * that would end before `until` ends then, and is forgotten as much later; so what is begun at a vendor's can come back.
   */
  saveChannel(session: Session, channel: ChannelChoice, now: number, until?: number): Promise<void>;
  /** The session whose channel was saved. */
  findByNonce(nonce: string, now: number): Promise<StoredSession | undefined>;
  /** Notes a part whose bytes are stored. Holds the session's limits of parts and bytes. */
  claimPart(sessionId: string, part: ManifestPart, now: number): Promise<PartClaim>;
  /** Takes the session's only submission, and with it the evidence for this session alone. Counts as an attempt, unless the session does already. */
  claimSubmission(sessionId: string, submission: Submission, now: number, quotas?: Quotas, evidence?: EvidenceMark): Promise<SubmissionClaim>;
  /**
   * Says that `holder`, a name drawn for one decision, is at work on the submission; as often as it likes. The first one has it, and
   * nobody asks a vendor who has not. With `silentSince` it takes over from one that has not been heard of after that.
   */
  holdSubmission(sessionId: string, holder: string, now: number, silentSince?: number): Promise<SubmissionHold>;
  /**
   * Takes evidence for this session alone that is known only once its parts are put together: all of it, or none where another
   * session has claimed some before. Resolves with the digests that one has.
   */
  claimEvidence(sessionId: string, evidence: EvidenceMark, now: number): Promise<readonly string[]>;
  /** Ends the session for every part and submission that has not come yet; `withdrawn` also for one that came and is not decided. False if there is none. */
  closeSession(sessionId: string, now: number, withdrawn?: boolean): Promise<boolean>;
  /** Notes the vendor's number of a submission that is still pending. */
  saveVendorReference(sessionId: string, vendorReference: string): Promise<void>;
  /** The first verdict stands; `saved` tells whether it is this one. `undefined` if there is no submission to decide: none came, or it was withdrawn before it had a verdict. */
  saveVerdict(sessionId: string, outcome: { readonly verdict: Verdict; readonly vendorReference?: string }): Promise<SavedVerdict | undefined>;
  /** Rejects if the store cannot be used. */
  ping?(): Promise<void>;
}

/** Where the bytes of parts live until the verdict. A part is addressed by index and digest, so no write replaces another. */
export interface EvidenceStore {
  /** `full`: there is no room for it now. */
  putPart(sessionId: string, part: ManifestPart, bytes: Uint8Array<ArrayBuffer>, expiresAt: number): Promise<'stored' | 'full'>;
  readPart(sessionId: string, part: ManifestPart): Promise<Uint8Array<ArrayBuffer> | undefined>;
  deletePart(sessionId: string, part: ManifestPart): Promise<void>;
  /** Moves the moment at which the session's bytes are deleted, milliseconds since 1970. */
  expireSession(sessionId: string, expiresAt: number): Promise<void>;
  deleteSession(sessionId: string): Promise<void>;
  /** Rejects if the store cannot be used. */
  ping?(): Promise<void>;
  /** Ends what the store does by itself, such as looking for evidence that has expired. */
  close?(): void | Promise<void>;
}

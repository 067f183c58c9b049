import type { SubmissionRequest, Verdict } from '../../transport/protocol.js';
import type { FieldError } from '../../transport/shape.js';
import type { EvidenceFacts } from '../evidence/inspect.js';
import type { Session } from '../stores/port.js';

/** A recording that passed every check of its own. */
export interface Evidence {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly facts: EvidenceFacts;
  /** A JPEG of the face, where the client sent one: whole, of the size that `submission.manifest.bestFrame` says. Nobody has looked at what it shows. */
  readonly bestFrame?: Uint8Array<ArrayBuffer>;
}

/** What a vendor is asked with. */
export interface VendorQuestion {
  readonly session: Session;
  readonly evidence: Evidence;
  readonly submission: SubmissionRequest;
  /** The submission as it came in, for its headers; its body has been read. */
  readonly request: Request;
  /** Fires when the handler stops waiting. */
  readonly signal: AbortSignal;
}

/** A decision, or the vendor's number under which one will come; then the backend calls `handler.settle`, or the vendor is asked once more. */
export type VendorOutcome =
  | (Verdict & {
      readonly status: 'decided';
      /** The vendor's own number. Kept with the session, never sent to the client. */
      readonly reference?: string;
    })
  | { readonly status: 'pending'; readonly reference: string };

/** What a vendor is asked about with no more than what it gave the client. */
export interface TokenQuestion {
  readonly session: Session;
  /** As the client named it. */
  readonly channel: string;
  /** What came back, by the vendor's own names. Empty where nobody did and the server asks by itself, with `handler.reconcile`. */
  readonly tokens: Readonly<Record<string, string>>;
  /**
   * What the session was opened with by `HandlerOptions.channel`: ask the vendor by this. Tokens that bear one of these names bear
   * the same value. Empty where no session led to the vendor: whose attempt the tokens are is then yours to find out.
   */
  readonly expected: Readonly<Record<string, string>>;
  /**
   * The number under which you answered `pending` before, where no verdict has come since and the session led to the vendor: the server
   * asks once more by itself, and for the last time. What came back then is not kept (`tokens` is empty), so answer `pending` only for
   * whom it does not keep from passing. `pending` again, or an error, is `review`.
   */
  readonly vendorReference?: string;
  readonly risk: Readonly<Record<string, unknown>>;
  /** The request as it came in, for its headers; its body has been read. Absent where the server asks by itself. */
  readonly request?: Request;
  /** Fires when the handler stops waiting. */
  readonly signal: AbortSignal;
}

/** Who decides. The vendor's keys live behind it. */
export interface VendorPort {
  /** Looks at a submission's headers before the session is used up; what it returns becomes a 400 that names each. */
  precheck?(request: Request): readonly FieldError[];
  /** May reject or never settle: the attempt then ends with decision `review`. */
  decide(question: VendorQuestion): Promise<VendorOutcome>;
  /** Decides about tokens, for channels without evidence. Without it `POST tokens` is not there. The same freedom as `decide` has. */
  confirm?(question: TokenQuestion): Promise<VendorOutcome>;
}

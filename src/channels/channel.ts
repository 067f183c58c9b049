import type { ClientCode } from '../codes/client-codes.js';
import type { CodeReference } from '../codes/entry.js';
import type { Table } from '../codes/table.js';
import type { ConsentRecord } from '../transport/protocol.js';

/** The ways to verify that lead through a vendor's own page or native API. `capture`, our own guide, is the flow's. */
export type ChannelName = 'kyc-h5' | 'eid-h5' | 'detectauth-h5' | 'wechat-native' | 'verify-mpsdk' | 'eid-mpsdk';

/** What every channel is given by the customer's backend. */
export interface ChannelTask {
  /** Of the session the attempt belongs to. */
  readonly sessionId: string;
  /** 16 to 128 letters, digits, `_` and `-`; made by the server for this attempt. Names the attempt in the return address. */
  readonly nonce: string;
  /** Milliseconds from its arrival in which the attempt may be started. */
  readonly expiresInMs: number;
  /** When it arrived, milliseconds since 1970 by this device. Default: when it is started. */
  readonly receivedAt?: number;
  /** What the person has agreed to; kept in the tab, so that they are not asked again when they come back. */
  readonly consent?: ConsentRecord;
}

/** What is kept in the tab while the person is on a vendor's page: no token, no name, no number. */
export interface ChannelState {
  readonly channel: ChannelName;
  readonly sessionId: string;
  /** Milliseconds since 1970 by this device. */
  readonly startedAt: number;
  /** See {@link ChannelTask.consent}. */
  readonly consent?: ConsentRecord;
}

/** The person has finished with the vendor, however it went. Nothing in here is a verdict: the server asks the vendor. */
export interface ChannelReturned {
  readonly status: 'returned';
  readonly channel: ChannelName;
  /** For the backend, by the vendor's own names. */
  readonly tokens: Readonly<Record<string, string>>;
  /**
   * The vendor's code where it says that something went wrong, so that the person can read the prompt at once. Absent for "passed",
   * which only the server may say, and where the channel brings no code.
   */
  readonly code?: CodeReference;
  /** Of the task, from the return address or from the tab: says which attempt it was. Absent where both have lost it. */
  readonly nonce?: string;
  /** Absent where it was lost on the way: another browser, another tab, storage that is off. */
  readonly state?: ChannelState;
}

/** How a channel ended, or went on elsewhere. */
export type ChannelResult =
  | ChannelReturned
  /** The page is being left; {@link Channel.resume} finds what comes back. */
  | { readonly status: 'left' }
  | { readonly status: 'cancelled' }
  | { readonly status: 'failed'; readonly code: ClientCode; /** In English, for the integrator's log; nothing personal. */ readonly detail: string };

/** Why an attempt cannot be started, or did not come to an end. */
export type ChannelFailed = Extract<ChannelResult, { status: 'failed' }>;

/**
 * One way to verify. The flow treats all alike: `resume()` once when the page opens; `start(task)` with what the backend's session
 * brought; whatever is `returned` goes to the backend, and the backend's verdict is the result. Until the backend has answered, the flow
 * remembers it by this object, for another run of the same page.
 */
export interface Channel<Task extends ChannelTask> {
  readonly name: ChannelName;
  /** Meanings of codes that it may come back with, where a page's catalogue does not begin with them: for `addTables`. */
  readonly tables?: readonly Table[];
  /** Why this browser is none in which it works, where that is known beforehand: then it is not offered to the server. Absent: it works in all. */
  obstacle?(): ChannelFailed | undefined;
  /** Starts an attempt, once. Never rejects. `signal` calls it off, also while the page is being left. */
  start(task: Task, options?: { readonly signal?: AbortSignal | undefined }): Promise<ChannelResult>;
  /**
   * What a vendor's page has just sent the person back with, read once: the address is cleaned and the state taken. `undefined` where
   * this page was opened in any other way, and for channels that never leave it.
   */
  resume(): ChannelReturned | undefined;
}

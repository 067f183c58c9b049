import type { Platform } from '../platform/port.js';
import { createBackendClient, type BackendClient } from '../transport/client.js';
import type { AbandonmentRequest, SessionResponse } from '../transport/protocol.js';
import type { VerifyOptions } from './options.js';

/** What {@link createBackend} works with. */
export interface BackendOptions {
  readonly options: Pick<VerifyOptions, 'endpoint' | 'headers' | 'credentials' | 'fetch'>;
  readonly platform: Platform;
  /** Ends every call with `cancelled`. */
  readonly signal: AbortSignal;
  /** Told when {@link Backend.offline} has changed. */
  readonly onConnection: () => void;
}

/** The backend as one run sees it: how to speak to it, and what it must still be told. */
export interface Backend {
  /** True while calls wait for the network. */
  readonly offline: boolean;
  /** @throws TypeError if the endpoint cannot be one. */
  connect(): BackendClient;
  /**
   * Tells the backend that nothing will be handed in to the session that is open; nothing where there is none, or where its
   * submission is on its way or done. A run that has failed says so after its submission too: it was refused, or never arrived, and
   * must not arrive any more. The request is on its way when this returns, so that it works while the page is hidden.
   */
  abandon(reason: AbandonmentRequest['reason']): void;
}

/** Nothing is sent before {@link Backend.connect}. */
export function createBackend({ options, platform, signal, onConnection }: BackendOptions): Backend {
  const { endpoint, headers, credentials, fetch } = options;
  let offline = false;
  let client: BackendClient | undefined;
  let open: SessionResponse | undefined;
  let isSubmitted = false;

  const abandon = (reason: AbandonmentRequest['reason']): void => {
    const session = open;
    // Another channel is the vendor's page, for which this one is left on purpose.
    if (!session || !client || (isSubmitted && reason !== 'failed') || (reason === 'page-hide' && session.channel !== 'capture')) return;
    open = undefined;
    // Refused or lost, it is not repeated: the session expires by itself.
    void client.abandon(session.sessionId, reason);
  };

  return {
    get offline() {
      return offline;
    },
    connect() {
      const connected = (client = createBackendClient({
        endpoint,
        platform,
        signal,
        onConnection(state) {
          offline = state === 'offline';
          onConnection();
        },
        ...(headers && { headers }),
        ...(credentials && { credentials }),
        ...(fetch && { fetch }),
      }));
      return {
        ...connected,
        async createSession(request, call) {
          // Asked for another one, the person has declined the first.
          abandon('cancelled');
          const created = await connected.createSession(request, call);
          if (created.ok) open = created.session;
          return created;
        },
        submit(sessionId, submission, call) {
          isSubmitted = true;
          return connected.submit(sessionId, submission, call);
        },
        postToken(request, call) {
          open = undefined;
          return connected.postToken(request, call);
        },
      };
    },
    abandon,
  };
}

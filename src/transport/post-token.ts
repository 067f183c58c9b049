import { createBackendClient } from './client.js';
import type { BackendClientOptions } from './client.js';
import type { BackendFailure } from './failure.js';
import type { TokenRequest, VerdictResponse } from './protocol.js';

/** Options of {@link postToken}: what is posted, and how the backend is spoken to. */
export interface PostTokenOptions extends BackendClientOptions, Omit<TokenRequest, 'protocol' | 'tokens'> {
  /** What the vendor handed to the client: one text, which goes by the name `token`, or several by the vendor's own names. */
  readonly token: string | TokenRequest['tokens'];
  /** Milliseconds to wait for a verdict that the backend does not have yet. Default 60,000. */
  readonly verdictTimeoutMs?: number;
}

/** Hands a vendor's token to the backend and waits for the verdict. Never rejects. Posted again, the same token with the same words gets the same verdict. */
export async function postToken({ channel, token, nonce, risk, consent, verdictTimeoutMs, ...options }: PostTokenOptions): Promise<{ readonly ok: true; readonly response: VerdictResponse } | BackendFailure> {
  const client = createBackendClient(options);
  const answer = await client.postToken({ channel, tokens: typeof token === 'string' ? { token } : token, consent, ...(nonce !== undefined && { nonce }), ...(risk && { risk }) });
  if (!answer.ok) return answer;
  const { response } = answer;
  return response.state === 'decided' ? { ok: true, response } : client.awaitVerdict(response.sessionId, verdictTimeoutMs === undefined ? {} : { deadlineMs: verdictTimeoutMs });
}

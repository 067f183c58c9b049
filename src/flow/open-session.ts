import { preflight } from '../capture/preflight.js';
import { within } from '../platform/deadline.js';
import { describeError } from '../capture/result.js';
import type { ChallengeKinds } from '../liveness/challenges/challenge.js';
import { CHALLENGE_TYPES, type ChallengeChoice, type ChallengeType, chooseChallenge, type Inability, type LivenessChallenge, type Substitution } from '../liveness/index.js';
import type { MediaPlatform } from '../platform/port.js';
import type { BackendClient } from '../transport/client.js';
import type { SessionRequest, SessionResponse } from '../transport/protocol.js';
import type { Phase } from './capture-run.js';
import { loadChallengeKinds } from './challenge-kinds.js';
import type { VerifyOptions } from './options.js';
import { endingOf, type Ending } from './outcome.js';
import { guarded } from './page-functions.js';
import { isRecordable } from './recording-time.js';

/** What {@link openSession} works with. */
export interface OpenSessionOptions {
  readonly client: Pick<BackendClient, 'createSession'>;
  readonly request: Pick<SessionRequest, 'channels' | 'consent' | 'containers' | 'locale'>;
  readonly options: Pick<VerifyOptions, 'assetBase' | 'challenges' | 'cannot' | 'onLightWarning' | 'isSpeaking'>;
  /** The one challenge to ask for, of all that are offered: what was withheld of those is told all the same. */
  readonly only?: 'silent' | undefined;
  /** What was withheld in the session before this one, which the person may have had a say in. Default: what does not fit them */
  readonly withheld?: readonly Substitution[] | undefined;
  readonly platform: MediaPlatform;
  readonly signal: AbortSignal;
  readonly emit: (phase: Phase) => void;
}

/** A session whose challenge this person can take, and has not declined. */
export interface OpenedSession {
  readonly ok: true;
  readonly session: SessionResponse;
  readonly substitutions: readonly Substitution[];
  /** With that of its challenge; empty where the session leads to a vendor. */
  readonly kinds: ChallengeKinds;
}

/** Longest wait for the answer to the warning; the session lives on meanwhile. */
const WARNING_MS = 120_000;

/**
 * Asks the backend for a session. One that wants the light is told to the person first; where they would rather not, another is
 * asked for without it, and the first is left to expire.
 */
export async function openSession({ client, request, options, only, withheld, platform, signal, emit }: OpenSessionOptions): Promise<OpenedSession | Ending> {
  const { cannot = [], onLightWarning, isSpeaking } = options;
  const offered = (options.challenges ?? CHALLENGE_TYPES).filter((type) => type !== 'light' || onLightWarning);
  const first = await create(offered, cannot);
  if (!first.ok || first.session.channel !== 'capture' || first.session.challenge.type !== 'light' || !onLightWarning) return first;

  emit({ phase: 'lightWarning' });
  const answer = await within((async () => onLightWarning(signal))(), { platform, signal, timeoutMs: WARNING_MS });
  if (answer.kind === 'aborted') return { ok: false, code: 'cancelled', detail: 'at the warning of the light' };
  if (answer.kind === 'timeout') return { ok: false, code: 'guidance-timeout', detail: `no answer to the warning of the light for ${WARNING_MS} ms` };
  if (answer.kind === 'error') return { ok: false, code: 'internal', detail: `onLightWarning: ${describeError(answer.error)}` };
  return answer.value === 'go' ? first : create(offered, [...cannot, 'flashes']);

  async function create(types: readonly ChallengeType[], inabilities: readonly Inability[]): Promise<OpenedSession | Ending> {
    emit({ phase: 'session' });
    // What would end only after camera and microphone have been asked for.
    const isMute = types.includes('digits') && preflight({ platform, needs: ['microphone'], detector: 'own' }).status === 'fail';
    const choice = chooseChallenge(isMute ? types.filter((type) => type !== 'digits') : types, inabilities, platform.prefersReducedMotion(), guarded(platform, () => isSpeaking?.(), undefined)() !== undefined);
    const { types: fitting, actions } = only ? { types: [only], actions: [] } : choice;
    // Where nothing that is offered fits the person, a vendor's channel may.
    const channels = fitting.length > 0 ? request.channels : request.channels?.filter((name) => name !== 'capture');
    if (fitting.length === 0 && !channels?.length) return { ok: false, code: 'no-suitable-challenge', detail: 'no challenge that is offered fits the person' };
    const substitutions: readonly Substitution[] = withheld ?? [...(isMute ? [{ withheld: 'digits', because: 'system' } as const] : []), ...choice.substitutions];
    const created = await client.createSession({
      ...request,
      ...(channels && { channels }),
      challenges: fitting,
      ...(actions.length > 0 && { actions }),
      ...(substitutions.length > 0 && { substitutions }),
    });
    if (!created.ok) return endingOf(created);
    const { session } = created;
    if (session.channel !== 'capture') return { ok: true, session, substitutions, kinds: {} };
    if (!fits(session.challenge, { types: fitting, actions })) return { ok: false, code: 'backend-malformed', detail: `session creation: the challenge ${session.challenge.type} holds what was not offered` };
    const loaded = await loadChallengeKinds(session.challenge.type, { assetBase: options.assetBase, platform, signal });
    if (!loaded.ok) return loaded;
    if (!isRecordable(session, loaded.value)) return { ok: false, code: 'backend-malformed', detail: `session creation: the challenge takes longer than limits.maxDurationMs, ${session.limits.maxDurationMs} ms` };
    return { ok: true, session, substitutions, kinds: loaded.value };
  }
}

/** Light that nobody was asked about, or an action that the person cannot do, must not begin. */
function fits(challenge: LivenessChallenge, { types, actions }: Pick<ChallengeChoice, 'types' | 'actions'>): boolean {
  return types.includes(challenge.type) && (challenge.type !== 'action' || challenge.actions.every((id) => actions.includes(id)));
}

import { type CaptureResult, failure, success } from '../capture/result.js';
import type { ChallengeKinds, ChallengeType } from '../liveness/challenges/challenge.js';
import { SILENT_KIND } from '../liveness/challenges/silent.js';
import { loadAssetModule, type LoadAssetModuleOptions } from './asset-module.js';

/**
 * What a session's challenge needs to be run: for all but the silent one a module from beside the models.
 *
 * Codes: `model-missing`, `offline`, `cancelled`.
 */
export async function loadChallengeKinds(type: ChallengeType, options: LoadAssetModuleOptions): Promise<CaptureResult<ChallengeKinds>> {
  if (type === 'silent') return success(SILENT_KIND);
  const loaded = await loadAssetModule('challenges', options);
  if (loaded.ok) return success({ ...SILENT_KIND, ...loaded.value.ASKED_KINDS });
  return loaded.code === 'recorder-unavailable' ? failure('model-missing', loaded.detail) : loaded;
}

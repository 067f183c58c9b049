import { CHALLENGE_KINDS } from './challenges/kinds.js';
import { createEngineOf, type Engine, type EngineOptions } from './engine.js';

/** {@link createEngineOf} with every kind of challenge. */
export function createEngine(options: EngineOptions = {}): Engine {
  return createEngineOf(CHALLENGE_KINDS, options);
}

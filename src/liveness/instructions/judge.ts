import { distance } from './distance.js';
import { light } from './light.js';
import { pose } from './pose.js';
import { position } from './position.js';
import { faceless, presence } from './presence.js';
import type { Thresholds } from './profiles.js';
import type { Readings, Rule } from './rule.js';
import { stillness } from './stillness.js';

/** What the rules say of one frame. */
export interface Judgement {
  /** The rule that matters most; `undefined` where none holds. */
  rule: Rule | undefined;
  /** Whether any rule is beyond its `abort` point. */
  abort: boolean;
}

/** Applies every rule with hysteresis. */
export interface Judge {
  /** The returned object is reused by the next call. */
  judge(readings: Readings): Judgement;
}

/**
 * The families in order of urgency: a later one is only worth saying once the earlier ones are satisfied. Within a family
 * the condition furthest beyond its limits speaks.
 */
export function createJudge(thresholds: Thresholds): Judge {
  const families = [faceless, presence, distance, position, pose, light, stillness].map((family) =>
    family(thresholds).map((rule) => ({ rule, holds: false, abortAt: rule.abort === undefined ? Infinity : severity(rule.abort, rule) })),
  );
  const judgement: Judgement = { rule: undefined, abort: false };
  return {
    judge(readings) {
      judgement.rule = undefined;
      judgement.abort = false;
      for (const family of families) {
        const decided = judgement.rule !== undefined;
        let worst = -Infinity;
        for (const entry of family) {
          const excess = severity(readings[entry.rule.metric], entry.rule);
          entry.holds = excess > (entry.holds ? 0 : 1);
          if (excess > entry.abortAt) judgement.abort = true;
          if (!entry.holds || decided || excess <= worst) continue;
          worst = excess;
          judgement.rule = entry.rule;
        }
      }
      return judgement;
    },
  };
}

/** 0 at `good`, 1 at `bad`, for ceilings and floors alike; NaN for an unknown value. */
function severity(value: number, { good, bad }: Rule): number {
  return (value - good) / (bad - good);
}

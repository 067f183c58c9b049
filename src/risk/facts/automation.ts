import { within } from '../../platform/deadline.js';
import { type Collector, EVERYWHERE, type FactAbout } from '../fact.js';

/** What BotD says of the browser. */
export interface AutomationValue {
  readonly bot: boolean;
  /** BotD's name for it, such as `headless_chrome` or `selenium`. */
  readonly kind?: string;
  /** The detectors that fired, by BotD's names. */
  readonly detections: readonly string[];
  /** `navigator.webdriver`. */
  readonly webdriver: boolean;
}

/** BotD waits for the notification permission without a limit; its other sources answer at once. */
const PERMISSION_MS = 200;

export const about: FactAbout = {
  purpose: 'See browsers that a script drives.',
  value: "Verdict and detectors of BotD 2, and the browser's own webdriver flag.",
  personalData: 'device',
  platforms: EVERYWHERE,
  cost: '5–15 ms in slices; about 4 KB of code, loaded when it is asked for.',
};

/** BotD, without its monitoring, source by source, with the graphics hardware of the run in place of a WebGL context of its own. */
export const automation: Collector<AutomationValue> = {
  group: 'integrity',
  budgetMs: 1_450,
  async read({ fact, host, pause, signal }) {
    const { collect, detect, detectors, sources } = await import('@fingerprintjs/botd');
    const questions: Record<string, () => unknown> = {
      ...sources,
      notificationPermissions: async () => valueOf(await within(sources.notificationPermissions(), { platform: host, timeoutMs: PERMISSION_MS, signal })),
    };
    // Moved to the end: everything else is read while that fact is still on its way.
    delete questions['webGL'];
    questions['webGL'] = async () => valueOf(await fact('gpu'));
    const components = {} as Awaited<ReturnType<typeof collect<typeof sources>>>;
    for (const [name, ask] of Object.entries(questions)) {
      await pause();
      Object.assign(components, await collect({ [name]: ask }));
    }
    const [detections, { bot, ...verdict }] = detect(components, detectors);
    return {
      bot,
      ...('botKind' in verdict && { kind: verdict.botKind }),
      detections: Object.entries(detections).flatMap(([name, { bot: fired }]) => (fired ? [name] : [])),
      webdriver: host.page.navigator.webdriver === true,
    };
  },
};

/** BotD takes what throws for a source without an answer, and its detectors for no sign of anything. */
function valueOf(answer: object | undefined): unknown {
  if (answer && 'value' in answer) return answer.value;
  throw new TypeError();
}

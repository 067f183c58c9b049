import { type Collector, EVERYWHERE, type FactAbout } from '../fact.js';
import type { RiskHost } from '../../platform/risk-port.js';

/**
 * What gives a replaced function away: `source` its text is not that of a native function · `nameless` native text without the
 * function's name, as of a `bind` or a `Proxy` · `own-to-string` a `toString` of its own · `own-keys` other properties that native
 * functions do not have · `shadowed` it stands on the object itself, over the browser's own · `frames` calling it on a wrong object
 * shows code between the call and the browser · `accepts-anything` it does not mind a wrong object.
 */
export type AlterationSign = 'source' | 'nameless' | 'own-to-string' | 'own-keys' | 'shadowed' | 'frames' | 'accepts-anything';

/** The watched functions that are not the browser's own. */
export interface NativeFunctionsValue {
  /** How many of the watched functions this browser has. */
  readonly watched: number;
  readonly altered: readonly { readonly name: string; readonly signs: readonly AlterationSign[] }[];
}

/** By class. Few, and such as benign code hardly ever replaces: `fetch` and timers are wrapped by monitoring and prove nothing. */
const WATCHED: Readonly<Record<string, readonly string[]>> = {
  Function: ['toString'],
  MediaDevices: ['getUserMedia', 'enumerateDevices'],
  MediaStreamTrack: ['getSettings', 'getCapabilities', 'label'],
  HTMLCanvasElement: ['captureStream'],
  HTMLMediaElement: ['captureStream', 'srcObject'],
  Navigator: ['webdriver', 'userAgent', 'mediaDevices'],
};

export const about: FactAbout = {
  purpose: 'See code that replaced the functions which open, describe and show the camera.',
  value: 'Names of the watched functions that are not native, and what gave each away.',
  personalData: 'none',
  platforms: EVERYWHERE,
  cost: 'Under 2 ms.',
};

/** Replaced functions among the few that matter to a camera. */
export const nativeFunctions: Collector<NativeFunctionsValue> = {
  group: 'integrity',
  async read({ host, pause }) {
    // From here the stack is short: engines cut it at ten calls, and with it what stands between a call and the browser.
    await pause();
    const altered: { readonly name: string; readonly signs: readonly AlterationSign[] }[] = [];
    let watched = 0;
    for (const [owner, properties] of Object.entries(WATCHED)) {
      const { prototype } = (Reflect.get(host.page, owner) ?? {}) as { prototype?: object };
      for (const property of properties) {
        const slots = prototype && Object.getOwnPropertyDescriptor(prototype, property);
        const subjects = [slots?.value, slots?.set, slots?.get].filter((slot) => typeof slot === 'function');
        if (subjects.length === 0) continue;
        watched += 1;
        const signs = new Set<AlterationSign>();
        for (const subject of subjects) look(subject as () => unknown, property, host, signs);
        if (signs.size > 0) altered.push({ name: `${owner}.${property}`, signs: [...signs] });
      }
    }
    return { watched, altered };
  },
};

/** Adds what gives a function away. */
function look(subject: () => unknown, property: string, { functionText, page }: RiskHost, signs: Set<AlterationSign>): void {
  // Engines differ in white space, and in whether the text of an accessor begins with get or set.
  const name = /^function\s*(?:[gs]et\s+)?(\w*)\s*\(\)\s*\{\s*\[native code\]\s*\}$/.exec(functionText(subject))?.[1];
  if (name !== property) signs.add(name === undefined ? 'source' : 'nameless');
  for (const key of Reflect.ownKeys(subject)) {
    if (key !== 'length' && key !== 'name') signs.add(key === 'toString' ? 'own-to-string' : 'own-keys');
  }
  const { navigator } = page;
  if ([navigator, navigator.mediaDevices].some((object?: object) => object && Object.getOwnPropertyDescriptor(object, property))) signs.add('shadowed');
  // Functions that return promises would not throw, and a hook of getUserMedia might open the camera.
  const sign = WATCHED['MediaDevices']?.includes(property) ? undefined : callWrongly(subject);
  if (sign) signs.add(sign);
}

/** A frame of the engine itself: `at Object.toString (<anonymous>)` in V8, `toString@[native code]` in WebKit. */
const ENGINE_FRAME = /\(<anonymous>\)$|@\[native code\]$/;

/** Calls a function on an object it cannot work on. The browser's own throws, with nothing but the call itself on the stack. */
function callWrongly(subject: () => unknown): AlterationSign | undefined {
  try {
    Reflect.apply(subject, {}, []);
  } catch (error) {
    return depth(error) > depth(new Error()) ? 'frames' : undefined;
  }
  return 'accepts-anything';
}

function depth(error: unknown): number {
  // A text: a page may have taken `Error.prepareStackTrace` for itself, and anything can be thrown.
  return String((error as Error | undefined)?.stack)
    .split('\n')
    .filter((line) => !ENGINE_FRAME.test(line)).length;
}

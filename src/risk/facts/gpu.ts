import { type Collector, EVERYWHERE, type FactAbout } from '../fact.js';
import type { FingerprintValue } from './fingerprint.js';
import { pick } from './pick.js';

/** What draws the page. */
export interface GpuValue {
  /** What any page sees; Firefox and WebKit give no more. */
  readonly vendor: string;
  readonly renderer: string;
  /** What the driver calls itself: `ANGLE (NVIDIA, …)`, `Apple GPU`, `Mali-G78`. Empty where the browser hides it. */
  readonly vendorUnmasked: string;
  readonly rendererUnmasked: string;
}

/** VENDOR, RENDERER, and the two of WEBGL_debug_renderer_info. */
const NAMES = { vendor: 0x1f00, renderer: 0x1f01, vendorUnmasked: 0x9245, rendererUnmasked: 0x9246 } as const;

export const about: FactAbout = {
  purpose: 'See virtual machines, emulators and graphics that do not belong to the device.',
  value: 'Vendor and renderer of WebGL, as the page and as the driver name them.',
  personalData: 'device',
  platforms: EVERYWHERE,
  cost: 'Nothing where the fingerprint has it; else 5–40 ms for a WebGL context, which is given back.',
};

/** The graphics hardware. After the fingerprint, whose answer it shares: a WebGL context is dear, and one of ours might disturb its canvas. */
export const gpu: Collector<GpuValue> = {
  group: 'device',
  budgetMs: 200,
  after: 'fingerprint',
  async read({ fact, host, pause }) {
    const known = await fact('fingerprint');
    const basics = known?.status === 'ok' ? ((known.value as FingerprintValue).components['webGlBasics'] as { value?: GpuValue } | undefined)?.value : undefined;
    if (basics) return pick(basics, ...(Object.keys(NAMES) as (keyof GpuValue)[]));
    await pause();
    const context = host.page.document.createElement('canvas').getContext('webgl');
    if (!context) return undefined;
    context.getExtension('WEBGL_debug_renderer_info');
    const value = Object.fromEntries(Object.entries(NAMES).map(([name, id]) => [name, String(context.getParameter(id) ?? '')]));
    context.getExtension('WEBGL_lose_context')?.loseContext();
    return value as unknown as GpuValue;
  },
};

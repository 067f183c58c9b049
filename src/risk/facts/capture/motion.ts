import { type CollectContext, EVERYWHERE, type FactAbout } from '../../fact.js';
import { gather } from './gather.js';
import { round, statistics } from './statistics.js';

/** How much the telephone moved in the hand. */
export interface MotionValue {
  readonly samples: number;
  /** Sum of the variances along the three axes, (m/s²)². A hand is never quite still. */
  readonly variance: number;
  /** Size of the mean acceleration, m/s² to two digits: 9.8 for whatever rests on the earth. */
  readonly gravity: number;
}

const SAMPLES = 30;
const FEWEST = 5;
const LONGEST_MS = 900;

export const about: FactAbout = {
  purpose: 'Tell a telephone in a hand from one in a rack or a data centre.',
  value: 'Variance and size of the acceleration over at most one second. The person is not asked for permission; where the page has it, it is used.',
  personalData: 'sensor',
  platforms: EVERYWHERE,
  cost: '0.5–1 s of waiting.',
};

/** The acceleration while the telephone is held; missing on devices without sensors. */
export async function readMotion(context: CollectContext): Promise<MotionValue | undefined> {
  const { page } = context.host;
  if (!('DeviceMotionEvent' in page)) return undefined;
  const samples = await gather<readonly number[]>({
    context,
    count: SAMPLES,
    // Fewer samples are better than a timeout.
    ms: LONGEST_MS,
    start(push) {
      const onMotion = ({ accelerationIncludingGravity: force }: DeviceMotionEvent): void => {
        const sample = [force?.x, force?.y, force?.z];
        if (sample.every(Number.isFinite)) push(sample as number[]);
      };
      page.addEventListener('devicemotion', onMotion);
      return () => page.removeEventListener('devicemotion', onMotion);
    },
  });
  // iOS sends no event to a page that the person has not allowed it; others send none, or an empty one, without a sensor.
  if (samples.length < FEWEST) {
    if ('requestPermission' in page.DeviceMotionEvent) throw new DOMException('', 'NotAllowedError');
    return undefined;
  }
  const axes = [0, 1, 2].map((axis) => statistics(samples.map((sample) => sample[axis] as number)));
  return {
    samples: samples.length,
    variance: axes.reduce((sum, { variance }) => sum + variance, 0),
    gravity: round(Math.hypot(...axes.map(({ mean }) => mean))),
  };
}

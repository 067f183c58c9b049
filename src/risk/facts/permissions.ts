import { type Collector, EVERYWHERE, type FactAbout } from '../fact.js';

/** What the browser would say if it were asked; the name of the error where it does not know the question. */
export interface PermissionsValue {
  readonly camera: string;
  readonly microphone: string;
}

export const about: FactAbout = {
  purpose: 'See a camera that is open without having been allowed, and know what the person has been asked before.',
  value: 'State of the camera and the microphone permission. The person is not asked.',
  personalData: 'device',
  platforms: EVERYWHERE,
  cost: '1–20 ms of waiting.',
};

/** The permissions of the capture, as they stand. */
export const permissions: Collector<PermissionsValue> = {
  group: 'browser',
  budgetMs: 400,
  async read({ host }) {
    const registry: Permissions | undefined = host.page.navigator.permissions;
    if (!registry?.query) return undefined;
    const [camera = '', microphone = ''] = await Promise.all(
      // Firefox before 132 does not know these names and rejects with a TypeError.
      ['camera', 'microphone'].map((name) => registry.query({ name: name as PermissionName }).then(({ state }) => state, ({ name }: Error) => name)),
    );
    return { camera, microphone };
  },
};

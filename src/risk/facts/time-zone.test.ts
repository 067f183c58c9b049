import { afterEach, describe, expect, it, vi } from 'vitest';
import { readFrom } from './fact-context.fixture.js';
import { timeZone } from './time-zone.js';

const { TZ } = process.env;
afterEach(() => {
  vi.restoreAllMocks();
  if (TZ === undefined) delete process.env['TZ'];
  else process.env['TZ'] = TZ;
});

/** What is read where the process stands in a zone, at a moment. */
async function standIn(zone: string, moment = '2026-11-21T13:23:54.700Z'): Promise<unknown> {
  process.env['TZ'] = zone;
  vi.spyOn(Date, 'now').mockReturnValue(Date.parse(moment));
  return readFrom(timeZone, {});
}

describe('timeZone', () => {
  it.each([
    ['Asia/Shanghai', 480],
    ['Asia/Tehran', 210],
    ['America/St_Johns', -210],
    ['Pacific/Kiritimati', 840],
    ['Pacific/Pago_Pago', -660],
    ['UTC', 0],
  ])('in %s clock and zone agree', async (name, offset) => {
    expect(await standIn(name)).toEqual({ name, dateOffset: offset, zoneOffset: offset });
  });

  it('agrees at midnight, and with summer time', async () => {
    expect(await standIn('Asia/Shanghai', '2026-12-31T16:00:00.999Z')).toMatchObject({ dateOffset: 480, zoneOffset: 480 });
    expect(await standIn('America/New_York', '2026-07-01T03:59:59.000Z')).toMatchObject({ dateOffset: -240, zoneOffset: -240 });
  });

  it('agrees in browsers that know no language but English', async () => {
    const { toLocaleString } = Date.prototype;
    vi.spyOn(Date.prototype, 'toLocaleString').mockImplementation(function (this: Date, ...[, options]: Parameters<Date['toLocaleString']>) {
      return toLocaleString.call(this, 'en-US', options);
    } as Date['toLocaleString']);
    expect(await standIn('Asia/Shanghai')).toMatchObject({ dateOffset: 480, zoneOffset: 480 });
  });

  it('leaves the offset of the zone out where the browser writes dates as nobody does', async () => {
    vi.spyOn(Date.prototype, 'toLocaleString').mockReturnValue('');
    expect(await standIn('Asia/Shanghai')).toEqual({ name: 'Asia/Shanghai', dateOffset: 480 });
  });
});

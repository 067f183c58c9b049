import type { RiskReport } from '../report.js';

/** The part of a report that request bodies are made of; a report that came as JSON will do. */
export type ReportForPayload = Pick<RiskReport, 'facts' | 'timings'>;

/** What a report says in the vendor's words. Facts that were not read leave their field out. */
export interface ReportedFields {
  readonly UserAgent?: string;
  readonly Referer?: string;
  readonly CookieHash?: string;
  readonly DeviceToken?: string;
  /** `1` Android, `2` iOS; absent elsewhere. */
  readonly DeviceType?: '1' | '2';
  /** `3`: reports come from web pages, in apps and mini-programs too. */
  readonly Platform: '3';
  /** Seconds since 1970, by the client's clock. */
  readonly PostTime: number;
}

/** The fields that a report fills. */
export function fieldsFromReport({ facts, timings }: ReportForPayload): ReportedFields {
  const { cookieHash, deviceToken, hardware, referrer, touch, userAgent } = facts;
  const agent = userAgent?.status === 'ok' ? userAgent.value : '';
  // An iPad that asks for desktop pages calls itself a Macintosh; those cannot be touched.
  const isIpad = hardware?.status === 'ok' && touch?.status === 'ok' && hardware.value.platform === 'MacIntel' && touch.value.maxTouchPoints > 1;
  const type = /Android/.test(agent) ? '1' : isIpad || /iPhone|iPad|iPod/.test(agent) ? '2' : undefined;
  return {
    ...(agent && { UserAgent: agent }),
    ...(referrer?.status === 'ok' && { Referer: referrer.value }),
    ...(cookieHash?.status === 'ok' && { CookieHash: cookieHash.value }),
    ...(deviceToken?.status === 'ok' && { DeviceToken: deviceToken.value }),
    ...(type && { DeviceType: type }),
    Platform: '3',
    PostTime: Math.floor(Date.parse(timings.startedAt) / 1_000),
  };
}

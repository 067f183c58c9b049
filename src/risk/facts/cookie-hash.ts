import { hashCookies } from '../payloads/cookie-hash.js';
import { type Collector, EVERYWHERE, type FactAbout } from '../fact.js';

export const about: FactAbout = {
  purpose: "Fill the vendor's CookieHash, by which it sees one browser use many accounts.",
  value: 'SHA-256 of SHA-256 of the page\'s cookies, whatever their order. No cookie and no value leaves the page; HttpOnly cookies are not seen.',
  personalData: 'identifier',
  platforms: EVERYWHERE,
  cost: 'Under 1 ms.',
};

/** {@link hashCookies} of what scripts can see of the page's cookies. */
export const cookieHash: Collector<string> = {
  group: 'identity',
  budgetMs: 500,
  read: async ({ host }) => (await hashCookies(host.page.document.cookie)),
};

import { parseLocale } from '../codes/core.js';

/** Options of {@link loadLocale}. */
export interface LoadLocaleOptions {
  /** See `VerifyOptions.assetBase`. */
  readonly assetBase: string;
  /** Ends the download. */
  readonly signal?: AbortSignal;
  /** @default the page's */
  readonly fetch?: typeof globalThis.fetch;
}

/** A locale's file: the prompts that `codes` knows by now, and the words of the element. */
export interface LocaleFile {
  readonly locale: string;
  readonly prompts: Readonly<Record<string, string>>;
  readonly words?: Readonly<Record<string, string>>;
}

/**
 * Fetches one of the locales that are not built in (`assets/locales/<locale>.json`) and adds its prompts.
 *
 * @param locale as the file is named: `en`, `zh-TW`, …
 * @throws TypeError when the file is missing or not what it should be; the prompts then stay as they were.
 */
export async function loadLocale(locale: string, { assetBase, signal, fetch = (input, init) => globalThis.fetch(input, init) }: LoadLocaleOptions): Promise<LocaleFile> {
  const base = assetBase.endsWith('/') ? assetBase : `${assetBase}/`;
  const response = await fetch(`${base}assets/locales/${encodeURIComponent(locale)}.json`, { credentials: 'omit', ...(signal && { signal }) });
  if (!response.ok) throw new TypeError(`locale ${locale}: the file answered ${response.status}`);
  const file = (await response.json()) as LocaleFile;
  parseLocale(file);
  return file;
}

import { webRiskHost } from '../../platform/web-risk.js';
import type { CollectContext, Collector, Fact } from '../fact.js';

/** What tests say of the page, and of the run around the fact. */
export interface PageFixture {
  /** Globals of the page; what a test does not name is not there. */
  readonly page?: object;
  readonly context?: Partial<CollectContext>;
  /** Other facts of the run, as values. */
  readonly facts?: Readonly<Record<string, unknown>>;
  /** What the storage holds; `null` for a page that has none. */
  readonly stored?: { text?: string } | null;
}

/** Reads one fact from a page made of plain objects. */
export async function readFrom<T>({ read }: Pick<Collector<T>, 'read'>, { page = {}, context = {}, facts = {}, stored = null }: PageFixture): Promise<T | undefined> {
  const { setTimeout, clearTimeout, performance, crypto } = globalThis;
  const localStorage = stored && {
    getItem: () => stored.text ?? null,
    setItem: (_key: string, text: string) => void (stored.text = text),
    removeItem: () => void delete stored.text,
  };
  const host = webRiskHost({ setTimeout, clearTimeout, performance, crypto, MessageChannel, localStorage, ...page } as unknown as typeof globalThis);
  const fact = async (id: string): Promise<Fact<unknown> | undefined> => (id in facts ? { status: 'ok', ms: 0, value: facts[id] } : undefined);
  const { signal = new AbortController().signal } = context;
  const pause = async (): Promise<void> => {
    if (signal.aborted) throw undefined;
  };
  return read({ host, signal, camera: undefined, deviceToken: undefined, fact, pause, ...context });
}

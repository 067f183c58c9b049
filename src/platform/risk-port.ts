import type { Platform } from './port.js';

/** What the risk room needs of a host, on top of its clock and timers. */
export interface RiskHost extends Pick<Platform, 'now' | 'setTimeout' | 'clearTimeout'> {
  /** The global object of the page the facts are about. Collectors read from it and change nothing in it. */
  readonly page: typeof globalThis;
  /** Milliseconds since 1970. */
  wallClock(): number;
  /** Resolves in a task of its own, as soon as the page has had its turn. */
  nextTask(): Promise<void>;
  /** What `Function.prototype.toString`, as it was when this host was made, says of a function. */
  functionText(subject: () => unknown): string;
  /** The one key of the person's storage that is ours. Nothing here throws, whatever the page forbids. */
  readonly store: {
    /** `undefined` where there is nothing or no storage. */
    read(): string | undefined;
    /** False where it could not be kept. */
    write(text: string): boolean;
    erase(): void;
  };
}

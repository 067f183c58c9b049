import type { ManifestPart } from '../../transport/protocol.js';
import type { EvidenceStore } from './port.js';

/** Options of {@link createMemoryEvidenceStore}. */
export interface MemoryEvidenceStoreOptions {
  /** Bytes kept at once over all sessions; parts beyond are refused for the time being. Default 536,870,912. */
  readonly maxTotalBytes?: number;
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly now?: () => number;
}

/** The memory store, and what its owner may ask of it. */
export interface MemoryEvidenceStore extends EvidenceStore {
  /** Deletes what has expired. Runs by itself too, at the moment the next session expires. */
  sweep(): void;
  /** Bytes held now. */
  readonly totalBytes: number;
}

interface Entry {
  expiresAt: number;
  bytes: number;
  readonly parts: Map<string, Uint8Array<ArrayBuffer>>;
}

/** Longest delay a timer takes. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/** Evidence in this process's memory, deleted when it expires whether or not another request comes. */
export function createMemoryEvidenceStore({ maxTotalBytes = 536_870_912, now = Date.now }: MemoryEvidenceStoreOptions = {}): MemoryEvidenceStore {
  const entries = new Map<string, Entry>();
  let totalBytes = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const remove = (sessionId: string): void => {
    totalBytes -= entries.get(sessionId)?.bytes ?? 0;
    entries.delete(sessionId);
  };
  const sweep = (): void => {
    const at = now();
    for (const [sessionId, entry] of entries) if (entry.expiresAt <= at) remove(sessionId);
    schedule();
  };
  const schedule = (): void => {
    clearTimeout(timer);
    timer = undefined;
    let next = Infinity;
    for (const { expiresAt } of entries.values()) next = Math.min(next, expiresAt);
    if (next === Infinity) return;
    timer = setTimeout(sweep, Math.min(MAX_DELAY_MS, Math.max(0, next - now())));
    // Evidence in memory is gone with the process: no reason to keep it alive. Browsers' timers, which some runtimes have, cannot tell.
    (timer as { unref?: () => void }).unref?.();
  };

  return {
    async putPart(sessionId, part, bytes, expiresAt) {
      if (totalBytes + bytes.length > maxTotalBytes) sweep();
      if (totalBytes + bytes.length > maxTotalBytes) return 'full';
      const entry = entries.get(sessionId) ?? { expiresAt, bytes: 0, parts: new Map<string, Uint8Array<ArrayBuffer>>() };
      if (!entry.parts.has(address(part))) {
        entry.parts.set(address(part), bytes);
        entry.bytes += bytes.length;
        totalBytes += bytes.length;
      }
      if (!entries.has(sessionId)) {
        entries.set(sessionId, entry);
        schedule();
      }
      return 'stored';
    },

    async readPart(sessionId, part) {
      const entry = entries.get(sessionId);
      return entry && entry.expiresAt > now() ? entry.parts.get(address(part)) : undefined;
    },

    async deletePart(sessionId, part) {
      const entry = entries.get(sessionId);
      const bytes = entry?.parts.get(address(part));
      if (entry === undefined || bytes === undefined) return;
      entry.parts.delete(address(part));
      entry.bytes -= bytes.length;
      totalBytes -= bytes.length;
      if (entry.parts.size === 0) entries.delete(sessionId);
    },

    async expireSession(sessionId, expiresAt) {
      const entry = entries.get(sessionId);
      if (entry === undefined) return;
      entry.expiresAt = expiresAt;
      schedule();
    },

    async deleteSession(sessionId) {
      remove(sessionId);
      schedule();
    },

    sweep,
    get totalBytes() {
      return totalBytes;
    },
  };
}

function address({ index, digest }: ManifestPart): string {
  return `${index} ${digest}`;
}

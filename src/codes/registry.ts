import type { Entry, KnownEntry } from './entry.js';
import type { Table } from './table.js';
import { expandTable } from './table.js';
import { unknownEntry } from './unknown.js';

/** Tables by system and name. A table's entries are made when one of them is first asked for. */
export interface Registry {
  /** Adds tables. A table that is there already is replaced, in its place. */
  add(tables: readonly Table[]): void;
  /** The entry, or an unknown one that keeps what was given. */
  find(system: unknown, table: unknown, code: unknown): Entry;
  /** The entries of all tables, a system's, or one table's, each by code, in the order the tables were added. */
  select(system?: unknown, table?: unknown): readonly ReadonlyMap<string, KnownEntry>[];
}

interface Shelf {
  readonly table: Table;
  entries?: Map<string, KnownEntry>;
}

/** A registry that begins with these tables. */
export function createRegistry(initial: readonly Table[]): Registry {
  const systems = new Map<unknown, Map<unknown, Shelf>>();

  const add = (tables: readonly Table[]): void => {
    for (const table of tables) {
      const shelves = systems.get(table.system) ?? new Map<unknown, Shelf>();
      systems.set(table.system, shelves.set(table.table, { table }));
    }
  };
  const entriesOf = (shelf: Shelf): Map<string, KnownEntry> => (shelf.entries ??= expandTable(shelf.table));

  add(initial);
  return {
    add,
    find(system, table, code) {
      const shelf = systems.get(system)?.get(table);
      return (shelf && entriesOf(shelf).get(code as string)) ?? unknownEntry(system, table, code);
    },
    select(system, table) {
      const chosen = system === undefined ? [...systems.values()] : [systems.get(system)];
      const shelves = chosen.flatMap((named) => [...(named?.values() ?? [])]);
      return shelves.filter((shelf) => table === undefined || shelf.table.table === table).map(entriesOf);
    },
  };
}

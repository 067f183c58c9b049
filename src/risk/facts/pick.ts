/** The named fields of an object that hold something, as a plain object: what the browser gives are live objects with everything on their prototypes. */
export function pick<T extends object, const Name extends keyof T>(source: T, ...names: readonly Name[]): Pick<T, Name> {
  return Object.fromEntries(names.flatMap((name) => (source[name] == null ? [] : [[name, source[name]]]))) as Pick<T, Name>;
}

/** Tables that are asked by names of strangers. */

/** The entry of a table under a name that a file has: `table[name]` would find "constructor" in every object. */
export function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

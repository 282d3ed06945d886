/** Losses and metrics as `compile` takes them, of one output or of several. */

/** One, or one for each of several outputs, as a list or by their names. */
export type Sent<T> = T | readonly Sent<T>[] | { readonly [name: string]: Sent<T> } | null;

/** Each item of lists and records by itself; what says what it is, is one. */
export async function eachOf<T, U>(given: unknown, of: (one: T) => U | Promise<U>): Promise<Sent<U>> {
  if (Array.isArray(given)) return Promise.all(given.map((item) => eachOf(item, of)));
  const isRecord = Object.prototype.toString.call(given) === "[object Object]";
  const { type, create, call } = Object(given) as Record<string, unknown>;
  if (given === null || !isRecord || typeof type === "string" || create || call)
    return given === null ? null : of(given as T);
  const entries = Object.entries(given as object).map(
    async ([name, item]) => [name, await eachOf<T, U>(item, of)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

/** How data that are given by name are told from others. Apart from parts.ts, which few pages need. */

/** Whether data are given by name: a record, and no array or tensor. */
export function isNamedData(given: unknown): given is Readonly<Record<string, unknown>> {
  return (
    Object.prototype.toString.call(given) === "[object Object]" &&
    !("data" in (given as object) && "shape" in (given as object))
  );
}

/** Telling data that are given by names from others. By itself: every page has it, and few have such data. */

/** Whether data are given by name: a record, and no array or tensor. */
export function isNamedData(given: unknown): given is Readonly<Record<string, unknown>> {
  return (
    Object.prototype.toString.call(given) === "[object Object]" &&
    !("data" in (given as object) && "shape" in (given as object))
  );
}

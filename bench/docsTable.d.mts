/** Writes a table in its place in a page of docs/, between two comments with its name. @param note below it */
export function written(
  page: string,
  name: string,
  head: readonly string[],
  lines: readonly (readonly string[])[],
  note?: string,
): void;

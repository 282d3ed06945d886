/** Names of columns as people write them: with or without the unit, sepal_length for "Sepal length". */

/** What a column may be called. */
export interface Named {
  readonly name: string;
  readonly unit?: string | undefined;
}

/**
 * Position of the column that a name means; undefined: none, or more than one. The name itself comes first, then what differs
 * from it in case, blanks, strokes and the unit behind it.
 */
export function findColumn(columns: readonly Named[], name: string): number | undefined {
  const exact = columns.findIndex((column) => column.name === name || headingOf(column) === name);
  if (exact >= 0) return exact;
  const loose = columns.flatMap((column, i) =>
    [column.name, headingOf(column)].some((each) => plain(each) === plain(name)) ? [i] : [],
  );
  return loose.length === 1 ? loose[0] : undefined;
}

/** The name with its unit, as a header has it: "temp (°C)". */
export function headingOf({ name, unit }: Named): string {
  return unit === undefined ? name : `${name} (${unit})`;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_().[\]-]+/g, "");
}

/** Some names, for a message. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, 8).map((name) => (name.length > 30 ? `${name.slice(0, 29)}…` : name));
  return shown.join(", ") + (names.length > shown.length ? ` and ${names.length - shown.length} more` : "");
}

/** The first texts that differ in case, or in blanks, alone: one thing written in several ways; undefined: there are none. */
export function alike(texts: readonly string[]): readonly string[] | undefined {
  const groups = new Map<string, string[]>();
  for (const text of texts) {
    const common = text.toLowerCase().replace(/\s+/g, " ").trim();
    const group = groups.get(common);
    if (group) group.push(text);
    else groups.set(common, [text]);
  }
  return [...groups.values()].find((group) => group.length > 1);
}

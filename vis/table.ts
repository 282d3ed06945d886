import { misfit, show, type View, type ViewOptions } from "./view.ts";

/** Rows of a table: a value for each name. */
export type Rows = readonly Readonly<Record<string, string | number | boolean | null | undefined>>[];

/**
 * A table: scores of classes, layers of a model, rows of data.
 *
 * @param data objects, whose names head the columns in the order in which they first come
 * @throws AnygradError INVALID_ARGUMENT
 *
 * @example
 * ```js
 * import { table } from "anygrad/vis";
 *
 * const view = table(document.body, [{ class: "cat", precision: 0.9123 }, { class: "dog", precision: 0.87 }]);
 * console.log(view.element.querySelectorAll("td").length); // 4
 * ```
 */
export function table(parent: Element, data: Rows, options: ViewOptions = {}): View<Rows> {
  return show(parent, data, options, {
    name: "table",
    check(rows) {
      if (!Array.isArray(rows)) throw misfit("table", "the data are no list of objects; pass [{ … }, …]");
    },
    draw(rows, body, _width, { word, number }) {
      const document = body.ownerDocument;
      const element = document.createElement("table");
      const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
      const head = element.createTHead().insertRow();
      for (const name of names) {
        const cell = document.createElement("th");
        cell.textContent = word(name);
        cell.scope = "col";
        if (rows.every((row) => typeof row[name] !== "string")) cell.className = "number";
        head.append(cell);
      }
      const lines = element.createTBody();
      for (const row of rows) {
        const line = lines.insertRow();
        for (const name of names) {
          const value = row[name];
          const cell = line.insertCell();
          if (typeof value === "number") cell.className = "number";
          cell.textContent = typeof value === "number" ? number(value) : String(value ?? "");
        }
      }
      element.className = "vis-table";
      body.replaceChildren(element);
    },
  });
}

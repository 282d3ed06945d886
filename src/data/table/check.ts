/** What a model file says of the table that the model was trained on, checked before anything is computed with it. */
import { AnygradError } from "../../errors.ts";
import { isWithin } from "../../math/checks.ts";
import type { Preparation } from "../preparation.ts";

type Fields = Readonly<Record<string, unknown>>;

/** @throws AnygradError DATA_FORMAT for what `readTable` cannot have written */
export function checkTablePreparation({ columns, label, ignored, window, target }: Preparation): void {
  const names = new Set<string>();
  const isName = (value: unknown): boolean =>
    isText(value) && !names.has(value as string) && !!names.add(value as string);
  const isColumn = (column: unknown): boolean => {
    if (!isFields(column) || !isName(column.name) || !optional(isText)(column.unit)) return false;
    if (column.kind === "number") return isScale(column) && optional(isNumber)(column.missing);
    const { categories, encoding, missing } = column;
    return (
      column.kind === "category" &&
      isTexts(categories) &&
      categories.length > 0 &&
      new Set(categories).size === categories.length &&
      (encoding === "oneHot" || encoding === "ordinal") &&
      (missing === undefined || categories.includes(missing as string))
    );
  };
  const isCount = (value: unknown, from: number): boolean => isWithin(value, { whole: true, from });
  const parts: Fields = {
    columns:
      columns === undefined || (Array.isArray(columns) && columns.length > 0 && columns.every(isColumn)),
    label: optional(isText)(label),
    ignored: ignored === undefined || isTexts(ignored),
    window:
      window === undefined ||
      (isFields(window) &&
        isCount(window.steps, 1) &&
        isCount(window.stride, 1) &&
        isCount(window.horizon, 0) &&
        optional(isText)(window.group)),
    target:
      target === undefined ||
      (isFields(target) &&
        isText(target.name) &&
        optional(isText)(target.unit) &&
        isScale(target as unknown as Fields)),
  };
  const damaged = Object.keys(parts).find((part) => !parts[part]);
  if (damaged !== undefined)
    throw new AnygradError(
      "DATA_FORMAT",
      `load: what the model says of its table is damaged (${damaged}); save it again, or train anew`,
    );
}

function isScale({ mean, deviation }: Fields): boolean {
  return isNumber(mean) && isWithin(deviation, { above: 0 });
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isText);
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

function isNumber(value: unknown): boolean {
  return Number.isFinite(value);
}

function optional(check: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => value === undefined || check(value);
}

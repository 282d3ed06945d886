/** What of tables is imported when it is used: a page that reads none does without. */
export { checkTablePreparation } from "./check.ts";
export { isTable, LOOK_BYTES } from "./isTable.ts";
export { readTable } from "./readTable.ts";
export { encodeRaw, isRaw } from "./rows.ts";
export { windows } from "./windows.ts";

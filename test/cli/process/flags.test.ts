/** The library's messages in the command line's words. */
import { describe, expect, it } from "vitest";
import { withFlags } from "../../../cli/process/flags.ts";

const flags = new Set([
  "threads",
  "ignore",
  "categories",
  "task",
  "stride",
  "window",
  "batch-size",
  "memory-limit",
  "label",
]);

describe("an option with a flag is told as the flag", () => {
  it.each([
    ["createEngine: threads is 999; pass a whole number", "--threads is 999; pass a whole number"],
    [
      'a.csv: leave it out ({ ignore: ["date"] }), or write it otherwise',
      "a.csv: leave it out (--ignore date), or write it otherwise",
    ],
    ['take them as categories ({ categories: ["a b"] })', 'take them as categories (--categories "a b")'],
    ['pass { task: "regression" }, or name another', "pass --task regression, or name another"],
    [
      "readTable: stride is of use with windows alone; pass { window: … } too",
      "--stride is of use with windows alone; pass --window … too",
    ],
    [
      "memory: raise memoryLimit, or use a smaller batchSize",
      "memory: raise --memory-limit, or use a smaller --batch-size",
    ],
    ['data/a.csv: label: there is no column "x"', 'data/a.csv: --label: there is no column "x"'],
  ])("%s", (message, told) => {
    expect(withFlags(message, flags)).toBe(told);
  });
});

describe("what is no option, or has no flag, stays", () => {
  it.each([
    'a.csv: there is no column "batchSize"; there are "memoryLimit", age',
    "readCsv: header is 3; pass a value of type boolean",
    "fit: the loss became NaN at step 1",
    "a.csv: line 3 has 4 fields, the header has 3",
    "batchSize.png: is no picture",
    "net.mjs: export default ({ batchSize, classes }) => …",
  ])("%s", (message) => {
    expect(withFlags(message, flags)).toBe(message);
  });

  it("but for the way of the library alone, in parentheses", () => {
    expect(withFlags("a header and no rows; add rows (or pass { header: false })", flags)).toBe(
      "a header and no rows; add rows",
    );
  });
});

/** The first use of the case table: a sample of its rows in every build; and what the table has to have. */
import { describe, expect, it } from "vitest";
import * as ops from "../../src/ops/index.ts";
import { cases, skips } from "../cases.ts";
import { sample } from "../sample.ts";
import { describeAgreement } from "./agree.ts";

describeAgreement(sample(cases));

describe("the case table", () => {
  const functions = Object.entries(ops).flatMap(([name, value]) =>
    typeof value === "function" ? [name] : [],
  );

  it.each(functions)("has a row for %s", (name) => {
    expect(cases.some(({ op }) => op === name)).toBe(true);
  });

  it("names each row once", () => {
    const names = cases.map(({ name }) => name);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  it("gives a reason for every row it skips, and skips nothing that is not there", () => {
    for (const { of, reason } of skips) {
      expect(reason.length).toBeGreaterThan(20);
      expect(cases.some(({ op, name }) => op === of || name === of)).toBe(true);
    }
  });
});

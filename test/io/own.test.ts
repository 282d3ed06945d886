/** A table has what was put into it, and nothing that every object has. */
import { expect, it } from "vitest";
import { own } from "../../src/io/own.ts";

it("finds entries alone", () => {
  const table: Readonly<Record<string, number>> = { Conv: 1, zero: 0 };
  expect([own(table, "Conv"), own(table, "zero"), own(table, "Pool")]).toEqual([1, 0, undefined]);
  for (const name of ["constructor", "toString", "__proto__", "hasOwnProperty", "valueOf"])
    expect(own(table, name)).toBeUndefined();
});

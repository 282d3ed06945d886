/** docs/help/errors.md tells of every code that an AnygradError may have, in the order in which they are declared, and of no other. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

it("docs/help/errors.md has a section for each code, with what to do", () => {
  const declared = /type ErrorCode =([^;]*);/.exec(readFileSync("src/errors.ts", "utf8"))![1]!;
  const codes = [...declared.matchAll(/\| "([A-Z_]+)"/g)].map(([, code]) => code!);
  expect(codes.length).toBeGreaterThan(10);
  const sections = readFileSync("docs/help/errors.md", "utf8").split(/^## /m).slice(1);
  expect(sections.map((section) => section.split("\n", 1)[0])).toEqual(codes);
  for (const section of sections) expect(section.length).toBeGreaterThan(120);
});

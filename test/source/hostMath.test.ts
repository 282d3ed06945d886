/** The library computes nothing with functions that JavaScript engines round differently (src/math/transcendental.ts). */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const exact = "abs|ceil|floor|fround|imul|max|min|round|sign|sqrt|trunc|clz32";
/** Powers of whole twos are exact; those of other bases are not. */
const differing = new RegExp(`\\bMath\\.(?!(?:${exact})\\b)[a-z]\\w*|\\*\\*`);

function linesWith(pattern: RegExp, text: string): string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, "").replaceAll(/(?<![\w.)\]])2 \*\* /g, "");
  return code.split("\n").filter((line) => pattern.test(line));
}

it("no Math.exp, log or pow of the host, and no ** but of two", () => {
  const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );
  expect(files.length).toBeGreaterThan(150);
  const found = files.flatMap((file) =>
    linesWith(differing, readFileSync(join("src", file), "utf8")).map((line) => `${file}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
});

it("and would find them", () => {
  for (const line of [
    "y = Math.exp(x);",
    "y = Math.pow(x, 2);",
    "y = (1 + x) ** 3;",
    "y = 10 ** n;",
    "y = x2 ** 2;",
  ])
    expect(linesWith(differing, line)).toEqual([line]);
  for (const line of ["y = Math.sqrt(x);", "y = 2 ** 32;", "y = Math.PI;", "/** x ** 3 */"])
    expect(linesWith(differing, line)).toEqual([]);
});

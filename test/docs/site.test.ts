/** The site's look and list of pages agree with what they are made of. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { dark, light } from "../../report/charts/palette.ts";

it("the site's colours are those of reports", () => {
  const css = readFileSync("site/theme/tokens.css", "utf8");
  const plain = Object.fromEntries(
    [...css.matchAll(/--([\w-]+): (#\w{6});/g)].map(([, name, value]) => [name, value]),
  );
  const pairs = [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);/g)];
  expect(plain).toEqual(light);
  expect(Object.fromEntries(pairs.map(([, name, value]) => [name, value]))).toEqual(light);
  expect(Object.fromEntries(pairs.map(([, name, , value]) => [name, value]))).toEqual(dark);
});

it("every page of docs/ stands in the site's list, and every entry of the list is a page", () => {
  const list = readFileSync("site/docs/.vitepress/navigation.ts", "utf8");
  const side = [...list.slice(list.indexOf("const side")).matchAll(/link: "\/([^"]*)"/g)].map(
    ([, link]) => link!,
  );
  const pages = readdirSync("docs", { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".md") && !name.startsWith("api/") && name !== "index.md")
    .map((name) => name.slice(0, -".md".length));
  const elsewhere = ["examples/", "contributing", "changelog"];
  expect(side.filter((link) => !elsewhere.includes(link)).sort()).toEqual(pages.sort());
});

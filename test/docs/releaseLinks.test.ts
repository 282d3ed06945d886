/** What a release's README and changelog link to: addresses of the repository, each of a file that is there. */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

const script = resolve("scripts/release-links.mjs");
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "anygrad-links-"));
  for (const page of ["README.md", "CHANGELOG.md"]) copyFileSync(page, join(folder, page));
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(manifest: object): { status: number | null; stderr: string } {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ version: "1.2.3", ...manifest }));
  return spawnSync(process.execPath, [script], { cwd: folder, encoding: "utf8" });
}

it("refuses a release without a repository, and leaves the pages", () => {
  for (const manifest of [{}, { repository: { url: "somewhere" } }]) {
    const { status, stderr } = run(manifest);
    expect(status).toBe(1);
    expect(stderr).toContain("npm pkg set");
  }
  expect(readFileSync(join(folder, "README.md"), "utf8")).toBe(readFileSync("README.md", "utf8"));
});

it("makes all links absolute, and they lead to what is there", () => {
  expect(run({ repository: { url: "git+https://example.org/someone/anygrad.git" } }).status).toBe(0);
  const text = readFileSync(join(folder, "README.md"), "utf8").replaceAll(/^```[\s\S]*?^```$/gm, "");
  const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link!);
  expect(links.length).toBeGreaterThan(20);
  for (const link of links) {
    const found = /^https:\/\/example[.]org\/someone\/anygrad\/(blob|raw)\/v1[.]2[.]3\/([^#]+)/.exec(link);
    if (!found) expect(link).toMatch(/^(https:\/\/|#)/);
    else {
      expect(existsSync(found[2]!), link).toBe(true);
      expect(found[1]).toBe(/[.](png|svg)$/.test(link) ? "raw" : "blob");
    }
  }
});

/** What the pages say of the repository is there: links, paths, the folders of the architecture and its drawing. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

const pages = [
  "README.md",
  "CONTRIBUTING.md",
  ".github/RELEASING.md",
  ".github/SECURITY.md",
  ...readdirSync("docs", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md") && !name.startsWith("api")) // docs/api is generated
    .map((name) => join("docs", name)),
];

describe.each(pages)("%s", (page) => {
  const text = readFileSync(page, "utf8").replaceAll(/^```.*?^```$/gms, "");

  it("links to what is there", () => {
    const links = [...text.matchAll(/\]\(([^)]+)\)|src="([^"]+)"/g)].map(
      ([, link, source]) => link ?? source!,
    );
    const missing = links
      .filter((link) => !/^(https?:|#|\/playground\/)/.test(link)) // the playground stands beside the pages of the site
      .filter((link) => !existsSync(join(dirname(page), link.replace(/#.*/, ""))));
    expect(missing).toEqual([]);
  });

  it("names files and folders that are there", () => {
    const paths = [...text.matchAll(/`((?:assembly|src|runs|report|cli|bench|test|scripts)\/[\w./-]*)`/g)];
    expect(paths.map(([, path]) => path!).filter((path) => !existsSync(path))).toEqual([]);
  });
});

describe("workflows", () => {
  const folder = ".github/workflows";

  it.each(readdirSync(folder))(
    "%s names actions by their commit, and may read alone unless it says so",
    (name) => {
      const text = readFileSync(join(folder, name), "utf8");
      const actions = [...text.matchAll(/uses: *(.+)/g)].map(([, action]) => action!);
      expect(actions.length).toBeGreaterThan(0);
      expect(actions.filter((action) => !/^(\.\/|[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d)/.test(action))).toEqual(
        [],
      );
      expect(text).toMatch(/^permissions:\n {2}contents: read$/m);
    },
  );
});

describe("docs/architecture.md", () => {
  const text = readFileSync("docs/architecture.md", "utf8");

  it.each(
    ["src", "src/model", "cli", "report"].flatMap((part) =>
      readdirSync(part, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => `${part}/${name}`),
    ),
  )("tells of %s", (folder) => {
    expect(text).toContain(`${folder.split("/").at(-1)}/`);
  });
});

describe("examples", () => {
  const table = readFileSync("examples/README.md", "utf8");
  const programs = ["", "generators/"].flatMap((folder) =>
    readdirSync(`examples/${folder}`)
      .filter((name) => name !== "README.md" && name !== "generators")
      .map((name) => folder + name),
  );

  it.each(programs)("%s is in the table", (name) => {
    expect(table).toContain(`](${name})`);
  });

  it.each(programs.filter((name) => /[.](mjs|ts)$/.test(name)))("%s has less than 80 lines", (name) => {
    expect(readFileSync(`examples/${name}`, "utf8").split("\n").length - 1).toBeLessThan(80);
  });
});

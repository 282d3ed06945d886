/** What docs/kernels.md says of the kernels is what they are: their list, their records, their codes; and its example runs. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { recordFields } from "../../src/kernels/abi.generated.ts";
import { signatureOf } from "../../src/kernels/kernel.ts";
import { activationCode } from "../../src/ops/fusedActivation.ts";
import { allKernels, families, nameOf } from "../families.ts";

const run = promisify(execFile);
const page = readFileSync("docs/kernels.md", "utf8");

/** The cells of the table rows in a text, without the marks of code. */
function rowsOf(text: string): string[][] {
  const rows = [...text.matchAll(/^\| (.*) \|$/gm)];
  return rows.map(([, row]) => row!.replaceAll("`", "").split(/ (?<!\\)\| /));
}

describe("docs/kernels.md", () => {
  it("has the lists that scripts/list-kernels.mjs writes of these sources", () =>
    run("node", ["scripts/list-kernels.mjs", "--check"]));

  it("lists every kernel with its parameters, and what its units follow from", () => {
    const listed = rowsOf(page.slice(page.indexOf("\n## All kernels")))
      .filter(([kernel]) => kernel!.includes("("))
      .map(([kernel, , units]) => {
        const [name, parameters] = kernel!.slice(0, -1).split("(");
        const names = parameters!.split(", ").map((parameter) => parameter.split(":")[0]!);
        return `${name}(${names.join(", ")}) by ${units}`;
      });
    const built = allKernels.map((kernel) => {
      const { names, units } = signatureOf(kernel);
      const by = units.map((place) => names[place]).join(", ") || "serial";
      return `${nameOf(kernel)}(${[...names, ...(units.length > 0 ? ["from", "to"] : [])].join(", ")}) by ${by}`;
    });
    expect(listed.sort()).toEqual(built.sort());
  });

  const records = [recordFields, ...families.map((each) => each.recordFields)].flatMap((fields) =>
    Object.entries<string>(fields),
  );
  it.each(records)("lists the fields of a %s at their places", (name, fields) => {
    const [, list] = new RegExp(`<!-- record ${name} -->(.*?)<!-- end -->`, "s").exec(page) ?? [];
    const listed = rowsOf(list!)
      .slice(1)
      .flatMap(([bytes, names]) => {
        const places = bytes!.split(", ");
        return names!.split(" ").map((field, i) => `${places[i]} ${field}`);
      });
    expect(listed).toEqual(fields.split(" ").map((field, i) => `${4 * i} ${field}`));
  });

  it("has the codes of activations", () => {
    const codes = Object.values(activationCode);
    const names = Object.keys(activationCode).map((name) => (name === "linear" ? "none" : name));
    expect(page).toContain(`| code | ${codes.join(" | ")} |`);
    expect(page).toContain(`| \`activation\` | ${names.join(" | ")} |`);
  });

  it("tells of examples/raw-kernels.mjs, in which two builds agree", async () => {
    expect(page).toContain("(../examples/raw-kernels.mjs)");
    const { stdout } = await run("node", ["examples/raw-kernels.mjs"]);
    expect(stdout).toMatch(/none of \d+ numbers differ between scalar[.]wasm and simd[.]wasm/);
    expect(stdout).toMatch(/simd[.]wasm is [\d.]+ times as fast/);
  });
});

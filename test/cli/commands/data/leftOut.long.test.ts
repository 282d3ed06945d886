/** What a run leaves out of its data, and where in the file its examples were, stands in its folder; what it lacks is said before. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { anygrad, temporaryFolder } from "../../anygrad.ts";

describe("a table with columns that tell nothing, and a class of one row", () => {
  it("keeps them with the reason, counts as the file does, and says what cannot be tested", async () => {
    const folder = temporaryFolder();
    mkdirSync(folder, { recursive: true });
    const rows = Array.from(
      { length: 40 },
      (_, i) => `${i % 2 ? 5 + i / 40 : i / 40},7,note ${i},${i % 2 ? "warm" : "cold"}`,
    );
    const lines = ["heat,same,text,kind", ...rows, "9,7,last,frozen"];
    const file = join(folder, "rooms.csv");
    writeFileSync(file, `${lines.join("\n")}\n`);
    const out = join(folder, "run");
    const args = ["--label", "kind", "--ignore", "text", "--epochs", "1", "--threads", "1", "--out", out];
    const { code, stderr } = await anygrad(["train", "softmax", "--dataset", file, ...args]);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stderr).toContain("no test examples of frozen: ");
    expect(stderr).toMatch(/ frozen +\d .* –$/m);
    expect(stderr).toMatch(/32 \+ 8 test rows of 1 input, 3 classes|33 \+ 8 test rows of 1 input, 3 classes/);

    const { dataset } = JSON.parse(readFileSync(join(out, "run.json"), "utf8"));
    expect(dataset.leftOut).toEqual([
      { what: "column", name: "same", reason: "all rows have 7" },
      { what: "column", name: "text", reason: "as asked" },
    ]);
    const [heads, ...predictions] = readFileSync(join(out, "predictions.csv"), "utf8").trim().split("\n");
    expect(heads).toBe("example,label,predicted,p0,p1,p2,line");
    for (const row of predictions) {
      const fields = row.split(",");
      const inFile = lines[Number(fields.at(-1)) - 1]!.split(",").at(-1);
      expect(inFile).toBe(dataset.classNames[Number(fields[1])]);
    }
    const html = readFileSync(join(out, "report.html"), "utf8");
    expect(html).toContain("2 columns left out");
    expect(html).toContain("all rows have 7");
    expect(html).toContain("the means of the 2 of 3 classes that have test examples");
  });
});

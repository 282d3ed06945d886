/** Tables on the command line: from a file to a model, its report and its predictions. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { long } from "../../../long.ts";
import { anygrad, temporaryFolder } from "../../anygrad.ts";
import { houses, housesCsv, quick } from "../../ownData.ts";
import { served } from "../../served.ts";

const folder = temporaryFolder();

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const csv = file("houses.csv", housesCsv);

describe("a regression", () => {
  const out = join(folder, "houses");

  it("is trained, tested in the label's unit, reported and kept", async () => {
    const { code, stdout, stderr } = await anygrad([
      "train",
      "mlp-64",
      "--dataset",
      csv,
      "--epochs",
      "60",
      ...quick,
      "--out",
      out,
      "--json",
    ]);
    expect(stderr).toContain(
      'predicts "price" (€), the last column (--label … names another): numbers, a regression',
    );
    expect(stderr).toContain('left out: "id", since it counts the rows');
    expect(code).toBe(0);
    const { test } = JSON.parse(stdout);
    expect(test.r2).toBeGreaterThan(0.95);
    expect(test.accuracy).toBeUndefined();
    const run = JSON.parse(readFileSync(join(out, "run.json"), "utf8"));
    expect(run.test).toEqual(test);
    expect(run.dataset.target).toEqual({ name: "price", unit: "€" });
    const lines = readFileSync(join(out, "predictions.csv"), "utf8").trimEnd().split("\n");
    expect(lines[0]).toBe("example,actual,predicted,line");
    const rows = lines.slice(1).map((line) => line.split(",").map(Number));
    expect(rows).toHaveLength(30);
    const mae = rows.reduce((sum, [, actual, predicted]) => sum + Math.abs(predicted! - actual!), 0) / 30;
    expect(test.mae).toBeCloseTo(mae, 1);
    const html = readFileSync(join(out, "report.html"), "utf8");
    for (const text of ["Predicted against actual", "Largest errors", "R²"]) expect(html).toContain(text);
    for (const name of ["predicted-actual", "errors", "r2"])
      expect(readFileSync(join(out, "figures", `${name}.svg`), "utf8")).toContain("<svg");
  });

  long("is evaluated to the same figures, and its report is made again", async () => {
    const run = JSON.parse(readFileSync(join(out, "run.json"), "utf8"));
    const { stdout } = await served(["evaluate", out, "--json"]);
    expect(JSON.parse(stdout).test).toEqual(run.test);
    const before = readFileSync(join(out, "report.html"), "utf8");
    expect((await served(["report", out])).code).toBe(0);
    expect(readFileSync(join(out, "report.html"), "utf8")).toBe(before);
  });

  it("is evaluated on all rows of another file", async () => {
    const other = file("other.csv", readFileSync(csv, "utf8").split("\n").slice(0, 13).join("\n"));
    const { stdout, stderr } = await served(["evaluate", out, "--dataset", other, "--json"]);
    expect(JSON.parse(stdout).examples, stderr).toBe(12);
  });

  it("refuses a network of one's own that ends in a softmax", async () => {
    const net = file(
      "net.mjs",
      'import { layers } from "anygrad"; export default ({ classes }) => [layers.dense({ units: classes, activation: "softmax" })];',
    );
    const { code, stderr } = await served(["train", net, "--dataset", csv, "--epochs", "1"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/its last activation is softmax, .*; end in layers\.dense\(\{ units: 1 \}\)/);
  });

  it("predicts more rows than a call has arguments, as JSON and as text", async () => {
    const n = 200_000;
    const rows = file("many.csv", `town,size\n${"Oslo,80.5\nRome,60\n".repeat(n / 2)}`);
    const { code, stdout } = await served(["predict", out, rows, "--json"]);
    expect(code).toBe(0);
    const { predictions } = JSON.parse(stdout);
    expect(predictions).toHaveLength(n);
    expect(predictions[n - 2]).toEqual({ ...predictions[0], row: n - 2 });
    expect(predictions[n - 1]).toEqual({ ...predictions[1], row: n - 1 });
    const text = await served(["predict", out, rows]);
    expect(text.code).toBe(0);
    expect(text.stdout.trimEnd().split("\n")).toHaveLength(n + 1);
  });

  it("predicts rows with columns in any order, and says which it does not use", async () => {
    const rows = file("new.csv", "colour,town,size\nred,Oslo,80.5\nblue,Rome,60\n");
    const lines = file("new.jsonl", '{"town":"Oslo","size":80.5}\n{"size":60,"town":"Rome"}\n');
    const { stdout, stderr } = await served(["predict", out, rows, lines, "--json"]);
    expect(stderr).toContain("new.csv: not used: colour");
    const values = JSON.parse(stdout).predictions.map(({ value }: { value: number }) => value);
    expect(values.slice(2)).toEqual(values.slice(0, 2));
    expect(Math.abs(values[0] - (1000.5 * 80 + 50_000))).toBeLessThan(15_000);
    const lacking = await served(["predict", out, file("bad.csv", "town,rooms\nOslo,3\nRome,2\n")]);
    expect(lacking).toMatchObject({ code: 2, stdout: "" });
    expect(lacking.stderr).toContain('there is no column "size", which the model takes');
    const unknown = await served(["predict", out, file("bad2.csv", "town,size\nOsol,3\nRome,2.5\n")]);
    expect(unknown.stderr).toContain(
      'line 2: "town" is "Osol", which training did not know; did you mean Oslo?',
    );
  });
});

describe("classes of a table", () => {
  it("are learned from JSON lines as from CSV", async () => {
    const rows = houses.map(({ size, town, price }) => ({ size: size + 0.5, price, town }));
    const lines = file("towns.jsonl", rows.map((row) => JSON.stringify(row)).join("\n"));
    const table = file(
      "towns.csv",
      `size,price,town\n${rows.map((row) => Object.values(row).join(",")).join("\n")}`,
    );
    const digests = [];
    for (const path of [lines, table]) {
      const { stdout } = await anygrad([
        "train",
        "mlp-64",
        "--dataset",
        path,
        "--label",
        "town",
        "--epochs",
        "2",
        ...quick,
        "--json",
      ]);
      digests.push(JSON.parse(stdout).digest);
    }
    expect(digests[0]).toBe(digests[1]);
  });

  it("are learned from windows over a series", async () => {
    const series = Array.from({ length: 600 }, (_, i) => {
      const mode = ["rest", "run"][Math.floor(i / 60) % 2]!;
      return `${(mode === "run" ? Math.sin(i) : 0.1 * Math.sin(i * 7)).toFixed(3)},${mode}`;
    });
    const path = file("series.csv", `a,mode\n${series.join("\n")}\n`);
    const out = join(folder, "series");
    const { stdout } = await anygrad([
      "train",
      "mlp-64",
      "--dataset",
      path,
      "--window",
      "20",
      "--stride",
      "5",
      "--epochs",
      "20",
      ...quick,
      "--out",
      out,
      "--no-report",
      "--json",
    ]);
    expect(JSON.parse(stdout).test.accuracy).toBeGreaterThan(0.8);
    const { stdout: predicted } = await anygrad([
      "predict",
      out,
      file(
        "later.csv",
        `a\n${series
          .slice(60, 120)
          .map((line) => line.split(",")[0])
          .join("\n")}\n`,
      ),
      "--json",
    ]);
    const classes = JSON.parse(predicted).predictions.map((each: { class: string }) => each.class);
    expect(classes).toHaveLength(9);
    expect(classes[4]).toBe("run");
  });
});

it.each<[string, string[], string]>([
  ["an unknown label", ["--dataset", csv, "--label", "prise"], "did you mean price"],
  [
    "options of tables for pictures",
    ["--dataset", "digits", "--label", "x"],
    "--label is of use with tables, and digits is none",
  ],
  [
    "a damaged JSON line",
    ["--dataset", file("bad.jsonl", '{"a":1,"b":2}\n{"a":1,\n')],
    "bad.jsonl: line 2 is no JSON",
  ],
  ["no Parquet", ["--dataset", file("bad.parquet", "nonsense")], "bad.parquet: cannot be read as Parquet"],
  [
    "label smoothing of numbers",
    ["--dataset", csv, "--label-smoothing", "0.1"],
    "has no meaning where numbers are predicted",
  ],
])("refuses %s in a line", async (_, args, message) => {
  const { code, stdout, stderr } = await served(["train", "mlp-64", ...args, "--epochs", "1", "--quiet"]);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(message);
  expect(stderr.trimEnd()).not.toContain("\n");
});

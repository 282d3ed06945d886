/** Data that cannot be used, through every command that reads data: one line, exit code 2, what was got and what to do. */
import { copyFileSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { writeIdx } from "../../../data/write-idx.ts";
import { anygrad, temporaryFolder } from "../../anygrad.ts";
import { served } from "../../served.ts";

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const [images, labels] = ["train-images-idx3-ubyte", "train-labels-idx1-ubyte"];

async function refusal(args: readonly string[]): Promise<string> {
  const ended = await served(args);
  expect(ended, args.join(" ")).toMatchObject({ code: 2, stdout: "" });
  expect(ended.stderr).toMatch(/^anygrad: [^\n]+\n$/);
  expect(ended.stderr).not.toContain("a fault of anygrad");
  return ended.stderr.slice("anygrad: ".length).trimEnd();
}

function idxFolder(name: string, side: number, changed: Readonly<Record<string, Uint8Array>> = {}): string {
  mkdirSync(at(name));
  const pixels = (count: number) => new Uint8Array(count * side * side).map((_, i) => i % 251);
  const files = {
    [images]: writeIdx("u8", [12, side, side], pixels(12)),
    [labels]: writeIdx("u8", [12], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]),
    "t10k-images-idx3-ubyte": writeIdx("u8", [4, side, side], pixels(4)),
    "t10k-labels-idx1-ubyte": writeIdx("u8", [4], [0, 1, 2, 9]),
    ...changed,
  };
  for (const [file, bytes] of Object.entries(files)) writeFileSync(join(at(name), file), bytes);
  return at(name);
}

function file(name: string, content: string | Uint8Array): string {
  writeFileSync(at(name), content);
  return at(name);
}

function made(name: string, make: (path: string) => void): string {
  make(at(name));
  return at(name);
}

const right = idxFolder("right", 28);
const other = idxFolder("other", 32);
const model = at("model");
const none = new Uint8Array();

beforeAll(async () => {
  const args = "train softmax --limit 40 --epochs 1 --no-report --quiet --out".split(" ");
  expect((await anygrad([...args, model])).code).toBe(0);
});

const unusable: readonly [string, string, RegExp][] = [
  [
    "an empty folder",
    made("empty", mkdirSync),
    /empty is an empty folder; put a folder of pictures a class into it, as .*or the four IDX files of a set/,
  ],
  [
    "a folder called .csv",
    made("x.csv", mkdirSync),
    /x\.csv is a folder, not a CSV file; pass the file in it/,
  ],
  [
    "a file of no bytes",
    file("nothing.csv", ""),
    /nothing\.csv: no rows; wanted lines of a label and pixels/,
  ],
  ["a gzip file of no bytes", file("nothing.csv.gz", ""), /nothing\.csv\.gz: no rows/],
  ["a header alone", file("header.csv", "label,pixel1\n"), /header\.csv: no rows/],
  ["empty lines", file("blank.csv", "\n\n\n"), /blank\.csv: no rows/],
  [
    "a truncated gzip",
    file("cut.csv.gz", gzipSync("1,2,3\n".repeat(50)).subarray(0, -6)),
    /cut\.csv\.gz: the gzip data is damaged or cut off; fetch the file again/,
  ],
  [
    "IDX files with 0 images",
    idxFolder("none", 28, {
      [images]: writeIdx("u8", [0, 28, 28], none),
      [labels]: writeIdx("u8", [0], none),
    }),
    /none\/train-images-idx3-ubyte: 0 images; a set needs at least one to train and one to test/,
  ],
  [
    "a test file with 0 images",
    idxFolder("untested", 28, { "t10k-images-idx3-ubyte": writeIdx("u8", [0, 28, 28], none) }),
    /untested\/t10k-images-idx3-ubyte: 0 images/,
  ],
  [
    "an IDX file of no bytes",
    idxFolder("bytes", 28, { [images]: none }),
    /not an IDX file: it starts with nothing/,
  ],
  [
    "images of no width",
    idxFolder("width", 28, { [images]: writeIdx("u8", [12, 0, 28], none) }),
    /sizes 12 × 0 × 28; wanted bytes of n × height × width, none of them 0/,
  ],
  [
    "a file that opens and cannot be read",
    made("broken.csv", (path) => symlinkSync("/proc/self/mem", path)),
    /broken\.csv: cannot be read \(EIO\); check its path and rights/,
  ],
];

describe.concurrent.each([
  ["train", (set: string) => ["train", "softmax", "--epochs", "1", "--quiet", "--dataset", set]],
  ["evaluate", (set: string) => ["evaluate", model, "--dataset", set]],
  ["data info", (set: string) => ["data", "info", set]],
  ["data preview", (set: string) => ["data", "preview", set]],
] as const)("%s refuses", (_, command) => {
  it.each(unusable)("%s", async (_case, set, wanted) => {
    expect(await refusal(command(set))).toMatch(wanted);
  });
});

describe.concurrent("images of another size than the model's", () => {
  it("evaluate names both sizes", async () => {
    expect(await refusal(["evaluate", model, "--dataset", other])).toBe(
      `${other}: its examples are 32×32×1, but the model takes 28×28×1; pass a set of that size, or train a model on this one`,
    );
    const flowers = file("flowers.csv", "0,1,2,3,4\n1,2,3,4,5\n0,1,1,1,1\n1,1,1,1,1\n");
    expect(await refusal(["evaluate", model, "--dataset", flowers])).toContain(
      "its examples are 4 values, but",
    );
  });

  it.each<[string, () => string, RegExp]>([
    // 49 · 32 · 32 = 64 · 28 · 28: the numbers alone would do
    [
      "IDX whose values are as many as those of whole images",
      () => file("49.idx", writeIdx("u8", [49, 32, 32], new Uint8Array(49 * 1024))),
      /an array of 49×32×32, but the model takes images of 28×28×1, 784 values each; pass images of that size/,
    ],
    [
      "labels",
      () => file("labels.idx", writeIdx("u8", [784], new Uint8Array(784))),
      /an array of 784×1, but the model takes/,
    ],
    [
      "nested JSON",
      () => file("nested.json", JSON.stringify(Array(49).fill(Array(32).fill(Array(32).fill(0))))),
      /an array of 49×32×32, but the model takes/,
    ],
    [
      "ragged JSON",
      () => file("ragged.json", "[[1,2],[3]]"),
      /arrays of different lengths; wanted arrays of numbers/,
    ],
    [
      "CSV",
      () => file("wide.csv", `${"0,".repeat(1023)}0\n`),
      /line 1 has 1024 columns, but the model takes 784/,
    ],
    [
      "0 images",
      () => file("0.idx", writeIdx("u8", [0, 28, 28], none)),
      /0 values, but the model takes images/,
    ],
    ["a file of no bytes", () => file("0.csv", ""), /0 values, but the model takes images/],
    [
      "a folder without pictures",
      () => made("bare", mkdirSync),
      /bare: no PNG or JPEG files in that folder; pass one that has some/,
    ],
  ])("predict refuses %s", async (_, make, wanted) => {
    expect(await refusal(["predict", model, make()])).toMatch(wanted);
  });

  it("train --resume refuses data that have changed their size, and keeps the run", async () => {
    const [own, out] = [idxFolder("changing", 28), at("paused")];
    const begun = ["train", "softmax", "--dataset", own, "--epochs", "2", "--stop-after", "1", "--out", out];
    expect((await anygrad([...begun, "--no-report"])).code).toBe(0);
    const kept = readdirSync(out).sort();
    for (const name of readdirSync(other)) copyFileSync(join(other, name), join(own, name));
    expect(await refusal(["train", "--resume", out, "--quiet"])).toBe(
      `${own}: its examples are 32×32×1, but the model takes 28×28×1; bring the run's data back, or train anew`,
    );
    expect(readdirSync(out).sort()).toEqual(kept);
    for (const name of readdirSync(right)) copyFileSync(join(right, name), join(own, name));
    expect((await anygrad(["train", "--resume", out, "--no-report"])).code).toBe(0);
  });
});

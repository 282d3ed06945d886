/** One set of images in every form that `--dataset` reads, and batches of every size: the same bits where nothing differs. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { digits } from "../../../../src/data/digits/digits.ts";
import { readIdx } from "../../../../src/data/idx.ts";
import { writeIdx } from "../../../data/write-idx.ts";
import { anygrad, temporaryFolder } from "../../anygrad.ts";

const folder = temporaryFolder();

interface Images {
  readonly x: ArrayLike<number> & { subarray(from: number, to: number): Iterable<number> };
  readonly y: ArrayLike<number>;
}

/** As published: a label and 784 pixels a line; Fashion-MNIST's has a header. */
function csv({ x, y }: Images, style: { header?: boolean; lineEnd?: string } = {}): string {
  const lines = Array.from({ length: y.length }, (_, i) =>
    [y[i], ...x.subarray(i * 784, (i + 1) * 784)].join(","),
  );
  if (style.header)
    lines.unshift(["label", ...Array.from({ length: 784 }, (_, i) => `pixel${i + 1}`)].join(","));
  return `${lines.join(style.lineEnd ?? "\n")}\n`;
}

function write(name: string, train: Images, test: Images): { idx: string; csvs: [string, string][] } {
  const at = (...parts: string[]): string => join(folder, name, ...parts);
  mkdirSync(at("idx"), { recursive: true });
  for (const [set, { x, y }] of [
    ["train", train],
    ["t10k", test],
  ] as const) {
    writeFileSync(at("idx", `${set}-images-idx3-ubyte`), writeIdx("u8", [y.length, 28, 28], x));
    writeFileSync(at("idx", `${set}-labels-idx1-ubyte.gz`), gzipSync(writeIdx("u8", [y.length], y)));
  }
  const pair = (
    label: string,
    file: string,
    change: (set: Images) => string | Uint8Array,
  ): [string, string] => {
    writeFileSync(at(file), change(train));
    writeFileSync(at(file.replace("train", "test")), change(test));
    return [label, at(file)];
  };
  return {
    idx: at("idx"),
    csvs: [
      pair("no header", "mnist_train.csv", (set) => csv(set)),
      pair("a header", "fashion-mnist_train.csv", (set) => csv(set, { header: true })),
      pair("gzip, a header, CRLF", "train.csv.gz", (set) =>
        gzipSync(csv(set, { header: true, lineEnd: "\r\n" })),
      ),
    ],
  };
}

async function run(
  ...args: string[]
): Promise<{ digest: string; test: object; history: { loss: number[] } }> {
  const { code, stdout, stderr } = await anygrad(["train", ...args, "--json", "--quiet"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const { digest, test, history } = JSON.parse(stdout);
  return { digest, test, history: { loss: history.loss } };
}

describe("CSV files of 785 columns train as the IDX files of the same images do", () => {
  it.each(["mlp-64", "cnn-2x2"])("digits, %s", async (preset) => {
    const { train, test } = digits({ train: 70, test: 30 });
    const { idx, csvs } = write(`digits-${preset}`, train, test);
    const wanted = await run(preset, "--dataset", idx, "--epochs", "1", "--normalize", "standard");
    for (const [form, path] of csvs)
      expect(await run(preset, "--dataset", path, "--epochs", "1", "--normalize", "standard"), form).toEqual(
        wanted,
      );
  });

  const published = join(process.env.ANYGRAD_DATA ?? "", "fashion-mnist");
  const isThere = existsSync(join(published, "train-images-idx3-ubyte.gz"));
  it.skipIf(!isThere)("the first 400 of Fashion-MNIST (needs ANYGRAD_DATA)", async () => {
    const part = async (set: string, count: number): Promise<Images> => {
      const read = async (kind: string): Promise<Uint8Array> =>
        (await readIdx(gunzipSync(readFileSync(join(published, `${set}-${kind}-ubyte.gz`)))))
          .data as Uint8Array;
      const [x, y] = [await read("images-idx3"), await read("labels-idx1")];
      return { x: x.subarray(0, count * 784), y: y.subarray(0, count) };
    };
    const { csvs } = write("fashion", await part("train", 400), await part("t10k", 100));
    const wanted = await anygrad(
      [
        "train",
        "softmax",
        "--dataset",
        "fashion-mnist",
        "--limit",
        "400",
        "--epochs",
        "1",
        "--json",
        "--quiet",
      ],
      { env: { ANYGRAD_DATA: process.env.ANYGRAD_DATA } },
    );
    const { digest } = await run("softmax", "--dataset", csvs[1]![1], "--epochs", "1");
    expect(digest).toBe(JSON.parse(wanted.stdout).digest);
  });
});

describe("--batch-size", () => {
  const softmax = (size: string, ...more: string[]) =>
    run("softmax", "--limit", "50", "--epochs", "2", "--batch-size", size, ...more);

  it("all is the whole set at once, as is any size from its length on", async () => {
    const whole = await softmax("all");
    expect(whole).toEqual(await softmax("50"));
    expect(whole).toEqual(await softmax("1000"));
    expect(whole.digest).not.toBe((await softmax("49")).digest);
  });

  it.each([
    ["1", 100],
    ["7", 16],
    ["all", 2],
  ])("%s makes %d steps of two epochs", async (size, steps) => {
    const out = join(folder, `steps-${size}`);
    await softmax(size, "--out", out, "--no-report");
    expect(readFileSync(join(out, "steps.csv"), "utf8").trimEnd().split("\n")).toHaveLength(1 + steps);
    const { recipe, command } = JSON.parse(readFileSync(join(out, "run.json"), "utf8"));
    expect(recipe.batchSize).toBe(size === "all" ? "all" : Number(size));
    expect(command).toContain(`--batch-size ${size}`);
  });

  it("all goes on from a pause, with the same end", async () => {
    const out = join(folder, "paused");
    const wanted = await softmax("all");
    await softmax("all", "--out", out, "--no-report", "--stop-after", "1");
    expect((await run("--resume", out)).digest).toBe(wanted.digest);
  });
});

it("a preset whose outputs are sigmoids gets one-hot targets from IDX and from CSV", async () => {
  const { train, test } = digits({ train: 60, test: 20 });
  const { idx, csvs } = write("sigmoids", train, test);
  const wanted = await run("mlp-512-256", "--dataset", idx, "--epochs", "2", "--batch-size", "20");
  expect(wanted).toEqual(
    await run("mlp-512-256", "--dataset", csvs[0]![1], "--epochs", "2", "--batch-size", "20"),
  );
  expect(wanted.history.loss[1]).toBeLessThan(wanted.history.loss[0]!);
});

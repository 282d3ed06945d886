/** Small data sets of each kind in a new folder, and what the command line reads of one. */
import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { loadSource } from "../../../cli/dataset/source.ts";
import { createTerminal } from "../../../cli/terminal/terminal.ts";
import { writeIdx } from "../../data/write-idx.ts";

export const newFolder = (): string => mkdtempSync(join(tmpdir(), "anygrad-content-"));

/** The four files of a set of 2 × 2 images under MNIST's names. */
export function writeIdxSet(folder: string, first = 0): string {
  mkdirSync(folder, { recursive: true });
  for (const [part, images] of [
    ["train", 6],
    ["t10k", 4],
  ] as const) {
    const pixels = Array.from({ length: 4 * images }, (_, i) => (first + 7 * i) % 256);
    const labels = Array.from({ length: images }, (_, i) => i % 2);
    writeFileSync(join(folder, `${part}-images-idx3-ubyte`), writeIdx("u8", [images, 2, 2], pixels));
    writeFileSync(join(folder, `${part}-labels-idx1-ubyte`), writeIdx("u8", [images], labels));
  }
  return folder;
}

/** A table and its test set; the path of the first. */
export function writeTables(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const rows = (from: number): string =>
    Array.from({ length: 20 }, (_, i) => `${from + i},${(from + 3 * i) % 7},${i % 2 ? "yes" : "no"}\n`).join(
      "",
    );
  writeFileSync(join(folder, "my-train.csv"), `age,size,answer\n${rows(1)}`);
  writeFileSync(join(folder, "my-test.csv"), `age,size,answer\n${rows(5)}`);
  return join(folder, "my-train.csv");
}

const fixtures = join(import.meta.dirname, "../../fixtures/pictures");

/** Two classes of pictures, some of them in folders of their own. */
export function writePictures(folder: string): string {
  for (const [from, to] of [
    ["baseline.jpg", "cats/a.jpg"],
    ["gray.jpg", "cats/deep/b.jpg"],
    ["progressive.jpg", "dogs/c.jpg"],
    ["baseline.jpg", "dogs/again.jpg"],
  ] as const) {
    mkdirSync(dirname(join(folder, to)), { recursive: true });
    copyFileSync(join(fixtures, from), join(folder, to));
  }
  return folder;
}

/** What `train` has of these arguments: examples, labels and classes. */
export async function readBy(args: readonly string[]): Promise<unknown> {
  const after = (flag: string): string | undefined => args[args.indexOf(flag) + 1];
  const { train, test, classNames } = await loadSource({
    dataset: after("--dataset")!,
    data: args.includes("--data") ? after("--data") : undefined,
    signal: new AbortController().signal,
    terminal: createTerminal({ quiet: true }),
  });
  return { train: [train.x, train.y], test: [test.x, test.y], classNames };
}

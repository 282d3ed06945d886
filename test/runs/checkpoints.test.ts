/** The newest checkpoint of a folder: what is damaged is named, and what another process removes meanwhile is not taken for damaged. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fileName, newestWhole } from "../../runs/checkpoints/files.ts";
import { intervalOf } from "../../runs/checkpoints/interval.ts";
import { removeCheckpoints } from "../../runs/checkpoints/unfinishedRun.ts";
import type { OutputFolder } from "../../runs/folder/outputFolder.ts";
import { AnygradError } from "../../src/errors.ts";
import { temporaryFolder } from "../cli/anygrad.ts";
import { failure } from "../data/failure.ts";

const prefix = "checkpoint-";
const nameAt = (epoch: number, step = 0): string => fileName(prefix, { epoch, step });
function folderOf(...epochs: number[]): string {
  const folder = temporaryFolder();
  for (const epoch of epochs) writeFileSync(join(folder, nameAt(epoch)), `state ${epoch}`);
  return folder;
}
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe("the newest checkpoint", () => {
  it("is that of the most epochs and steps, by number", async () => {
    const folder = folderOf(9, 10000);
    writeFileSync(join(folder, nameAt(10000, 1200)), "within");
    writeFileSync(join(folder, nameAt(10000, 30)), "within, before");
    const newest = await newestWhole(folder, prefix, textOf);
    expect(newest).toMatchObject({ value: "within", file: { epoch: 10000, step: 1200 }, damaged: [] });
    expect(await newestWhole(join(folder, "none"), prefix, textOf)).toBeUndefined();
  });

  it("is looked for again where another process has removed it meanwhile", async () => {
    const folder = folderOf(1, 2);
    const read = (bytes: Uint8Array): string => {
      const text = textOf(bytes);
      if (text !== "state 2") return text;
      for (const epoch of [1, 2]) rmSync(join(folder, nameAt(epoch)));
      for (const epoch of [3, 4]) writeFileSync(join(folder, nameAt(epoch)), `state ${epoch}`);
      throw new AnygradError("DATA_FORMAT", "half of it was read; it was being removed");
    };
    expect(await newestWhole(folder, prefix, read)).toMatchObject({ value: "state 4", damaged: [] });
  });

  it("is told to be damaged where it stays and cannot be read", async () => {
    const folder = folderOf(1);
    mkdirSync(join(folder, nameAt(2)));
    const newest = await newestWhole(folder, prefix, textOf);
    expect(newest).toMatchObject({ value: "state 1" });
    expect(newest!.damaged.map(({ message }) => message)).toEqual([
      `${join(folder, nameAt(2))}: is a folder where a file is wanted; pass a file in it`,
    ]);
    rmSync(join(folder, nameAt(1)));
    const text = await failure(() => newestWhole(folder, prefix, textOf), "DATA_FORMAT");
    expect(text).toMatch(
      /is a folder where a file is wanted; pass a file in it; bring it back, or train anew$/,
    );
  });
});

it("removes the newest first: the best stays as long as what goes on from there", async () => {
  const folder = folderOf(2, 1, 3);
  const removed: string[] = [];
  const opened = { path: folder, remove: async (names: readonly string[]) => void removed.push(...names) };
  await removeCheckpoints(opened as unknown as OutputFolder);
  expect(removed.slice(0, 3)).toEqual([3, 2, 1].map((epoch) => nameAt(epoch)));
});

describe("how often a checkpoint is written", () => {
  it.each([
    [100, { unit: "steps", count: 100 }],
    ["100", { unit: "steps", count: 100 }],
    ["30s", { unit: "milliseconds", count: 30_000 }],
    ["5m", { unit: "milliseconds", count: 300_000 }],
    ["1.5h", { unit: "milliseconds", count: 5_400_000 }],
  ])("is %j", (given, interval) => expect(intervalOf("every", given)).toEqual(interval));

  it.each([0, -1, 1.5, Number.NaN, "", "s", "0s", "1d", "1e3", "5 m", null, undefined, true, [3]])(
    "is not %j",
    async (given) => {
      const text = await failure(() => intervalOf("every", given), "INVALID_ARGUMENT");
      expect(text).toMatch(/^every is .*; pass a number of steps from 1, or a time such as "30s" or "5m"$/);
    },
  );
});

/** A trial that is paused goes on elsewhere: other folders, other paths of the data, the same bits. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import {
  bringCheckpoint,
  checkKeptCheckpoint,
  type KeptCheckpoint,
  keepCheckpoint,
} from "../../../cli/cluster/content/checkpoints.ts";
import { DataCache } from "../../../cli/cluster/content/dataCache.ts";
import { describeData } from "../../../cli/cluster/content/dataContent.ts";
import { dataFiles } from "../../../cli/cluster/content/dataFiles.ts";
import { resolveData } from "../../../cli/cluster/content/resolve.ts";
import { shareContents } from "../../../cli/cluster/content/share.ts";
import { openSource } from "../../../cli/cluster/content/source.ts";
import { createChildPool } from "../../../cli/process/childRun.ts";
import { long } from "../../long.ts";
import { newFolder, writeTables } from "./dataSets.ts";

const ending: (() => unknown)[] = [];
afterAll(async () => {
  for (const end of ending) await end();
});

describe("a paused trial", () => {
  long("ends on another machine as it would have ended on the first", async () => {
    const dataset = writeTables(join(newFolder(), "coordinators"));
    const data = await describeData(await dataFiles({ dataset }), { cache: newFolder() });
    const folder = join(newFolder(), "shared");
    const sharing = await shareContents([data], { share: folder, checkpoints: "" });
    const source = await openSource(sharing.address);
    ending.push(
      () => source.close(),
      () => sharing.close(),
    );
    const pool = createChildPool({ jobs: 2, signal: new AbortController().signal });
    const args = ["--dataset", dataset, "--epochs", "3", "--threads", "1", "--validation-split", "0.2"];
    const here = await pool.run([...args, "--out", join(newFolder(), "whole"), "--overwrite"]);

    // of each machine its own data, cache and folder of runs
    const trainOn = async (run: string, more: string[]) => {
      const found = await resolveData(data.content, {
        cache: new DataCache({ folder: newFolder() }),
        source,
      });
      return pool.run([...args, "--out", run, ...more], { places: { [dataset]: found.args[1]! } });
    };
    const [a, b] = [join(newFolder(), "run"), join(newFolder(), "other/run")];
    const asked = renameAway(dataset);
    const first = await trainOn(a, ["--stop-after", "1"]);
    expect(first).toMatchObject({ kind: "paused" });
    const kept = await keepCheckpoint(a, source);
    rmSync(a, { recursive: true });
    await bringCheckpoint(checkKeptCheckpoint(JSON.parse(JSON.stringify(kept))), source, b);
    const last = await trainOn(b, []);
    asked.back();

    if (here.kind !== "done" || last.kind !== "done") throw new Error(JSON.stringify([here, last]));
    expect(last.record.digest).toBe(here.record.digest);
    expect(last.record.test).toEqual(here.record.test);
    expect(last.record.dataset).toBe(dataset);
    expect(readdirSync(folder)).toContain(kept!.sha256);
    await sharing.drop(kept!.sha256);
    expect(readdirSync(folder)).not.toContain(kept!.sha256);
  });

  /** Workers have no such path. */
  function renameAway(path: string): { back(): void } {
    renameSync(join(path, ".."), join(path, "../../away"));
    return { back: () => renameSync(join(path, "../../away"), join(path, "..")) };
  }
});

describe("a checkpoint", () => {
  const kept: KeptCheckpoint = { name: "checkpoint-0003.safetensors", sha256: "0".repeat(64), bytes: 3 };

  it("of a run that has none", async () => {
    const source = await openSource(newFolder());
    expect(await keepCheckpoint(newFolder(), source)).toBeUndefined();
  });

  it("that the source has no more is told, and nothing is left", async () => {
    const [source, run] = [await openSource(newFolder()), newFolder()];
    await expect(bringCheckpoint(kept, source, run)).rejects.toMatchObject({ code: "DATA_MISSING" });
    expect(readdirSync(run)).toEqual([]);
  });

  it("that is damaged at the source is refused, and the one that is there stays", async () => {
    const [folder, run] = [newFolder(), newFolder()];
    writeFileSync(join(folder, kept.sha256), "abc");
    writeFileSync(join(run, kept.name), "before");
    await expect(bringCheckpoint(kept, await openSource(folder), run)).rejects.toMatchObject({
      code: "DATA_DOWNLOAD",
    });
    expect(readdirSync(run)).toEqual([kept.name]);
    expect(readFileSync(join(run, kept.name), "utf8")).toBe("before");
  });

  it("that is damaged in the run is not sent", async () => {
    const run = newFolder();
    mkdirSync(join(run, "deep"));
    writeFileSync(join(run, kept.name), "no checkpoint");
    await expect(keepCheckpoint(run, await openSource(newFolder()))).rejects.toMatchObject({
      code: "DATA_FORMAT",
    });
  });

  it.each([
    ["is none", undefined],
    ["is a path", { ...kept, name: "../../.ssh/authorized_keys" }],
    ["is the path of one", { ...kept, name: "../checkpoint-0003.safetensors" }],
    ["is another file", { ...kept, name: "run.json" }],
    ["has a hash that is a path", { ...kept, sha256: "../x" }],
    ["is too large", { ...kept, bytes: 2 ** 40 }],
    ["has no size", { ...kept, bytes: -1 }],
  ])("that %s is refused", (_, value) =>
    expect(() => checkKeptCheckpoint(value)).toThrow(expect.objectContaining({ code: "DATA_FORMAT" })),
  );
});

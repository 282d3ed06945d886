/** Several runs at a time, each in a process of its own: their records, their failures, and that none outlives us. */
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type ChildEnd, createChildPool } from "../../../cli/process/childRun.ts";
import type { EpochMessage } from "../../../cli/process/parentLink.ts";
import { script, temporaryFolder } from "../anygrad.ts";

const folder = temporaryFolder();
const quick = ["mlp-64", "--limit", "100", "--threads", "1"];

function pool(jobs: number, controller = new AbortController()) {
  return { controller, ...createChildPool({ jobs, signal: controller.signal, script }) };
}

describe("a pool of child runs", () => {
  it("gives each run's record and its epochs, so many at a time and in order", async () => {
    const { run } = pool(2);
    const happened: string[] = [];
    const epochs: EpochMessage[] = [];
    const ends = await Promise.all(
      [1, 2, 3].map((seed) =>
        run([...quick, "--epochs", "2", "--seed", String(seed)], {
          onStart: () => happened.push(`start ${seed}`),
          onEpoch(message) {
            if (message.epoch === 2) happened.push("end");
            if (seed === 3) epochs.push(message);
          },
        }),
      ),
    );
    expect(ends.map((end) => end.kind === "done" && end.record.seed)).toEqual([1, 2, 3]);
    expect(new Set(ends.map((end) => end.kind === "done" && end.record.digest)).size).toBe(3);
    expect(happened.slice(0, 2)).toEqual(["start 1", "start 2"]);
    expect(happened.indexOf("start 3")).toBeGreaterThan(happened.indexOf("end"));
    expect(epochs.map(({ epoch, epochs }) => [epoch, epochs])).toEqual([
      [1, 2],
      [2, 2],
    ]);
    const last = ends[2]!;
    expect(epochs.map(({ logs }) => logs.val_accuracy)).toEqual(
      last.kind === "done" && last.record.history.val_accuracy,
    );
  });

  it("says why a run failed, and goes on with the next", async () => {
    const { run } = pool(1);
    const ends = await Promise.all([
      run([...quick, "--learning-rate", "1e30", "--epochs", "1"]),
      run(["mlp-64", "--dataset", "nosuch"]),
      run([...quick, "--epochs", "1"]),
    ]);
    expect(ends.map(({ kind }) => kind)).toEqual(["failed", "failed", "done"]);
    expect(ends[0]).toMatchObject({ reason: expect.stringMatching(/^fit: the loss became .*; try a lower/) });
    expect(ends[1]).toMatchObject({ reason: expect.stringMatching(/^--dataset "nosuch" is unknown/) });
  });

  it("stops a run that has only just been started", async () => {
    const { controller, run } = pool(1);
    const end = await run([...quick, "--epochs", "100000"], {
      onStart: () => setImmediate(() => controller.abort()),
    });
    expect(end).toEqual({ kind: "stopped" });
  }, 25_000); // below the grace after which it would be killed

  it("says how a process ended that said nothing itself", async () => {
    const controller = new AbortController();
    const dying = join(import.meta.dirname, "dying.mjs");
    const { run } = createChildPool({ jobs: 2, signal: controller.signal, script: dying });
    expect(await Promise.all([run(["SIGKILL"]), run(["SIGTERM"]), run(["3"])])).toEqual<ChildEnd[]>([
      { kind: "died", reason: "the process was killed, as systems do that run out of memory" },
      { kind: "died", reason: "the process was ended by SIGTERM" },
      { kind: "died", reason: "the process ended with exit code 3" },
    ]);
  });

  it("stops what runs, which keeps its checkpoint, and what waits", async () => {
    const { run, controller } = pool(1);
    const out = join(folder, "stopped");
    const long = [...quick, "--epochs", "100000"];
    const ends = Promise.all([
      run([...long, "--out", out], { onEpoch: ({ epoch }) => epoch === 2 && controller.abort() }),
      run(long),
    ]);
    expect(await ends).toEqual([{ kind: "stopped" }, { kind: "stopped" }]);
    expect(readdirSync(out).join()).toMatch(/checkpoint-/);
  });

  it("leaves no run behind when this process is killed", async () => {
    const out = join(folder, "orphan");
    const parent = spawn(process.execPath, [join(import.meta.dirname, "parent.mjs"), script, out], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const child = await new Promise<number>((resolve) =>
      parent.stdout.once("data", (text) => resolve(Number(text))),
    );
    expect(alive(child)).toBe(true);
    parent.kill("SIGKILL");
    await expect.poll(() => alive(child), { timeout: 20_000 }).toBe(false);
    expect(readdirSync(out).join()).toMatch(/checkpoint-/);
  });
});

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

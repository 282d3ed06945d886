/**
 * Nothing grows: two hundred fits leave wasm memory, the JavaScript heap, threads, open files and whatever keeps a
 * process alive as they were, and so do engines that are made and disposed of.
 */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { garbage } from "./garbage.ts";

/** What growth.mjs counts. */
interface Held {
  /** Bytes of JavaScript objects, and of array buffers and wasm memory outside them. */
  readonly objects: number;
  readonly buffers: number;
  /** Names of what keeps the event loop alive, sorted. */
  readonly resources: string;
  readonly threads: number;
  readonly files: number;
  /** What the engine says of itself, and the bytes of wasm memory in use. */
  readonly engine?: { readonly threads: number };
}

/** Bytes that a round may leave behind. */
const slack = 16 * 1024;

/** Runs growth.mjs: in a process of its own, as the test runner has timers, pipes and threads that come and go. */
function growth(round: "fit" | "engine", threads: number): Promise<{ first: Held; after: Held[] }> {
  const program = join(import.meta.dirname, "growth.mjs");
  const args = ["--expose-gc", "--no-opt", "--no-sparkplug", program, round, String(threads), String(slack)];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, (error, stdout) =>
      error ? reject(error) : resolve(JSON.parse(stdout)),
    );
  });
}

/**
 * The rounds leave no more behind than there was. Bytes are counted from the end of the first round, which warms up,
 * and of the others the least growth counts: a table that doubles takes a quarter of a MiB now and then, and buffers
 * wait for their collection, but what leaks does so in all rounds.
 */
function expectNoGrowth({ first, after }: { first: Held; after: readonly Held[] }): void {
  for (const now of after) {
    const { resources, engine } = first;
    expect(now).toMatchObject({ resources, ...(engine && { engine }) });
    expect(now.threads).toBeLessThanOrEqual(first.threads);
    expect(now.files).toBeLessThanOrEqual(first.files);
  }
  expect(after.length).toBeGreaterThan(1);
  for (const kind of ["objects", "buffers"] as const) {
    const grown = after.slice(1).map((now, i) => now[kind] - after[i]![kind]);
    expect(Math.min(...grown), `bytes of ${kind}`).toBeLessThan(slack);
  }
}

describe.each([1, 2, 3])("on %i threads", (threads) => {
  it("two hundred fits leave everything as it was", async () => {
    const found = await growth("fit", threads);
    expectNoGrowth(found);
    expect(found.first.engine).toMatchObject({ threads });
    if (found.first.threads > 0) expect(found.first.threads).toBeGreaterThan(threads - 1);
  });

  it("engines that are made, used and disposed of leave nothing", async () => {
    expectNoGrowth(await growth("engine", threads));
  });
});

// 64 views of rows are 7 KiB of it: copied without them, a batch takes three times as long
it.each([1, 2])("a training step makes less than 24 KiB of garbage on %i threads", async (threads) => {
  const most = 24 * 1024;
  const bytes = await garbage(threads, most);
  expect(bytes).toBeGreaterThan(0);
  expect(bytes).toBeLessThan(most);
});

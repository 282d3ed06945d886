/** What training does to a process: one that has trained ends by itself, and a step makes little garbage. */
import { execFile } from "node:child_process";
import { describe, expect, it } from "vitest";

describe("a process", () => {
  const dist = new URL("../../../dist/index.js", import.meta.url);

  /** Runs a program; `left` says what it found alive at its end. */
  const run = (threads: number, ending: string): Promise<{ code: number; out: string }> =>
    new Promise((resolve) => {
      const program = `
        const { createEngine, sequential, layers } = await import(${JSON.stringify(dist.href)});
        const engine = await createEngine({ threads: ${threads} });
        const net = sequential([layers.dense({ units: 512 }), layers.dense({ units: 2 })], { inputShape: [512] });
        await net.compile({ optimizer: "sgd", loss: "meanSquaredError", engine });
        const x = new Float32Array(64 * 512).fill(0.01), y = new Float32Array(128);
        const { loss } = await net.fit({ x, shape: [64, 512], y }, { epochs: 200, batchSize: 64 });
        console.log(loss.length, engine.info.threads);
        ${ending}`;
      const options = { timeout: 50_000 }; // for a process that hangs: it is killed, and has no exit code
      execFile(
        process.execPath,
        ["--input-type=module", "--eval", program],
        options,
        (error, stdout, stderr) => {
          const code = error ? ((error.code as number | undefined) ?? -1) : 0;
          // a machine with fewer cores says so
          resolve({ code, out: stdout + stderr.replace(/^anygrad note: \d threads take turns .*\n/m, "") });
        },
      );
    });

  it.each([
    [1, ""],
    [2, ""],
    [3, ""],
    [3, "engine.dispose();"],
  ])("that has trained on %i threads ends by itself %s", async (threads, ending) => {
    const { code, out } = await run(threads, ending);
    expect(out).toBe(`200 ${threads}\n`);
    expect(code).toBe(0);
  });
});

/** Bytes of JavaScript objects a training step of mlp-128-64 makes, in a process that collects no garbage meanwhile. */
function garbage(threads: number): Promise<number> {
  const dist = new URL("../../../dist/index.js", import.meta.url);
  const program = `
    const { createEngine, sequential, layers, dataset } = await import(${JSON.stringify(dist.href)});
    const engine = await createEngine({ threads: ${threads} });
    const dense = (units, activation) => layers.dense({ units, activation });
    const net = sequential(
      [dense(128, "relu"), layers.dropout({ rate: 0.5 }), dense(64, "relu"), dense(10, "softmax")],
      { inputShape: [784], seed: 1 },
    );
    const loss = "sparseCategoricalCrossentropy";
    await net.compile({ optimizer: "adam", loss, metrics: ["accuracy"], engine });
    const x = Float32Array.from({ length: 640 * 784 }, (_, i) => (i % 97) / 97);
    const data = dataset({ x, shape: [640, 784], y: Uint8Array.from({ length: 640 }, (_, i) => i % 10) });
    await net.fit(data, { epochs: 80, batchSize: 64 }); // until the engine has compiled what a step calls, also on a busy machine
    gc();
    const before = process.memoryUsage().heapUsed;
    await net.fit(data, { epochs: 60, batchSize: 64 });
    console.log((process.memoryUsage().heapUsed - before) / 600);
    engine.dispose();`;
  const flags = [
    "--expose-gc",
    "--min-semi-space-size=128",
    "--max-semi-space-size=128",
    "--input-type=module",
  ];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [...flags, "--eval", program], (error, stdout) =>
      error ? reject(error) : resolve(Number(stdout)),
    );
  });
}

describe("a training step", () => {
  // 64 views of rows are 7 KiB of it: copied without them, a batch takes three times as long
  it.each([1, 2])("makes less than 24 KiB of garbage on %i threads", async (threads) => {
    const bytes = await garbage(threads);
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(24 * 1024);
  });
});

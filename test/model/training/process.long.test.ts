/** What training does to a process: one that has trained ends by itself. */
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

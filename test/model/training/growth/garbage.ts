/** How much garbage training makes. */
import { execFile } from "node:child_process";

/**
 * @param enough bytes: what is below needs no further round
 * @returns bytes of JavaScript objects a training step of mlp-128-64 makes, in a process that collects no garbage meanwhile
 */
export function garbage(threads: number, enough: number): Promise<number> {
  const dist = new URL("../../../../dist/index.js", import.meta.url);
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
    // the least of several rounds: the first make more, until the engine has compiled what a step calls, on a busy machine late
    let least = Infinity;
    for (let round = 0; round < 5 && least >= ${enough}; round++) {
      await net.fit(data, { epochs: 40, batchSize: 64 });
      gc();
      const before = process.memoryUsage().heapUsed;
      await net.fit(data, { epochs: 40, batchSize: 64 });
      least = Math.min(least, (process.memoryUsage().heapUsed - before) / 400);
    }
    console.log(least);
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

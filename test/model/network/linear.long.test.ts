/** Making, compiling, saving and loading a network takes time in proportion to its layers: descriptions come from strangers, too. */
import { expect, it } from "vitest";
import { createEngine } from "../../../src/autograd/engine.ts";
import { layers } from "../../../src/layers/index.ts";
import { load, sequential } from "../../../src/model/index.ts";

const engine = await createEngine();

/** Seconds of processor time that a chain of so many layers takes, the least of three. */
async function seconds(count: number): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 3; round++) {
    const start = process.cpuUsage();
    const chain = Array.from({ length: count }, () => layers.dense({ units: 2, activation: "relu" }));
    const net = sequential(chain, { inputShape: [2], seed: 1 });
    await net.compile({ optimizer: "adam", loss: "meanSquaredError", engine });
    net.memory();
    (await load(await net.save(), { engine })).dispose();
    net.dispose();
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1e6);
  }
  return Math.min(...times);
}

it("8 times the layers take 8 times the time, and not 64 times", async () => {
  await seconds(500); // compiled by the engine
  const [few, many] = [await seconds(500), await seconds(4000)];
  expect(many / few).toBeLessThan(24);
});

/** What `memory()` says that training takes, beside what it takes. */
import { createEngine } from "../../../src/autograd/engine.ts";
import type { Dataset } from "../../../src/data/dataset.ts";
import type { CompileOptions, Model } from "../../../src/model/index.ts";
import { drawInputs, drawTargets } from "../../conformance/networks/case.ts";
import { drawProgram } from "../../conformance/networks/draw.ts";
import { Draws } from "../../conformance/networks/draws.ts";
import { build, make, type Program } from "../../conformance/networks/program.ts";
import { type LossLine, lossLines } from "../../conformance/networks/training.ts";

/** What was said over what was taken at the most, in so many steps: the first is recorded, the second made again, the third begins an epoch. */
export async function estimateOverPeak(
  net: Model,
  compile: CompileOptions,
  data: Dataset,
  { batchSize, threads = 1, steps = 3 }: { batchSize: number; threads?: number; steps?: number },
): Promise<number> {
  const engine = await createEngine({ threads });
  await net.compile({ ...compile, engine });
  const { total } = net.memory({ batchSize });
  let made = 0;
  for await (const _ of net.train(data, { batchSize, epochs: 3 })) if (++made === steps) break;
  const { peakBytes } = engine.info;
  engine.dispose();
  return total / peakBytes;
}

/** The network of this number, of one input and one output, and n examples for it. */
export function drawnNetwork(
  index: number,
  n: number,
): { net: Model; compile: CompileOptions; data: Dataset; program: Program } {
  for (let seed = 17; ; seed++) {
    const draws = new Draws(seed, index);
    const program = drawProgram(draws, index);
    const { second, ends, encoder, loss, optimizer, inputShape } = program;
    if (second || ends || encoder) continue;
    const net = build(program);
    const { targets } = lossLines[loss.type] as LossLine;
    // pictures are bytes, as memory() takes them for as long as it has seen none
    const numbers = drawInputs(draws, program, n);
    const x = inputShape.length === 3 ? Uint8Array.from(numbers, (value) => 64 * (value + 2)) : numbers;
    const y = drawTargets(draws, targets, [n, ...net.outputShape]).data;
    const data = { x, shape: [n, ...inputShape], y: targets === "labels" ? Int32Array.from(y) : y };
    return { net, compile: { loss: make(loss), optimizer: make(optimizer) }, data, program };
  }
}

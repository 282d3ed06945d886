/** What a network gives for many examples, a batch at a time, while the event loop goes on. */
import type { Dataset, Normalization } from "../../data/dataset.ts";
import { yieldWhenDue } from "../../runtime/yielding.ts";
import { sizeOf } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { forward } from "../network/forward.ts";
import { type Graph, shapeAt } from "../network/graph.ts";
import { fillRows, inputBatch, range } from "../training/batches.ts";
import type { Compiled } from "../training/context.ts";
import { inference } from "../training/evaluate.ts";
import { passFor } from "./captured.ts";
import { thrifty } from "./reuse.ts";

/** Rows of numbers, and how many go at a time. */
export interface Rows {
  readonly x: Dataset["x"];
  readonly n: number;
  readonly normalization: Normalization | undefined;
  readonly batchSize: number;
  /** Is called before each batch; what it throws ends the work. */
  readonly onBatch?: () => void;
}

/**
 * The numbers of each output for all rows, with the statistics that the layers keep.
 * @param within makes of a batch's numbers those that are wanted
 */
export async function outputsFor(
  { engine, parameters }: Pick<Compiled, "engine" | "parameters">,
  graph: Graph,
  { x, n, normalization, batchSize, onBatch }: Rows,
  within: (numbers: Float32Array) => Float32Array = (numbers) => numbers,
): Promise<Float32Array[]> {
  const sizes = graph.outputs.map(({ node }) => sizeOf(shapeAt(graph, node)));
  const results = sizes.map((size) => new Float32Array(n * size));
  const run = thrifty(graph, Math.min(n, batchSize));
  const compiled = { engine, parameters };
  let yielded = performance.now();
  for (let from = 0; from < n; from += batchSize) {
    onBatch?.();
    const rows = range(from, Math.min(n, from + batchSize));
    const keep = (outputs: readonly Tensor[]): void =>
      outputs.forEach(({ view }, k) => {
        results[k]!.set(within(view as Float32Array), from * sizes[k]!);
      });
    engine.step(() => {
      if (run)
        run(engine.allocator, (network) =>
          keep(
            forward(network, parameters, inputBatch(engine, network, x, rows, normalization), inference()),
          ),
        );
      else
        keep(
          passFor(compiled, graph, { x, normalization }, rows.length).run((stored) =>
            fillRows(stored, x, rows),
          ),
        );
    });
    yielded = await yieldWhenDue(yielded);
  }
  return results;
}

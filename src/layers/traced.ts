/** What a layer of the user's own gives, found by running it without numbers; and whether that is what it said. */
import { shapeEngine } from "../autograd/shapeEngine.ts";
import { AnygradError, quote } from "../errors.ts";
import { formatShape, type Shape, sameShape, sizeOf } from "../tensor/shape.ts";
import { type Tensor, Variable } from "../tensor/tensor.ts";
import type { Call, WeightSpec } from "./layer.ts";

/** Examples of the batch that is run: not one, with which a layer that mixes them up would pass. */
const examples = 2;

/**
 * The shape of an example's output.
 * @throws AnygradError SHAPE_MISMATCH for what is no tensor of the batch, and what `run` throws
 */
export function traced(
  name: string,
  inputs: readonly Shape[],
  weights: readonly WeightSpec[],
  run: (tensors: readonly Tensor[], call: Call<unknown>) => Tensor,
): Shape {
  const { engine } = shapeEngine();
  return engine.step(() => {
    const { allocator } = engine;
    const tensors = inputs.map((shape) => allocator.allocate([examples, ...shape]));
    // as a model holds them: `run` may assign to those that no gradient changes
    const make = (shape: Shape): Variable =>
      new Variable(allocator, allocator.storage(4 * sizeOf(shape)), 0, shape, "float32");
    const own = Object.fromEntries(weights.map(({ name: weight, shape }) => [weight, make(shape)]));
    const y = run(tensors, {
      config: {},
      weights: own,
      training: true,
      draw: { seed: 0, stream: 0, step: 0 },
      logits: false,
      activation: "linear",
      place: { nodes: [], outputs: [], given: tensors, i: 0 },
    });
    checkBatch(name, y, examples);
    return y.shape.slice(1);
  });
}

/** @throws AnygradError SHAPE_MISMATCH */
function checkBatch(name: string, y: Tensor, n: number): void {
  const isTensor = y?.allocator !== undefined; // also one of another copy of the package
  if (isTensor && y.dtype === "float32" && y.shape[0] === n) return;
  const got = isTensor ? `${y.dtype} ${formatShape(y.shape)}` : quote(y);
  const advice = typeof (y as unknown as Promise<unknown>)?.then === "function" ? ", not asynchronously" : "";
  throw new AnygradError(
    "SHAPE_MISMATCH",
    `${name}: call gave ${got} for a batch of ${n}; give a float32 tensor [${n}, …] that ops have made${advice}`,
  );
}

/** The output of a batch. @throws AnygradError SHAPE_MISMATCH where it is not what outputShape says */
export function checkOutput(name: string, y: Tensor, n: number, shape: Shape): Tensor {
  checkBatch(name, y, n);
  if (sameShape(y.shape.slice(1), shape)) return y;
  throw new AnygradError(
    "SHAPE_MISMATCH",
    `${name}: call gave ${formatShape(y.shape)} but outputShape says ${formatShape([n, ...shape])}; correct one of them, or leave outputShape out`,
  );
}

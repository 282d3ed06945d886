/**
 * What recurrent layers drop in training: of the inputs and of the states, the same in all steps. With `recurrentDropout` each gate
 * has draws of its own, of the inputs too; without it all gates share those of the inputs. Both as in Keras.
 */
import { filled } from "../autograd/constant.ts";
import * as ops from "../ops/index.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Call } from "./layer.ts";

/** Streams of random numbers within a layer lie so far apart. */
export const furtherStream: number = 2 ** 22;

/** What a layer works on in place of its inputs and its kernel. */
interface Dropped {
  readonly inputs: Tensor;
  readonly weights: Readonly<Record<string, Tensor>>;
  /** Factors on the states, [gates, n, units]. */
  readonly recurrentDropout: Tensor | undefined;
}

/** @param x [n, steps, features] */
export function dropped(
  x: Tensor,
  { units, dropout, recurrentDropout }: { units: number; dropout: number; recurrentDropout: number },
  gates: number,
  call: Call<unknown>,
): Dropped {
  const { weights } = call;
  const [n = 0, , features = 0] = x.shape;
  const ofStates = factors(x, [gates, n, units], recurrentDropout, call, furtherStream);
  const isEach = ofStates !== undefined && gates > 1;
  const ofInputs = factors(x, [isEach ? gates : 1, n, 1, features], dropout, call, 0);
  if (!ofInputs) return { inputs: x, weights, recurrentDropout: ofStates };
  const [inputs, kernel] = inputsOfGates(x, weights.kernel!, ofInputs);
  return { inputs, weights: { ...weights, kernel }, recurrentDropout: ofStates };
}

/**
 * Inputs of which each gate sees what its factors leave: side by side, with a kernel in which a gate's columns are zero but for the rows
 * of its own.
 * @param factors [gates, n, 1, features]; of one all gates see the same, and the kernel stays as it is
 */
export function inputsOfGates(x: Tensor, kernel: Tensor, factors: Tensor): [inputs: Tensor, kernel: Tensor] {
  const [gates = 1, n = 0, , features = 0] = factors.shape;
  if (gates === 1) return [ops.multiply(x, ops.reshape(factors, [n, 1, features])), kernel];
  const seen = Array.from({ length: gates }, (_, gate) => {
    const own = ops.slice(factors, { begin: [gate], end: [gate + 1] });
    return ops.multiply(x, ops.reshape(own, [n, 1, features]));
  });
  const columns = kernel.shape[1]! / gates;
  const rows = seen.map((_, gate) => {
    const before = gate * columns;
    const own = ops.slice(kernel, { begin: [0, before], end: [null, before + columns] });
    return ops.pad(own, [
      [0, 0],
      [before, (gates - 1) * columns - before],
    ]);
  });
  return [ops.concatenate(seen, { axis: -1 }), ops.concatenate(rows, { axis: 0 })];
}

/** Random factors for a share that is dropped; undefined outside of training. */
function factors(
  { allocator }: Tensor,
  shape: Shape,
  rate: number,
  { training, draw }: Call<unknown>,
  further: number,
): Tensor | undefined {
  if (!training || rate === 0) return undefined;
  const stream = (draw.stream ?? 0) + further;
  return ops.dropout(filled(allocator, shape, 1), { ...draw, stream, rate });
}

/** Normal numbers. Apart from the other draws: first weights need them, training does not. */
import { random_normal_f32 } from "../kernels/families/distributions.generated.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Tensor, TensorAllocator } from "../tensor/tensor.ts";
import { type Draw, words } from "./random.ts";

/** Φ(−2) and Φ(2), the probabilities between which a normal number truncated at two deviations is drawn. */
const truncation = [0.022750131948179209, 0.97724986805182079] as const;

/**
 * Normal numbers, of mean 0 and deviation 1 by default. Truncated ones are of the same distribution within two deviations of
 * the mean, so that their own deviation is smaller, by the factor 0.88.
 * @throws AnygradError INVALID_ARGUMENT for a bad draw
 */
export function randomNormal(
  allocator: TensorAllocator,
  shape: Shape,
  draw: Draw,
  {
    mean = 0,
    stddev = 1,
    truncated = false,
  }: {
    /** Mean of the distribution. Default 0. */
    mean?: number;
    /** Standard deviation of the distribution, before it is truncated. Default 1. */
    stddev?: number;
    /** Whether numbers stay within two deviations of the mean. Default false. */
    truncated?: boolean;
  } = {},
): Tensor {
  const y = allocator.allocate(shape);
  const [fromProbability, toProbability] = truncated ? truncation : [0, 1];
  allocator.kernels.run(random_normal_f32, {
    out: y.pointer,
    n: y.size,
    mean,
    deviation: stddev,
    fromProbability,
    toProbability,
    ...words(draw),
  });
  return y;
}

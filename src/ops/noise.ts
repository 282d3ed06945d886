/** Normal noise that training adds or multiplies by; it follows from seed, stream and step alone, as that of dropout. */

import { normal_noise_f32 } from "../kernels/families/noise.generated.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type StepDraw, setStep, stepCounter, words } from "./random.ts";

/** Which numbers they are. */
interface Noise extends StepDraw {
  readonly mean: number;
  readonly deviation: number;
}

/** Normal numbers in the shape of x, a constant for the tape. */
export function normalNoise(x: Tensor, { mean, deviation, step = 0, ...draw }: Noise): Tensor {
  const { allocator } = x;
  let counter = step;
  if (typeof counter === "number") {
    counter = stepCounter(allocator);
    setStep(counter, step as number);
  }
  const out = allocator.allocate(x.shape);
  const { seedLo, seedHi, stream } = words(draw);
  allocator.kernels.run(normal_noise_f32, {
    out: out.pointer,
    n: out.size,
    mean,
    deviation,
    seedLo,
    seedHi,
    stream,
    step: counter.pointer,
  });
  return out;
}

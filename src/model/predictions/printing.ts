/** Predictions that print themselves. */
import type { Prediction, Predictions } from "./predict.ts";

/** Outputs that came by a message, each with its `print`. */
export function printable<Given extends Predictions>(outputs: Given): Given {
  if (ArrayBuffer.isView((outputs as Prediction).data)) withPrint(outputs as Prediction);
  else for (const output of Object.values(outputs)) withPrint(output as Prediction);
  return outputs;
}

/** Printed as TensorFlow.js prints, nested; not enumerable, so that what is compared or sent is shape and data. */
export function withPrint(prediction: Prediction): Prediction {
  const nested = ([size, ...rest]: readonly number[], data: Float32Array): unknown =>
    size === undefined
      ? data[0]
      : Array.from({ length: size }, (_, i) =>
          nested(rest, data.subarray((i * data.length) / size, ((i + 1) * data.length) / size)),
        );
  const print = (): void => console.log(nested(prediction.shape, prediction.data));
  return Object.defineProperty(prediction, "print", { value: print });
}

/** Predictions that print themselves. */

/** What can be printed: a prediction, or what a message has brought of one. */
interface Printed {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Outputs that came by a message, each with its `print`. */
export function printable<Outputs extends object>(outputs: Outputs): Outputs {
  if (ArrayBuffer.isView((outputs as Partial<Printed>).data)) withPrint(outputs as never as Printed);
  else for (const output of Object.values(outputs)) withPrint(output as Printed);
  return outputs;
}

/** Printed as TensorFlow.js prints, nested; not enumerable, so that what is compared or sent is shape and data. */
export function withPrint<One extends Printed>(prediction: One): One {
  const nested = ([size, ...rest]: readonly number[], data: Float32Array): unknown =>
    size === undefined
      ? data[0]
      : Array.from({ length: size }, (_, i) =>
          nested(rest, data.subarray((i * data.length) / size, ((i + 1) * data.length) / size)),
        );
  const print = (): void => console.log(nested(prediction.shape, prediction.data));
  return Object.defineProperty(prediction, "print", { value: print });
}

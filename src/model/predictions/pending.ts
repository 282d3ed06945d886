/**
 * A prediction before it is there. TensorFlow.js's `predict` gives numbers at once; a program that was moved over prints all the
 * same, or is told what it has forgotten.
 */
import { AnygradError } from "../../errors.ts";
import type { Prediction, Predictions } from "./predict.ts";

/** A promise of a prediction, which can be told to print it. */
export interface PendingPrediction<Outputs extends Predictions = Prediction> extends Promise<Outputs> {
  /** Prints the outputs as nested lists, when they are there. */
  print(): Promise<void>;
}

/** What programs ask of a prediction that has come, and of a tensor of TensorFlow.js. */
const notYet = ["data", "shape", "dataSync", "arraySync", "array"];

/** What such promises inherit: a subclass would cost each prediction a microsecond. Made when it is first needed. */
let prototype: object | undefined;

/** The promise with a `print`, and with an error where it is taken for what it promises. */
export function pending<Outputs extends Predictions>(
  prediction: Promise<Outputs>,
): PendingPrediction<Outputs> {
  prototype ??= Object.create(Promise.prototype, {
    print: {
      async value(this: Promise<Predictions>) {
        const outputs = await this;
        if (isPrediction(outputs)) outputs.print?.();
        else for (const output of Object.values(outputs)) output.print?.();
      },
    },
    ...Object.fromEntries(notYet.map((name) => [name, { get: () => tooEarly(name) }])),
  }) as object;
  return Object.setPrototypeOf(prediction, prototype) as PendingPrediction<Outputs>;
}

const isPrediction = (outputs: Predictions): outputs is Prediction =>
  ArrayBuffer.isView((outputs as Prediction).data);

function tooEarly(name: string): never {
  throw new AnygradError(
    "NOT_READY",
    `predict: ${name} was asked for before the prediction is there; await it: const { data, shape } = await net.predict(x)`,
  );
}

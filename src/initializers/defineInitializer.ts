/** Initializers of users' own. */
import {
  type ConfigOf,
  type DefinitionOf,
  define,
  type NoTable,
  type OptionTable,
  type OwnDefinition,
  strictDefinition,
} from "../definitions/definition.ts";
import { AnygradError, quote } from "../errors.ts";
import { Random } from "../math/philox.ts";
import type { Draw } from "../ops/random.ts";
import { formatShape, type Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { initializerNames } from "./index.ts";
import type { Initializer } from "./initializer.ts";

/** What `call` of a definition gets besides the shape. */
export interface InitializerCall<Config> {
  /** The options, with their defaults. */
  readonly options: Config;
  /** The next random number from 0 to below 1: the same ones for a seed of the model, other ones for each weight. */
  readonly uniform: () => number;
  /** The next random number of the standard normal distribution. */
  readonly normal: () => number;
}

/** Numbers of a weight: one for all, or as many as there are, nested or not, row-major. */
export type FirstValues = number | ArrayLike<number> | readonly FirstValues[];

/**
 * An initializer of your own: `call` gives the first values of a weight of this shape.
 * @throws AnygradError INVALID_ARGUMENT for a name that anygrad's own have, and for what is no definition
 * @example
 * ```js
 * import { defineInitializer, layers } from "anygrad";
 *
 * const rising = defineInitializer({
 *   name: "rising",
 *   options: { step: 0.1 },
 *   call: ([rows, columns], { options: { step }, normal }) =>
 *     Array.from({ length: rows * columns }, (_, i) => step * i + 0.01 * normal()),
 * });
 * const kernelInitializer = rising({ step: 0.2 });
 * console.log(layers.dense({ units: 3, kernelInitializer }).config.kernelInitializer.type); // rising
 * ```
 */
export function defineInitializer<Table extends OptionTable = NoTable>(
  given: OwnDefinition<Table, (shape: Shape, call: InitializerCall<ConfigOf<Table>>) => FirstValues>,
): DefinitionOf<Table, object, Initializer> {
  const { name, options, call } = strictDefinition("initializer", given, "(shape, { options }) => numbers");
  return define({ kind: "initializer", taken: Object.keys(initializerNames) }, { name, options }, (own) => ({
    ...own,
    custom: "initializer",
    fill(target: Tensor, { seed, stream = 0, step = 0 }: Draw) {
      const random = new Random(seed, stream, step);
      const values = call([...target.shape], {
        options: own.config as ConfigOf<Table>,
        uniform: () => random.uniform(),
        normal: () => random.normal(),
      });
      target.write(numbersOf(name, values, target));
    },
  })) as DefinitionOf<Table, object, Initializer>;
}

/** @throws AnygradError SHAPE_MISMATCH for another number of them, NOT_FINITE */
function numbersOf(name: string, values: FirstValues, { shape, size }: Tensor): readonly number[] {
  const numbers =
    typeof values === "number"
      ? new Array<number>(size).fill(values)
      : Array.isArray(values)
        ? (values.flat(Number.POSITIVE_INFINITY) as number[])
        : Array.from(ArrayBuffer.isView(values) ? (values as unknown as ArrayLike<number>) : []);
  if (numbers.length !== size)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${name}: call gave ${Array.isArray(values) || ArrayBuffer.isView(values) ? `${numbers.length} numbers` : quote(values)} for a weight ${formatShape(shape)}; give one number for all, or ${size}`,
    );
  const wrong = numbers.find((value) => !Number.isFinite(value));
  if (wrong === undefined) return numbers;
  throw new AnygradError(
    "NOT_FINITE",
    `${name}: call gave ${quote(wrong)} for a weight; give finite numbers`,
  );
}

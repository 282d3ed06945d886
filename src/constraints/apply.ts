/** Constraints at work: imported by training where a weight has one. */
import { copy } from "../autograd/constant.ts";
import { isDefinition, isOwn } from "../definitions/definition.ts";
import { AnygradError } from "../errors.ts";
import * as ops from "../ops/index.ts";
import { kindNamed } from "../registry.ts";
import { formatShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { ConstraintLike, OwnConstraint } from "./index.ts";
import type * as kinds from "./kinds.ts";
import { maxNorm, minMaxNorm, nonNeg, unitNorm } from "./kinds.ts";

const byName: typeof kinds = { nonNeg, maxNorm, unitNorm, minMaxNorm };

/** What Keras adds to norms that it divides by. */
const epsilon = 1e-7;

/** A weight that has one. */
export interface ConstrainedWeight {
  /** Its name, for messages. */
  readonly name: string;
  /** The weight. */
  readonly value: Tensor;
  /** Its constraint. */
  readonly constraint: ConstraintLike;
}

/** What puts the constraints into effect, within a step. @throws AnygradError INVALID_ARGUMENT for what is no constraint of its weight */
export function constrainer(weights: readonly ConstrainedWeight[]): () => void {
  const all = weights.map(({ name, value, constraint }) => ({
    value,
    bound: boundOf(name, value, constraint),
  }));
  return () => {
    for (const { value, bound } of all) copy(value, bound(value));
  };
}

/** A weight to the next one within the bounds. */
function boundOf(name: string, weight: Tensor, like: ConstraintLike): (w: Tensor) => Tensor {
  const own = isDefinition(like) ? like() : like;
  if (isOwn(own, "constraint")) return (w) => (own as OwnConstraint).call(w);
  const { type, config } = Object(like) as { type?: string; config?: object };
  const make = kindNamed(`${name}: constraint`, config ? type : like, byName) as (options?: object) => {
    type: string;
    config: { axis?: number | readonly number[]; minValue?: number; maxValue?: number; rate?: number };
  };
  const made = make(config);
  if (made.type === "nonNeg") return (w) => ops.relu(w);
  const { axis = 0, minValue = 0, maxValue = 1, rate = 1 } = made.config;
  const axes = [axis].flat();
  if (axes.some((each) => each >= weight.shape.length))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${name}: constraint: there is no axis ${Math.max(...axes)} in ${formatShape(weight.shape)}; pass axes of the weight`,
    );
  return (w) => {
    const norms = ops.sqrt(ops.sum(ops.square(w), { axis: axes, keepdims: true }));
    const whole = ops.add(norms, epsilon);
    if (made.type === "unitNorm") return ops.divide(w, whole);
    const held = ops.minimum(ops.maximum(norms, minValue), maxValue);
    const wanted = rate === 1 ? held : ops.add(ops.multiply(held, rate), ops.multiply(norms, 1 - rate));
    return ops.multiply(w, ops.divide(wanted, whole));
  };
}

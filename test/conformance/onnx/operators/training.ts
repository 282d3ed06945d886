/** A step of ONNX's optimizers, as ops: R, T, then weights, gradients and states, of several arrays one kind after the other. */
import type { Tensor } from "../../../../src/tensor/tensor.ts";
import { ops } from "../called.ts";
import type { Call, Operator } from "../values.ts";

/** New weights and states of an array. */
type Step = (
  call: Call,
  rate: Tensor,
  count: number,
  w: Tensor,
  gradient: Tensor,
  states: readonly Tensor[],
) => Tensor[];

/** A step for each array. @param states how many states an array has */
function optimizer(states: number, step: Step): Operator {
  return (call) => {
    const [rate, count] = [call.tensor(0), call.numbers(1)![0]!];
    const kinds = 2 + states;
    const arrays = (call.count - 2) / kinds;
    const results = Array.from({ length: arrays }, (_, i) => {
      const [w, gradient, ...kept] = Array.from({ length: kinds }, (_, kind) =>
        call.tensor(2 + kind * arrays + i),
      );
      const regular = ops.add(gradient!, ops.multiply(w!, call.attribute("norm_coefficient", 0)));
      return step(call, rate, count, w!, regular, kept);
    });
    return Array.from({ length: 1 + states }, (_, kind) => results.map((result) => result[kind]!)).flat();
  };
}

/** a · share + b · (1 − share) */
const mixed = (a: Tensor, b: Tensor, share: number): Tensor =>
  ops.add(ops.multiply(a, share), ops.multiply(b, 1 - share));

export const adam: Operator = optimizer(2, (call, rate, count, w, gradient, [v, h]) => {
  const [alpha, beta] = [call.attribute("alpha", 0.9), call.attribute("beta", 0.999)];
  const mean = mixed(v!, gradient, alpha);
  const square = mixed(h!, ops.square(gradient), beta);
  const adjusted = count > 0 ? ops.multiply(rate, Math.sqrt(1 - beta ** count) / (1 - alpha ** count)) : rate;
  const step = ops.divide(
    ops.multiply(adjusted, mean),
    ops.add(ops.sqrt(square), call.attribute("epsilon", 1e-6)),
  );
  return [ops.multiply(ops.subtract(w, step), 1 - call.attribute("norm_coefficient_post", 0)), mean, square];
});

export const momentum: Operator = optimizer(1, (call, rate, count, w, gradient, [v]) => {
  const [alpha, beta] = [call.attribute("alpha", 0.9), count > 0 ? call.attribute("beta", 1) : 1];
  const speed = ops.add(ops.multiply(v!, alpha), ops.multiply(gradient, beta));
  const step =
    call.attribute("mode", "standard") === "nesterov" ? ops.add(gradient, ops.multiply(speed, alpha)) : speed;
  return [ops.subtract(w, ops.multiply(rate, step)), speed];
});

export const adagrad: Operator = optimizer(1, (call, rate, count, w, gradient, [h]) => {
  const slower = ops.divide(rate, 1 + count * call.attribute("decay_factor", 0));
  const square = ops.add(h!, ops.square(gradient));
  const step = ops.divide(
    ops.multiply(slower, gradient),
    ops.add(ops.sqrt(square), call.attribute("epsilon", 1e-6)),
  );
  return [ops.subtract(w, step), square];
});

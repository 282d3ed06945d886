/**
 * Gradients that can be differentiated: the ops of a tape are walked back by ops, of which an outer tape is told, and not by
 * their kernels. Slower than the tape's own walk, and imported only where an engine is to have it.
 */

import { copy, filled } from "../autograd/constant.ts";
import { Tape } from "../autograd/tape.ts";
import { AnygradError } from "../errors.ts";
import { add } from "../ops/arithmetic.ts";
import type { Backward, Recorded, RecordedOp, Recorder, Tensor } from "../tensor/tensor.ts";
import { derivatives } from "./derivatives.ts";

type Gradients = readonly (Tensor | undefined)[];

/** Writes the gradients of `loss`, within a function that is itself differentiated: its tape is told how they came about. */
export function differentiableBackward(
  outer: Recorder,
  recorded: Recorded,
  loss: Tensor,
  into: readonly Tensor[],
): void {
  const found = gradientsFrom(recorded, loss, filled(loss.allocator, loss.shape, 1));
  into.forEach((output, i) => {
    const tensor = found[i] ?? filled(loss.allocator, output.shape, 0);
    copy(output, tensor);
    const backward: Backward = ({ dy, pass }) => pass(0, dy);
    // by this name, for which gradients are known: it is the same array
    if (outer.tracks(tensor)) outer.record({ name: "reshape", output, inputs: [tensor], backward });
  });
}

/** The gradients of the variables, from that of `y`; undefined for a variable that it does not depend on. */
function gradientsFrom(recorded: Recorded, y: Tensor, dy: Tensor): Gradients {
  const gradients = new Map<Tensor, Tensor>([[y, dy]]);
  for (const op of [...recorded.ops].reverse()) {
    const reached = gradients.get(op.output);
    if (!reached) continue;
    gradientsOf(op, reached, recorded).forEach((gradient, i) => {
      const input = op.inputs[i];
      if (!gradient || !input) return;
      const other = gradients.get(input);
      gradients.set(input, other ? add(other, gradient) : gradient);
    });
  }
  return recorded.variables.map((variable) => gradients.get(variable));
}

/** The gradients of an op's inputs: by ops where an outer tape is told of them, else by its kernels. */
function gradientsOf(op: RecordedOp, dy: Tensor, recorded: Recorded): Gradients {
  const { name, inputs, output: y, attributes, saved } = op;
  const { recorder } = dy.allocator;
  const wanted = inputs.map((input) =>
    input?.dtype === "float32" && recorded.owns(input) ? input : undefined,
  );
  const isFollowed = recorder && [dy, ...inputs].some((tensor) => tensor && recorder.tracks(tensor));
  if (!isFollowed) return byKernels(op, dy, wanted);
  const derivative = Object.hasOwn(derivatives, name) ? derivatives[name]! : "none was written for it";
  if (typeof derivative === "string") {
    const backward = `${name}: it has no second derivative: ${derivative}`;
    const found = byKernels(op, dy, wanted);
    for (const output of found)
      if (output) recorder.record({ name, output, inputs: [dy, ...inputs], backward });
    return found;
  }
  const ran = { y, inputs: inputs as readonly Tensor[], attributes, saved };
  if ("composition" in derivative) return throughOps(() => derivative.composition(ran), wanted, dy);
  const each = derivative.gradients({ ...ran, dy, op });
  return wanted.map((input, i) => input && each[i]?.());
}

/** By the op's own backward pass. @throws AnygradError NO_GRADIENT where it has none */
function byKernels({ backward }: RecordedOp, dy: Tensor, wanted: Gradients): Gradients {
  if (typeof backward === "string") throw new AnygradError("NO_GRADIENT", backward);
  const found: (Tensor | undefined)[] = wanted.map(() => undefined);
  const gradient = (i: number): Tensor | undefined => {
    const input = wanted[i];
    if (input) found[i] = input.allocator.allocate(input.shape);
    return found[i];
  };
  const pass = (i: number, whole: Tensor): void => {
    const target = gradient(i);
    if (target) copy(target, whole);
  };
  backward({ dy, owned: false, gradient, overwrite: gradient, pass });
  return found;
}

/** By the ops that an op can be put together from. */
function throughOps(compose: () => Tensor, wanted: Gradients, dy: Tensor): Gradients {
  const { allocator } = dy;
  const outer = allocator.recorder;
  const variables = wanted.filter((input) => input !== undefined);
  const tape = new Tape(variables, outer);
  allocator.recorder = tape;
  let y: Tensor;
  try {
    y = compose();
  } finally {
    allocator.recorder = outer;
  }
  const found = gradientsFrom(tape, y, dy);
  return wanted.map((input) => input && found[variables.indexOf(input)]);
}

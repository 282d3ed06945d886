/**
 * Reverse-mode differentiation. Every op that runs is added to a list, the tape; `backward` walks the list from its end and
 * computes the gradient of each input from that of the output. Gradients of a tensor that several ops use are added up in the
 * order of the walk, which is the same in every run.
 */

import { AnygradError } from "../errors.ts";
import { add_scaled_f32, fill_f32 } from "../kernels/abi.generated.ts";
import type { GradientSink, OpInputs, Recorded, RecordedOp, Recorder, Tensor } from "../tensor/tensor.ts";
import { copy, filled } from "./constant.ts";

/** The gradient of a tensor so far. Where it is not owned, something else reads that memory, too: it must not be added to. */
interface Gradient {
  tensor: Tensor;
  owned: boolean;
}

/** The list of the ops that have run, for the gradients with respect to some variables. */
export class Tape implements Recorder, Recorded {
  readonly ops: RecordedOp[] = [];
  readonly variables: readonly Tensor[];
  readonly #tracked: Set<Tensor>;
  /** How many storages the step had made at first, and when each op was done. */
  readonly #made: number[];
  readonly #outer: Recorder | undefined;
  /** What a tape of another kind does before the backward pass of the op at a position. */
  protected before?(i: number): void;

  /** @param outer the tape within whose function this one runs: it is told of the ops, too, so that gradients can be differentiated */
  constructor(variables: readonly Tensor[], outer?: Recorder) {
    this.#made = [variables[0]?.allocator.made.length ?? 0];
    this.variables = variables;
    this.#outer = outer;
    this.#tracked = new Set(variables);
  }

  /** Whether this tensor is one of the variables or was computed from one. */
  owns(tensor: Tensor): boolean {
    return this.#tracked.has(tensor);
  }

  /** Whether this tape or an outer one owns it. */
  tracks(tensor: Tensor): boolean {
    return this.owns(tensor) || (this.#outer?.tracks(tensor) ?? false);
  }

  /** Whether an op on this tape, or on an outer one, has read or made the memory of this tensor. */
  holds(tensor: Tensor): boolean {
    // a piece of memory may hold many weights side by side
    return (
      this.ops.some(({ output, inputs }) =>
        [output, ...inputs].some((each) => each?.shares(tensor) && each.pointer === tensor.pointer),
      ) ||
      (this.#outer?.holds(tensor) ?? false)
    );
  }

  /** Adds an op that has run to the tapes that own an input, and so makes its output one that is computed from a variable. */
  record(op: RecordedOp): void {
    const { inputs, output } = op;
    if (inputs.some((x) => x && this.owns(x))) {
      this.#tracked.add(output);
      this.#made.push(output.allocator.made.length);
      this.ops.push(op);
    }
    const outer = this.#outer;
    if (outer && inputs.some((x) => x && outer.tracks(x))) outer.record(op);
  }

  /**
   * Computes the gradients of a scalar with respect to the variables and writes them to `targets`, one per variable, in the
   * same shapes. The gradient of a variable that the loss does not depend on is zeros.
   * @param keep what stays of all that was made since the tape began: each op's memory is freed once its gradient is done. Default: all stays
   * @throws AnygradError NO_GRADIENT where the loss depends on no variable, or an op on the way has no gradient
   */
  backward(loss: Tensor, targets: readonly Tensor[], keep?: readonly Tensor[]): void {
    if (!this.owns(loss))
      throw new AnygradError(
        "NO_GRADIENT",
        "valueAndGrad: the loss depends on none of the variables; compute it from them with ops",
      );
    const { allocator } = loss;
    const destination = new Map(this.variables.map((variable, i) => [variable, targets[i]!]));
    const gradients = new Map<Tensor, Gradient>();
    gradients.set(loss, { tensor: filled(allocator, loss.shape, 1), owned: true });
    for (let i = this.ops.length - 1; i >= 0; i--) {
      this.before?.(i);
      const entry = this.ops[i]!;
      const reached = gradients.get(entry.output);
      if (reached) {
        if (typeof entry.backward === "string") throw new AnygradError("NO_GRADIENT", entry.backward);
        const sink = new Sink(this, entry, reached, gradients, destination);
        entry.backward(sink);
        sink.finish(entry.name);
        if (!destination.has(entry.output)) gradients.delete(entry.output);
      }
      // the ops before this one have read nothing that was made since
      if (keep)
        allocator.keep(this.#made[i]!, [...keep, ...[...gradients.values()].map(({ tensor }) => tensor)]);
    }
    this.variables.forEach((variable, i) => {
      const target = targets[i]!;
      const found = gradients.get(variable)?.tensor;
      if (!found) allocator.kernels.run(fill_f32, { out: target.pointer, n: target.size, value: 0 });
      else if (found !== target) copy(target, found);
    });
  }
}

/** Collects the gradients of the inputs of one op. */
class Sink implements GradientSink {
  readonly dy: Tensor;
  readonly owned: boolean;
  readonly #tape: Tape;
  readonly #inputs: OpInputs;
  readonly #gradients: Map<Tensor, Gradient>;
  readonly #destination: Map<Tensor, Tensor>;
  /** Gradients of tensors that have one already; they are added when the op is done. */
  readonly #further: [Gradient, Tensor][] = [];
  readonly #served = new Set<number>();

  constructor(
    tape: Tape,
    { inputs, output }: RecordedOp,
    { tensor, owned }: Gradient,
    gradients: Map<Tensor, Gradient>,
    destination: Map<Tensor, Tensor>,
  ) {
    this.#tape = tape;
    this.#inputs = inputs;
    this.dy = tensor;
    this.owned = owned && !destination.has(output);
    this.#gradients = gradients;
    this.#destination = destination;
  }

  // arrow functions, so that an op may destructure the sink: ({ dy, gradient }) => …
  readonly gradient = (i: number): Tensor | undefined => {
    const input = this.#inputs[i]!;
    this.#served.add(i);
    if (!this.#tape.owns(input)) return undefined;
    const existing = this.#gradients.get(input);
    if (existing) {
      const tensor = input.allocator.allocate(input.shape);
      this.#further.push([existing, tensor]);
      return tensor;
    }
    const tensor = this.#destination.get(input) ?? input.allocator.allocate(input.shape);
    this.#gradients.set(input, { tensor, owned: true });
    return tensor;
  };

  readonly overwrite = (i: number): Tensor | undefined => {
    const input = this.#inputs[i]!;
    const free = this.owned && !this.#gradients.has(input) && !this.#destination.has(input);
    if (!free || !this.#tape.owns(input)) return this.gradient(i);
    this.#served.add(i);
    this.#gradients.set(input, { tensor: this.dy, owned: true });
    return this.dy;
  };

  readonly pass = (i: number, gradient: Tensor): void => {
    const input = this.#inputs[i]!;
    this.#served.add(i);
    if (!this.#tape.owns(input)) return;
    const existing = this.#gradients.get(input);
    if (existing) this.#further.push([existing, gradient]);
    else this.#gradients.set(input, { tensor: gradient, owned: false });
  };

  /** Adds up the gradients of tensors that have several. @throws AnygradError NO_GRADIENT for an input that got none */
  finish(name: string): void {
    this.#inputs.forEach((input, i) => {
      if (input?.dtype === "float32" && this.#tape.owns(input) && !this.#served.has(i))
        throw new AnygradError(
          "NO_GRADIENT",
          `${name}: it has no gradient with respect to its input ${i}; pass that through ops.stopGradient`,
        );
    });
    for (const [sum, more] of this.#further) {
      const { allocator, shape, size } = sum.tensor;
      if (!sum.owned) {
        const own = allocator.allocate(shape);
        copy(own, sum.tensor);
        sum.tensor = own;
        sum.owned = true;
      }
      allocator.kernels.run(add_scaled_f32, { sum: sum.tensor.pointer, x: more.pointer, n: size, scale: 1 });
    }
  }
}

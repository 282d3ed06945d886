/**
 * A batch in parts that run one after another through forward and backward, with the bits of the whole: each example draws what it would
 * have drawn, each sum over the examples is made as the kernels make it of all of them. Imported where a run asks for it.
 */
import { PartKernels } from "../../autograd/parts/partKernels.ts";
import { PartTape, type Shared } from "../../autograd/parts/partTape.ts";
import { copyFloats, lasting } from "../../autograd/parts/rowSum.ts";
import { Tape } from "../../autograd/tape.ts";
import { bytesPerElement } from "../../tensor/dtype.ts";
import { Tensor, type TensorAllocator } from "../../tensor/tensor.ts";
import { forward } from "../network/forward.ts";
import type { differentiate } from "../training/differentiate.ts";
import { objective, type Wanted } from "../training/objective.ts";
import { checkOutputs, checkParts } from "./partial.ts";

type Pass = typeof differentiate;
type Trained = Parameters<Pass>[1];

/** `differentiate` in parts of so many examples. @param blocks takes how many examples some op sums together */
export function inParts(size: number, blocks?: Set<number>): Pass {
  return (graph, trained, gradients, inputs, wanted, draw) => {
    const { engine, parameters, heads, fused } = trained;
    const { allocator } = engine;
    checkParts(graph, trained);
    const all = inputs[0]!.shape[0]!;
    const trainable = parameters.trainable.map(({ value }) => value);
    const into = new Map(trainable.map((weight, i) => [weight, gradients[i]!]));
    const penalized = parameters.trainable.filter(({ spec }) => spec.regularizer).map(({ value }) => value);
    const penalties = penalized.map((weight) => into.get(weight)!);
    for (const weight of penalized) into.delete(weight);
    const kernels = new PartKernels(allocator);
    const shared: Shared = { kernels, sums: new Map(), into, readers: new Map() };
    const whole = new Wholes(allocator, all);
    /** For each loss its numbers of all examples, and the gradients of the total by them. */
    let losses: readonly Tensor[] = [];
    let slopes: readonly Tensor[] = [];
    let outputs: readonly Tensor[] = [];
    const total = () => objective({ heads: given(heads, wanted, losses), parameters }, outputs, wanted);
    const run = (first: number): void => {
      const rows = Math.min(size, all - first);
      kernels.part = { first, rows, all };
      const part = (x: Tensor): Tensor => slice(x, first, rows);
      const tape = new PartTape(trainable, shared, kernels.part);
      const compute = (): Tensor => {
        const extra: Tensor[] = [];
        const options = { training: true, ...draw, logits: fused, penalties: extra };
        const own = forward(graph, parameters, inputs.map(part), options);
        checkOutputs(heads, own, extra);
        const found = wanted.flatMap(({ targets }) =>
          heads.map(({ loss, fused, output }, k) => loss.call(own[output]!, part(targets[k]!), fused)),
        );
        outputs = whole.take("output", own, first);
        losses = whole.take("loss", found, first);
        if (first === 0) {
          slopes = losses.map(({ shape }) => lasting(allocator, shape));
          const by = [...losses, ...penalized];
          const tape = new Tape(by); // of its own: the part's knows nothing of it
          engine.differentiate(() => total().total, by, [...slopes, ...penalties], undefined, tape);
        }
        const output = allocator.allocate([]);
        const isLast = first + rows === all;
        tape.end({
          name: "microBatch",
          output,
          inputs: isLast ? [...found, ...penalized] : found,
          backward(sink) {
            found.forEach((_, i) => {
              sink.pass(i, part(slopes[i]!));
            });
            if (!isLast) return;
            penalties.forEach((penalty, i) => {
              sink.pass(found.length + i, penalty);
            });
          },
        });
        return output;
      };
      engine.differentiate(compute, trainable, gradients, () => [], tape);
    };
    through(allocator, kernels, () => {
      for (let first = 0; first < all; first += size) run(first);
    });
    for (const sums of shared.sums.values()) for (const block of sums.blocks) blocks?.add(block);
    const found = total();
    return { loss: found.total, losses: found.losses, outputs, masks: heads.map(() => undefined) };
  };
}

/** Runs `work` with other kernels. */
function through(allocator: TensorAllocator, kernels: PartKernels, work: () => void): void {
  const own = Object.getOwnPropertyDescriptor(allocator, "kernels");
  Object.defineProperty(allocator, "kernels", { value: kernels, configurable: true });
  try {
    work();
  } finally {
    if (own) Object.defineProperty(allocator, "kernels", own);
    else Reflect.deleteProperty(allocator, "kernels");
  }
}

/** Some examples of a tensor that has them on its first axis. */
function slice(x: Tensor, first: number, rows: number): Tensor {
  const { allocator, storage, shape, dtype, size } = x;
  const [n = 1, ...each] = shape;
  const before = x.pointer - allocator.address(storage);
  const offset = before + first * (size / n) * bytesPerElement[dtype];
  return new Tensor(allocator, storage, offset, [rows, ...each], dtype);
}

/** The losses as what has been found for all examples. */
function given(
  heads: Trained["heads"],
  wanted: readonly Wanted[],
  losses: readonly Tensor[],
): Trained["heads"] {
  const found = new Map(wanted.flatMap(({ targets }) => [...targets]).map((each, i) => [each, losses[i]!]));
  return heads.map((head) => ({
    ...head,
    loss: { ...head.loss, call: (_: Tensor, targets: Tensor) => found.get(targets)! },
  }));
}

/** Tensors of all examples, of what parts have given. */
class Wholes {
  readonly #allocator: TensorAllocator;
  readonly #all: number;
  readonly #made = new Map<string, Tensor[]>();

  constructor(allocator: TensorAllocator, all: number) {
    this.#allocator = allocator;
    this.#all = all;
  }

  /** Puts a part in its place. @returns what there is so far */
  take(kind: string, parts: readonly Tensor[], first: number): Tensor[] {
    const made =
      this.#made.get(kind) ??
      parts.map(({ shape: [, ...each] }) => lasting(this.#allocator, [this.#all, ...each]));
    this.#made.set(kind, made);
    parts.forEach(({ pointer, size, shape: [rows = 1] }, i) => {
      copyFloats(this.#allocator, made[i]!.pointer + 4 * first * (size / rows), pointer, size);
    });
    return made;
  }
}

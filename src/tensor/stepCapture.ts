/**
 * Work that is the same in every step but for the numbers in its inputs, such as a training step of one batch size. Its
 * kernel calls are recorded once and then made again: no shapes are computed, no tape is kept, nothing is allocated.
 *
 * When not: for work that looks at numbers to decide what to do, or that brings numbers of its own from JavaScript.
 */
import { KernelTrace } from "../backend/kernelTrace.ts";
import type { Tensor, TensorAllocator } from "./tensor.ts";

type ArenaMark = NonNullable<TensorAllocator["backend"]["arena"]["mark"]>;

export interface CapturableStep<Inputs, Outputs> {
  /** Whether it may be recorded; else it runs anew in every step. */
  readonly repeatable: boolean;
  /** Tensors that outlive steps and that it reads or writes. */
  readonly lasting: readonly Tensor[];
  /** Makes the tensors that take the numbers of a step. */
  inputs(): Inputs;
  run(inputs: Inputs): Outputs;
}

interface CapturedStep<Inputs, Outputs> {
  readonly trace: KernelTrace;
  readonly mark: ArenaMark;
  readonly addresses: readonly number[];
  readonly inputs: Inputs;
  readonly outputs: Outputs;
}

export class StepCapture<Inputs, Outputs> {
  readonly #allocator: TensorAllocator;
  readonly #work: CapturableStep<Inputs, Outputs>;
  #captured: CapturedStep<Inputs, Outputs> | undefined;

  constructor(allocator: TensorAllocator, work: CapturableStep<Inputs, Outputs>) {
    this.#allocator = allocator;
    this.#work = work;
  }

  /** To be called first in a step. @param fill writes the step's numbers into the inputs */
  run(fill: (inputs: Inputs) => void): Outputs {
    const { backend } = this.#allocator;
    const known = this.#captured;
    if (known && this.#isInPlace(known) && backend.arena.resume(known.mark)) {
      fill(known.inputs);
      known.trace.replay();
      return known.outputs;
    }
    const { repeatable, lasting } = this.#work;
    const whole = repeatable && backend.arena.untouched;
    const inputs = this.#work.inputs();
    fill(inputs);
    if (!whole) return this.#work.run(inputs);
    const trace = new KernelTrace();
    const outputs = backend.record(trace, () => this.#work.run(inputs));
    // the first step finds out how much memory it takes and lies in several blocks; the second one in one
    const { mark } = backend.arena;
    const addresses = lasting.map(({ pointer }) => pointer);
    this.#captured = mark && { trace, mark, addresses, inputs, outputs };
    return outputs;
  }

  /** @throws AnygradError RELEASED where a lasting tensor is gone */
  #isInPlace({ addresses }: CapturedStep<Inputs, Outputs>): boolean {
    return this.#work.lasting.every(({ pointer }, i) => pointer === addresses[i]);
  }
}

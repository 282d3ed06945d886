/**
 * Captures the kernel calls of a step that differs from the next one only in the numbers of its inputs, such as a training
 * step of one batch size, and replays them in the steps that follow: no shapes are computed, no tape is kept, nothing is
 * allocated.
 *
 * When not: for a step that reads numbers to decide what to do, or that writes numbers from JavaScript other than its inputs. A
 * capture in which that happens is not kept, whatever the step says of itself.
 */
import { KernelTrace } from "../backend/kernelTrace.ts";
import type { Tensor, TensorAllocator } from "./tensor.ts";

type ArenaMark = NonNullable<TensorAllocator["backend"]["arena"]["mark"]>;

/** A step that `StepCapture` can run. */
export interface CapturableStep<Inputs, Outputs> {
  /**
   * Whether its kernel calls may be captured and replayed; else its code runs in every step. Only of code of the package: that of
   * users may depend on what no capture shows, such as a variable that a callback changes.
   */
  readonly repeatable: boolean;
  /** Tensors that outlive steps and that it reads or writes, such as weights. Where one has moved, it is captured again. */
  readonly lasting: readonly Tensor[];
  /** Makes the tensors that take the numbers of a step. */
  inputs(): Inputs;
  /** Computes the outputs, by kernel calls alone where it is `repeatable`. */
  run(inputs: Inputs): Outputs;
}

/** What one run of a step has left: its kernel calls, and where its tensors lay. */
interface CapturedStep<Inputs, Outputs> {
  readonly trace: KernelTrace;
  readonly mark: ArenaMark;
  readonly addresses: readonly number[];
  readonly inputs: Inputs;
  readonly outputs: Outputs;
}

/** Runs a step: its code as long as nothing is captured, then the kernel calls that the code made. */
export class StepCapture<Inputs, Outputs> {
  readonly #allocator: TensorAllocator;
  readonly #work: CapturableStep<Inputs, Outputs>;
  #captured: CapturedStep<Inputs, Outputs> | undefined;

  constructor(allocator: TensorAllocator, work: CapturableStep<Inputs, Outputs>) {
    this.#allocator = allocator;
    this.#work = work;
  }

  /**
   * Runs the step. It must be the first to allocate in the step of its allocator.
   * @param fill writes the numbers of this step into the inputs
   */
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
    // the first step may lie in several blocks, and has no mark then; the second one lies in one block and has
    const { mark } = backend.arena;
    const addresses = lasting.map(({ pointer }) => pointer);
    this.#captured = trace.whole ? mark && { trace, mark, addresses, inputs, outputs } : undefined;
    return outputs;
  }

  /** Whether the lasting tensors lie where they lay. @throws AnygradError RELEASED where one of them was freed */
  #isInPlace({ addresses }: CapturedStep<Inputs, Outputs>): boolean {
    return this.#work.lasting.every(({ pointer }, i) => pointer === addresses[i]);
  }
}

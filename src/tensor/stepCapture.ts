/**
 * Work that is the same in every step but for the numbers in its inputs, such as a training step of one batch size. Its
 * kernel calls are recorded once and then made again: no shapes are computed, no tape is kept, nothing is allocated.
 *
 * When not: for work that looks at numbers to decide what to do, or that brings numbers of its own from JavaScript.
 */
import { Recording } from "../backend/kernelTrace.ts";
import type { Home } from "./allocator.ts";
import type { Tensor } from "./tensor.ts";

type Stand = NonNullable<Home["backend"]["arena"]["stand"]>;

export interface Work<Inputs, Outputs> {
  /** Whether it may be recorded; else it runs anew in every step. */
  readonly repeatable: boolean;
  /** Tensors that outlive steps and that it reads or writes. */
  readonly lasting: readonly Tensor[];
  /** Makes the tensors that take the numbers of a step. */
  inputs(): Inputs;
  run(inputs: Inputs): Outputs;
}

interface Recorded<Inputs, Outputs> {
  readonly recording: Recording;
  readonly stand: Stand;
  readonly addresses: readonly number[];
  readonly inputs: Inputs;
  readonly outputs: Outputs;
}

export class Routine<Inputs, Outputs> {
  readonly #home: Home;
  readonly #work: Work<Inputs, Outputs>;
  #recorded: Recorded<Inputs, Outputs> | undefined;

  constructor(home: Home, work: Work<Inputs, Outputs>) {
    this.#home = home;
    this.#work = work;
  }

  /** To be called first in a step. @param fill writes the step's numbers into the inputs */
  run(fill: (inputs: Inputs) => void): Outputs {
    const { backend } = this.#home;
    const known = this.#recorded;
    if (known && this.#isInPlace(known) && backend.arena.resume(known.stand)) {
      fill(known.inputs);
      known.recording.replay();
      return known.outputs;
    }
    const { repeatable, lasting } = this.#work;
    const whole = repeatable && backend.arena.untouched;
    const inputs = this.#work.inputs();
    fill(inputs);
    if (!whole) return this.#work.run(inputs);
    const recording = new Recording();
    const outputs = backend.record(recording, () => this.#work.run(inputs));
    // the first step finds out how much memory it takes and lies in several blocks; the second one in one
    const { stand } = backend.arena;
    const addresses = lasting.map(({ pointer }) => pointer);
    this.#recorded = stand && { recording, stand, addresses, inputs, outputs };
    return outputs;
  }

  /** @throws AnygradError RELEASED where a lasting tensor is gone */
  #isInPlace({ addresses }: Recorded<Inputs, Outputs>): boolean {
    return this.#work.lasting.every(({ pointer }, i) => pointer === addresses[i]);
  }
}

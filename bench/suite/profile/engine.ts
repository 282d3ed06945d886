/** An engine that tells the clock which op a kernel call belongs to, and whether it goes forward or back. */
import { Engine } from "../../../src/autograd/engine.ts";
import type { Backend } from "../../../src/backend/backend.ts";
import { formatShape } from "../../../src/tensor/shape.ts";
import type { Recorder, Tensor } from "../../../src/tensor/tensor.ts";
import type { KernelClock } from "./clock.ts";

export class ClockedEngine extends Engine {
  readonly #clock: KernelClock;

  constructor(backend: Backend, clock: KernelClock) {
    super(backend);
    this.#clock = clock;
  }

  /** @internal */
  override differentiate(
    compute: () => Tensor,
    variables: readonly Tensor[],
    gradients: readonly Tensor[],
  ): Tensor {
    const clock = this.#clock;
    const before = clock.phase;
    clock.phase = "forward";
    clock.name("inputs");
    const forward = (): Tensor => {
      const { recorder } = this.allocator;
      this.allocator.recorder = recorder && named(recorder, clock);
      const loss = compute();
      this.allocator.recorder = recorder;
      clock.name("loss");
      clock.phase = "backward";
      return loss;
    };
    try {
      return super.differentiate(forward, variables, gradients);
    } finally {
      clock.name("gradients");
      clock.phase = before;
    }
  }
}

/** A recorder that names the calls of each op that it is told of, those of its backward pass, too. */
function named(recorder: Recorder, clock: KernelClock): Recorder {
  return {
    tracks: (tensor) => recorder.tracks(tensor),
    holds: (tensor) => recorder.holds(tensor),
    record(op) {
      const label = `${op.name} ${formatShape(op.output.shape)}`;
      clock.name(label);
      const { backward } = op;
      const timed: typeof backward =
        typeof backward === "string"
          ? backward
          : (sink) => {
              clock.name("gradients");
              backward(sink);
              clock.name(label);
            };
      recorder.record({ ...op, backward: timed });
    },
  };
}

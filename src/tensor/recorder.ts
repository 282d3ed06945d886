/** What a tensor's home tells while a tape listens. The tape itself stands above, in autograd. */
import type { Tensor } from "./tensor.ts";

/** Tensors that went into an op; an optional one may be missing. */
export type OpInputs = readonly (Tensor | undefined)[];

export interface Recorder {
  /** Does a gradient flow through this tensor? */
  tracks(tensor: Tensor): boolean;
  /** An op has run: `backward` will be called when the gradient of `output` is known. */
  record(name: string, output: Tensor, inputs: OpInputs, backward: Backward | string): void;
}

/** Writes gradients of an op's inputs. A string in its place says why there is none. */
export type Backward = (gradients: GradientSink) => void;

export interface GradientSink {
  /** The gradient of the output. */
  readonly dy: Tensor;
  /** Does nobody else hold `dy`? Then it may be overwritten. */
  readonly owned: boolean;
  /** Where to write the gradient of input `i`; undefined where nobody needs it. */
  readonly gradient: (i: number) => Tensor | undefined;
  /** The same for kernels that may write over `dy`, element by element: its place, where nobody else holds it. */
  readonly overwrite: (i: number) => Tensor | undefined;
  /** Hands over an existing tensor as the gradient of input `i`, without a copy. */
  readonly pass: (i: number, gradient: Tensor) => void;
}

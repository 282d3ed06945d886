/**
 * What a layer is: a description with a shape rule, the weights it will want and what it does to tensors.
 * It owns no memory; a model builds its weights when it is compiled.
 */
import type { Initializer } from "../initializers/index.ts";
import type { FusedActivation } from "../ops/fusedActivation.ts";
import type { StepDraw } from "../ops/random.ts";
import type { Regularizer } from "../regularizers/index.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** Options of every layer. */
export interface LayerOptions {
  /** Default: the type, numbered where it repeats: "conv2d", "conv2d_1". */
  name?: string;
  /** With false the weights keep their values. Default true. */
  trainable?: boolean;
}

/** A weight that a layer wants. */
export interface WeightSpec {
  readonly name: string;
  readonly shape: Shape;
  readonly initializer: Initializer;
  readonly regularizer?: Regularizer | undefined;
  /** False for statistics that no gradient changes. Default true. */
  readonly trainable?: boolean;
}

/** What a layer gets to do its work. */
export interface Call<Config> {
  readonly config: Config;
  /** Its weights by name. */
  readonly weights: Readonly<Record<string, Tensor>>;
  readonly training: boolean;
  /** Share of the old moving statistics that stays, in place of the layer's own: 0 takes the batch's as they are. */
  readonly momentum?: number | undefined;
  /** Random numbers of this layer in this step. */
  readonly draw: StepDraw;
  /** Leave the last activation off: the loss takes logits and fuses it, or a neighbour takes it. */
  readonly logits: boolean;
  /** A neighbour's, to be applied last; "linear" unless the layer takes one. */
  readonly activation: FusedActivation;
}

export interface LayerDefinition<Config> {
  /** The name in `layers`. */
  readonly type: string;
  /** The name of the class in Keras, for summaries and exports. */
  readonly keras: string;
  /** Shapes are without the batch axis. @throws AnygradError SHAPE_MISMATCH for inputs that do not fit */
  outputShape(inputs: readonly Shape[], config: Config): Shape;
  weights?(inputs: readonly Shape[], config: Config): readonly WeightSpec[];
  call(inputs: readonly [Tensor, ...Tensor[]], call: Call<Config>): Tensor;
  /** The activation that comes last in this layer, where it has one. */
  lastActivation?(config: Config): string;
  /**
   * Can it apply the activation of a layer beside it? That of the next one in the same pass, or that of the previous
   * one just as well after its own work.
   */
  readonly takesActivation?: "ofNext" | "ofPrevious";
  /** Does it apply its last activation and nothing else? */
  readonly onlyActivates?: boolean;
  /** Of a layer that takes two tensors or more, and not one. */
  readonly merges?: Merges;
}

/** What a merging layer makes of n tensors, for the estimate of memory. */
export interface Merges {
  /** Arrays of the output's size besides the output: steps on the way, and gradients. */
  arrays(n: number): number;
  /** Its output's gradient is that of an input too, and not copied. */
  readonly handsOver: boolean;
}

/** A configured layer. `config` can be written as JSON and `layers[type](config)` makes it again. */
export interface Layer {
  readonly type: string;
  readonly keras: string;
  readonly name: string | undefined;
  /** A change takes effect when the model is compiled (again). */
  trainable: boolean;
  readonly config: object;
  /**
   * Is `call` the same kernel calls whenever the shapes are the same? Then a training step is recorded and repeated. Not
   * for a layer of your own that looks at numbers, or that changes from step to step.
   */
  readonly repeatable?: boolean;
  readonly lastActivation: string;
  readonly takesActivation?: "ofNext" | "ofPrevious" | undefined;
  readonly onlyActivates?: boolean | undefined;
  readonly merges?: Merges | undefined;
  /**
   * What the layer makes of a symbolic tensor, for `model({ inputs, outputs })`; of a list, where it merges. Applied
   * again, it is the same layer with the same weights.
   * @throws AnygradError INVALID_ARGUMENT, SHAPE_MISMATCH where it does not fit
   */
  apply(inputs: SymbolicTensor | readonly SymbolicTensor[]): SymbolicTensor;
  outputShape(inputs: readonly Shape[]): Shape;
  weights(inputs: readonly Shape[]): readonly WeightSpec[];
  call(inputs: readonly [Tensor, ...Tensor[]], call: Omit<Call<unknown>, "config">): Tensor;
}

/**
 * A tensor before there are numbers: what a layer will make of its inputs. `input` gives the first one, `apply` the
 * others, and `model` reads the network off the last one.
 */
export class SymbolicTensor {
  /** Shape of an example, without the batch axis. */
  readonly shape: Shape;
  /** The tensors that it is made of; none for a model's input. */
  readonly madeOf: readonly SymbolicTensor[];
  /** The layer that makes it; the name of a model's input. */
  readonly source: Layer | string;

  constructor(shape: Shape, madeOf: readonly SymbolicTensor[], source: Layer | string) {
    this.shape = shape;
    this.madeOf = madeOf;
    this.source = source;
  }
}

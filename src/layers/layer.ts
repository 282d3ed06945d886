/**
 * What a layer is: a description with a shape rule, the weights it will want and what it does to tensors.
 * It owns no memory; a model builds its weights when it is compiled.
 */
import type { ConstraintLike } from "../constraints/index.ts";
import type { Definition } from "../definitions/definition.ts";
import type { Initializer } from "../initializers/index.ts";
import type { Loss } from "../losses/loss.ts";
import type { FusedActivation } from "../ops/fusedActivation.ts";
import type { StepDraw } from "../ops/random.ts";
import type { Regularizer } from "../regularizers/index.ts";
import { type ExampleShape, openShape, type Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** Options of every layer. */
export interface LayerOptions {
  /** Default: the type, numbered where it repeats: "conv2d", "conv2d_1". */
  name?: string;
  /** With false the weights keep their values. Default true. */
  trainable?: boolean;
  /** Shape of an example, without the batch axis, where the layer begins a `sequential`. Default: what the model says. */
  inputShape?: ExampleShape;
}

/** A weight that a layer wants. */
export interface WeightSpec {
  /** Its name within the layer: "kernel". */
  readonly name: string;
  /** Its shape. */
  readonly shape: Shape;
  /** What gives its first values. */
  readonly initializer: Initializer;
  /** Its penalty, where it has one. */
  readonly regularizer?: Regularizer | undefined;
  /** Where updates may leave it, where it has bounds. */
  readonly constraint?: ConstraintLike | undefined;
  /** False for statistics that no gradient changes. Default true. */
  readonly trainable?: boolean;
}

/** What a layer gets to do its work. */
export interface Call<Config> {
  /** The layer's configuration. */
  readonly config: Config;
  /** Its weights by name. */
  readonly weights: Readonly<Record<string, Tensor>>;
  /** Is this a step of training, in which dropout drops and statistics move? */
  readonly training: boolean;
  /** Share of the old moving statistics that stays, in place of the layer's own: 0 takes the batch's as they are. */
  readonly momentum?: number | undefined;
  /** Random numbers of this layer in this step. */
  readonly draw: StepDraw;
  /** Takes a scalar that is added to the loss; undefined where no loss is computed. */
  readonly penalize?: ((penalty: Tensor) => void) | undefined;
  /** Leave the last activation off: the loss takes logits and fuses it, or a neighbour takes it. */
  readonly logits: boolean;
  /** A neighbour's, to be applied last; "linear" unless the layer takes one. */
  readonly activation: FusedActivation;
  /** Where it stands in the network; masks are looked up from here (masks.ts). */
  readonly place: CallPlace;
}

/** A place in a network that is being run. */
export interface CallPlace {
  /** The layers of the network in the order in which they run, and what feeds each; −1 is the first input, −2 the second. */
  readonly nodes: readonly {
    /** What runs. */
    readonly layer: Layer;
    /** The positions of the layers that feed it. */
    readonly inputs: readonly number[];
  }[];
  /** What they have given so far. */
  readonly outputs: readonly Tensor[];
  /** What the network was given, a tensor for each input. */
  readonly given: readonly Tensor[];
  /** The position of the layer. */
  readonly i: number;
}

export interface LayerDefinition<Config> {
  /** The name in `layers`. */
  readonly type: string;
  /** The name of the class in Keras, for summaries and exports. */
  readonly keras: string;
  /** Shapes are without the batch axis. @throws AnygradError SHAPE_MISMATCH for inputs that do not fit */
  outputShape(inputs: readonly Shape[], config: Config): Shape;
  /** The weights that it will want for inputs of these shapes. */
  weights?(inputs: readonly Shape[], config: Config): readonly WeightSpec[];
  /** Computes the output, shapes with the batch axis in front. */
  call(inputs: readonly [Tensor, ...Tensor[]], call: Call<Config>): Tensor;
  /** The activation that comes last in this layer, where it has one: its name, or one of the user's own. */
  lastActivation?(config: Config): string | { readonly type: string };
  /** What the rest of a network asks of such a layer; a function where it depends on the options. */
  readonly traits?: LayerTraits | ((config: Config) => LayerTraits);
}

/**
 * What the rest of a network asks of a layer. Nobody asks it for its type: a new kind of layer says here what it is like,
 * and no other file changes. What is left out is not so.
 */
export interface LayerTraits {
  /** Its output is its input, at most under another shape: nothing is computed and no memory taken. */
  readonly isView?: boolean;
  /** It applies its last activation and does nothing else. */
  readonly onlyActivates?: boolean;
  /**
   * It can apply the activation of a layer beside it: that of the next one in the same pass, or that of the previous one
   * just as well after its own work.
   */
  readonly takesActivation?: "ofNext" | "ofPrevious";
  /** False: none of its ops convolves, so that a page of such layers alone need not download these kernels. Default: it may. */
  readonly convolves?: boolean;
  /** It takes several tensors. */
  readonly merges?: boolean;
  /** The names of the weights that hold moving statistics of the batches it has seen. */
  readonly statistics?: {
    /** The moving mean's. */
    readonly mean: string;
    /** The moving variance's. */
    readonly variance: string;
  };
  /** As the first layer it brings raw inputs to the scale that the network learns on, so that a data set's own normalisation is left out. */
  readonly rescales?: boolean;
  /** The mask [n, steps] that it gives its output: 0 where a step is to be passed over. */
  mask?(x: Tensor): Tensor;
  /** It does something in training that it does not do otherwise, besides moving statistics: draws numbers, adds to the loss. */
  readonly differsInTraining?: boolean;
  /** The mask of its output, of those of its inputs; else that of the first goes on, where steps stay in their places. */
  combinesMasks?(masks: readonly (Tensor | undefined)[], inputs: readonly Tensor[]): Tensor | undefined;
  /** The mask of its input ends here, as in Keras. */
  readonly dropsMask?: boolean;
  /** A loss as it is where the network has such a layer. */
  ofLoss?(loss: Loss): Loss;
  /** Its further inputs, if any, are the states that it begins with. */
  readonly takesStates?: boolean;
  /** The same recurrent layer, with weights of its own, as one half of a bidirectional layer. */
  half?(changes: RecurrentHalf): Layer;
  /** The names of the weights that hold states from batch to batch; `resetStates` makes them zeros. */
  readonly states?: readonly string[];
}

/** What a recurrent layer is like as one half of a bidirectional layer. */
export interface RecurrentHalf {
  /** Begin with the last step. Default: as the layer does. */
  goBackwards?: boolean;
  /** The outputs of all steps are in the other order. */
  flipped?: boolean;
  /** The states are rows behind the outputs, where the layer returns them. */
  rows?: boolean;
}

/** What a layer is saved as. */
export interface SavedLayer {
  /** Its name in `layers`, or that of its definition. */
  type: string;
  /** Its name in the model. */
  name: string | undefined;
  /** Whether its weights are learned. */
  trainable: boolean;
  /** Its options, as JSON can hold them. */
  config: object;
  /** It is of the user's own: `load` is given its definition. */
  custom?: "layer" | undefined;
}

/** A configured layer. `config` can be written as JSON and `layers[type](config)` makes it again. */
export interface Layer {
  /** Its name in `layers`. */
  readonly type: string;
  /** The name of its class in Keras. */
  readonly keras: string;
  /** The name that it was given; a model names the others. */
  readonly name: string | undefined;
  /** A change takes effect when the model is compiled (again). */
  trainable: boolean;
  /** The shape of an example that it was made for, where it was said; a chain that it begins takes it. */
  readonly inputShape?: ExampleShape | undefined;
  /** Its options with their defaults. */
  readonly config: object;
  /** The activation that comes last in this layer; "linear" where there is none. */
  readonly lastActivation: string;
  /** @internal */
  readonly traits?: LayerTraits;
  /** It is of the user's own; its definition, where it has one, makes it again from `config`. @internal */
  readonly custom?: "layer" | undefined;
  /** @internal */
  readonly definition?: Definition | undefined;
  /**
   * What a file holds of it.
   * @throws AnygradError UNSUPPORTED for a changed copy of a layer, and for a function: a file would hold another layer than this one
   */
  toJSON(): SavedLayer;
  /**
   * What the layer makes of a symbolic tensor, for `model({ inputs, outputs })`; of a list, where it merges. Applied
   * again, it is the same layer with the same weights.
   * @throws AnygradError INVALID_ARGUMENT, SHAPE_MISMATCH where it does not fit
   */
  apply(inputs: SymbolicTensor | readonly SymbolicTensor[]): SymbolicTensor;
  /**
   * What it gave when it was applied, the tensor that stands behind it in a model: `model({ inputs: net.inputs, outputs:
   * net.getLayer("dense").output })` gives what that layer sees in examples. Undefined before; a getter that throws where it was
   * applied several times.
   */
  readonly output?: SymbolicTensor;
  /** The shape of an example's output, for inputs of these shapes. @throws AnygradError SHAPE_MISMATCH */
  outputShape(inputs: readonly Shape[]): Shape;
  /** The weights that it wants for inputs of these shapes. */
  weights(inputs: readonly Shape[]): readonly WeightSpec[];
  /** Computes the output for a batch. */
  call(inputs: readonly [Tensor, ...Tensor[]], call: Omit<Call<unknown>, "config">): Tensor;
}

/**
 * A tensor before there are numbers: what a layer will make of its inputs. `input` gives the first one, `apply` the
 * others, and `model` reads the network off the last one.
 */
export class SymbolicTensor {
  /** Shape of an example, without the batch axis; null where it depends on the length of sequences. */
  readonly shape: ExampleShape;
  readonly #sizes: Shape;
  readonly #others: Shape | undefined;
  readonly #madeOf: readonly SymbolicTensor[];
  readonly #source: Layer | string;
  readonly #within: string | undefined;

  /** @param within the name of the model whose layer makes it, where that is a part of another one @internal */
  constructor(
    sizes: Shape,
    madeOf: readonly SymbolicTensor[],
    source: Layer | string,
    within?: string,
    others?: Shape,
  ) {
    this.shape = openShape(sizes, others);
    this.#sizes = sizes;
    this.#others = others;
    this.#madeOf = madeOf;
    this.#source = source;
    this.#within = within;
  }

  /** Sizes to work out others by: those of the shape, and where that is open a length to try. @internal */
  get sizes(): Shape {
    return this.#sizes;
  }

  /** The same at another length; undefined where nothing is open. @internal */
  get others(): Shape | undefined {
    return this.#others;
  }

  /** The tensors that it is made of; none for a model's input. @internal */
  get madeOf(): readonly SymbolicTensor[] {
    return this.#madeOf;
  }

  /** The layer that makes it; the name of a model's input. @internal */
  get source(): Layer | string {
    return this.#source;
  }

  /** The name of the model inside that its layer came with. @internal */
  get within(): string | undefined {
    return this.#within;
  }
}

/** What the recurrent layers have in common: options, weights, states, and how they are called. */

import { copy } from "../autograd/constant.ts";
import type { ConstraintLike } from "../constraints/index.ts";
import { AnygradError } from "../errors.ts";
import { getInitializer, type Initializer, type InitializerLike } from "../initializers/index.ts";
import { checkCount, checkNumber, properShare } from "../math/checks.ts";
import { isFused } from "../ops/fusedActivation.ts";
import * as ops from "../ops/index.ts";
import type { RecurrentActivation } from "../ops/recurrent.ts";
import { copyRow, type RecurrentAttributes } from "../ops/recurrent.ts";
import { getRegularizer, type Regularizer, type RegularizerLike } from "../regularizers/index.ts";
import { formatShape, type Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type ActivationLike, type ActivationName, checkActivation } from "./activation.ts";
import { composedRecurrent } from "./composedRecurrent.ts";
import { createLayer } from "./createLayer.ts";
import type { Layer, LayerDefinition, LayerOptions, SymbolicTensor, WeightSpec } from "./layer.ts";
import { maskOf } from "./masks.ts";
import { dropped } from "./recurrentDropout.ts";
import { sequenceRows } from "./sequenceRows.ts";

/** Options of every recurrent layer. */
export interface RecurrentOptions extends LayerOptions {
  /** Numbers of an output. */
  units: number;
  /** Default "tanh". With linear, relu, sigmoid and tanh one kernel makes all steps; others are slower. */
  activation?: ActivationLike;
  /** Default true. */
  useBias?: boolean;
  /** Default "glorotUniform". */
  kernelInitializer?: InitializerLike;
  /** Default "orthogonal". */
  recurrentInitializer?: InitializerLike;
  /** Default "zeros". */
  biasInitializer?: InitializerLike;
  /** Penalty on the kernel. Default: none. */
  kernelRegularizer?: RegularizerLike;
  /** Penalty on the recurrent kernel. Default: none. */
  recurrentRegularizer?: RegularizerLike;
  /** Penalty on the bias. Default: none. */
  biasRegularizer?: RegularizerLike;
  /** What holds the kernel within bounds after each step of training. Default: nothing. */
  kernelConstraint?: ConstraintLike;
  /** What holds the recurrent kernel within bounds after each step of training. Default: nothing. */
  recurrentConstraint?: ConstraintLike;
  /** What holds the bias within bounds after each step of training. Default: nothing. */
  biasConstraint?: ConstraintLike;
  /** Share of the inputs that is dropped in training, the same ones in all steps. Default 0. */
  dropout?: number;
  /**
   * Share of the states that is dropped in training in the products with the recurrent kernel. Each gate has draws of its own then,
   * of the inputs too, as in Keras. Default 0.
   */
  recurrentDropout?: number;
  /** The outputs of all steps, and not that of the last alone. Default false. */
  returnSequences?: boolean;
  /**
   * `apply` gives a list, the output and the states behind the last step: [y, h], of lstm [y, h, c]. For `model`; a list of
   * layers has no place for them. Default false.
   */
  returnState?: boolean | "rows";
  /** With a mask: the outputs of steps that are passed over are 0, and not those of the step before. Default false. */
  zeroOutputForMask?: boolean;
  /** Begin with the last step; the outputs of all steps are in that order, too. Default false. */
  goBackwards?: boolean;
  /**
   * Begin with the states that the batch before has left, example by example, until `resetStates(net)`. The states are weights
   * that no gradient changes: they are saved with the model. All batches must have `batchSize` examples. Default false.
   */
  stateful?: boolean;
  /** Examples of a batch, for `stateful`. Default 1. */
  batchSize?: number;
  /** Taken for Keras's sake; the steps are always made by one kernel. Default false. */
  unroll?: boolean;
}

/** Options of the layers with gates. */
export interface GatedOptions extends RecurrentOptions {
  /** That of the gates. Default "sigmoid"; see `activation`. */
  recurrentActivation?: ActivationLike;
}

export interface RecurrentConfig {
  units: number;
  activation: ActivationName;
  /** That of the gates, where it has some. */
  recurrentActivation?: ActivationName;
  useBias: boolean;
  kernelInitializer: Initializer;
  recurrentInitializer: Initializer;
  biasInitializer: Initializer;
  kernelRegularizer: Regularizer | undefined;
  recurrentRegularizer: Regularizer | undefined;
  biasRegularizer: Regularizer | undefined;
  kernelConstraint: ConstraintLike | undefined;
  recurrentConstraint: ConstraintLike | undefined;
  biasConstraint: ConstraintLike | undefined;
  dropout: number;
  recurrentDropout: number;
  returnSequences: boolean;
  returnState: boolean | "rows";
  zeroOutputForMask: boolean;
  goBackwards: boolean;
  stateful: boolean;
  batchSize: number;
  unroll: boolean;
}

/** The types of {@link RecurrentOptions}. */
export const recurrentNames =
  "units activation returnSequences:boolean returnState:boolean|rows goBackwards:boolean zeroOutputForMask:boolean stateful:boolean batchSize dropout recurrentDropout useBias:boolean kernelInitializer recurrentInitializer biasInitializer kernelRegularizer recurrentRegularizer biasRegularizer kernelConstraint:string|object recurrentConstraint:string|object biasConstraint:string|object unroll:boolean";

/** The options with their defaults, resolved. @throws AnygradError INVALID_ARGUMENT */
export function recurrentConfig(subject: string, options: RecurrentOptions): RecurrentConfig {
  const regularizer = (name: "kernelRegularizer" | "recurrentRegularizer" | "biasRegularizer") => {
    const given = options[name];
    return given && getRegularizer(given, `${subject}: ${name}`);
  };
  const { stateful = false, batchSize } = options;
  if (batchSize !== undefined && !stateful)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject}: batchSize ${batchSize} is for stateful layers; leave it out, or pass stateful: true`,
    );
  return {
    units: checkCount(`${subject}: units`, options.units),
    activation: checkActivation(subject, options.activation ?? "tanh"),
    useBias: options.useBias ?? true,
    kernelInitializer: getInitializer(
      options.kernelInitializer ?? "glorotUniform",
      `${subject}: kernelInitializer`,
    ),
    recurrentInitializer: getInitializer(
      options.recurrentInitializer ?? "orthogonal",
      `${subject}: recurrentInitializer`,
    ),
    biasInitializer: getInitializer(options.biasInitializer ?? "zeros", `${subject}: biasInitializer`),
    kernelRegularizer: regularizer("kernelRegularizer"),
    recurrentRegularizer: regularizer("recurrentRegularizer"),
    biasRegularizer: regularizer("biasRegularizer"),
    kernelConstraint: options.kernelConstraint,
    recurrentConstraint: options.recurrentConstraint,
    biasConstraint: options.biasConstraint,
    dropout: checkNumber(`${subject}: dropout`, options.dropout ?? 0, properShare),
    recurrentDropout: checkNumber(`${subject}: recurrentDropout`, options.recurrentDropout ?? 0, properShare),
    returnSequences: options.returnSequences ?? false,
    returnState: options.returnState ?? false,
    zeroOutputForMask: options.zeroOutputForMask ?? false,
    goBackwards: options.goBackwards ?? false,
    stateful,
    ...(stateful && { batchSize: checkCount(`${subject}: batchSize`, batchSize ?? 1) }),
    unroll: options.unroll ?? false,
  } as RecurrentConfig;
}

/** The option `recurrentActivation` with its default. @throws AnygradError INVALID_ARGUMENT */
export function gateActivation(subject: string, { recurrentActivation }: GatedOptions): ActivationName {
  return checkActivation(`${subject}: recurrentActivation`, recurrentActivation ?? "sigmoid");
}

/** What tells the kinds of recurrent layers apart. */
export interface RecurrentKind<Config extends RecurrentConfig> {
  readonly type: "simpleRNN" | "lstm" | "gru";
  readonly keras: string;
  /** Columns of the kernels, in units. */
  readonly gates: number;
  /** The names of its states. */
  readonly states: readonly string[];
  biasShape(config: Config): Shape;
  /** Whether it applies a reset gate behind the product with the recurrent kernel. */
  resetsAfter?(config: Config): boolean;
  biasInitializer?(config: Config): Initializer;
  /** The op. */
  run(
    x: Tensor,
    weights: Readonly<Record<string, Tensor>>,
    options: RecurrentAttributes,
    config: Config,
  ): Tensor;
}

/** A recurrent layer with `returnState: true`. */
export interface StateLayer extends Omit<Layer, "apply"> {
  /**
   * The output and the states behind the last step. @param inputs a sequence, or a list of one and the states to begin with
   * @throws AnygradError INVALID_ARGUMENT, SHAPE_MISMATCH where it does not fit
   */
  apply(inputs: SymbolicTensor | readonly SymbolicTensor[]): readonly SymbolicTensor[];
}

/** What makes recurrent layers of a kind. */
export interface RecurrentMaker<Options extends RecurrentOptions> {
  (options: Options & { returnState: true }): StateLayer;
  (options: Options): Layer;
}

/** [steps, features] @throws AnygradError SHAPE_MISMATCH */
function sequenceShape(type: string, input: Shape | undefined): [steps: number, features: number] {
  const [steps, features] = input ?? [];
  if (input?.length === 2) return [steps!, features!];
  const advice = input?.length === 1 ? ": numbers of words go through layers.embedding() first" : "";
  throw new AnygradError(
    "SHAPE_MISMATCH",
    `${type}: the input of an example is ${formatShape(input ?? [])}; wanted [steps, features]${advice}`,
  );
}

/** The states that a layer begins with. */
function initialStates<Config extends RecurrentConfig>(
  kind: RecurrentKind<Config>,
  { stateful, batchSize }: Config,
  weights: Readonly<Record<string, Tensor>>,
  n: number,
  given: readonly Tensor[],
): readonly Tensor[] | undefined {
  if (given.length > 0) return given;
  if (!stateful) return undefined;
  if (n !== batchSize)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${kind.type}: it keeps the states of batchSize: ${batchSize} examples but got ${n}; pass batches of that size, or another batchSize`,
    );
  return kind.states.map((name) => {
    const state = weights[name]!;
    const before = state.allocator.allocate(state.shape); // the weight is overwritten before the backward pass
    copy(before, state);
    return before;
  });
}

/** Whether the kernels of whole sequences have the activation. */
function isKernels(activation: ActivationName): activation is RecurrentActivation {
  return typeof activation === "string" && isFused(activation) && activation !== "relu6";
}

/** Binds a kind of recurrent layer to its configuration. `flipped`: the outputs of all steps are in the other order. */
export function recurrentLayer<Config extends RecurrentConfig>(
  kind: RecurrentKind<Config>,
  config: Config,
  shared: LayerOptions,
  flipped = false,
): Layer & StateLayer {
  const { type, gates, states } = kind;
  const { units, returnSequences, returnState, stateful } = config;
  const definition: LayerDefinition<Config> = {
    type,
    keras: kind.keras,
    traits: {
      merges: true,
      takesStates: true,
      half({ goBackwards = config.goBackwards, flipped: other = false, rows = false }) {
        const states = rows && returnState && { returnState: "rows" };
        const whole = { ...config, goBackwards, zeroOutputForMask: returnSequences, ...states };
        return recurrentLayer(kind, whole, {}, other);
      },
      ...(stateful && { states }),
    },
    outputShape([input, ...given]) {
      const [steps] = sequenceShape(type, input);
      if (given.length > 0 && given.length !== states.length)
        throw new AnygradError(
          "SHAPE_MISMATCH",
          `${type}: it got ${given.length + 1} tensors; pass the input, or a list of it and ${states.length === 1 ? "its state" : `its ${states.length} states`}`,
        );
      for (const shape of given)
        if (shape.length !== 1 || shape[0] !== units)
          throw new AnygradError(
            "SHAPE_MISMATCH",
            `${type}: an initial state is ${formatShape(shape)} but there are ${units} units; make them equal`,
          );
      if (returnState === true)
        throw new AnygradError(
          "INVALID_ARGUMENT",
          `${type}: with returnState it gives several tensors, which a list of layers has no place for; use model() and apply`,
        );
      if (returnState) return [(returnSequences ? steps : 1) + states.length, units];
      return returnSequences ? [steps, units] : [units];
    },
    weights([input]) {
      const [, features] = sequenceShape(type, input);
      const specs: WeightSpec[] = [
        {
          name: "kernel",
          shape: [features, gates * units],
          initializer: config.kernelInitializer,
          regularizer: config.kernelRegularizer,
          constraint: config.kernelConstraint,
        },
        {
          name: "recurrent_kernel",
          shape: [units, gates * units],
          initializer: config.recurrentInitializer,
          regularizer: config.recurrentRegularizer,
          constraint: config.recurrentConstraint,
        },
      ];
      if (config.useBias)
        specs.push({
          name: "bias",
          shape: kind.biasShape(config),
          initializer: kind.biasInitializer?.(config) ?? config.biasInitializer,
          regularizer: config.biasRegularizer,
          constraint: config.biasConstraint,
        });
      if (stateful)
        for (const name of states)
          specs.push({
            name,
            shape: [config.batchSize, units],
            initializer: getInitializer("zeros"),
            trainable: false,
          });
      return specs;
    },
    call([x, ...given], call) {
      const { place } = call;
      const [n = 0] = x.shape;
      const { inputs, weights, recurrentDropout } = dropped(x, config, gates, call);
      const options: RecurrentAttributes = {
        initialState: initialStates(kind, config, weights, n, given),
        mask: maskOf(place),
        recurrentDropout,
        goBackwards: config.goBackwards,
        zeroOutputForMask: config.zeroOutputForMask,
        flipped,
        returnSequences,
        returnState: returnState !== false || stateful,
      };
      const { activation, recurrentActivation = "sigmoid" } = config;
      const y =
        isKernels(activation) && isKernels(recurrentActivation)
          ? kind.run(inputs, weights, { ...options, activation, recurrentActivation }, config)
          : composedRecurrent(type, inputs, weights, {
              ...options,
              activation,
              recurrentActivation,
              resetAfter: kind.resetsAfter?.(config) ?? false,
            });
      return finished(y, weights);
    },
  };

  /** Leaves the states in the weights where they stay there, and takes off what is not wanted. */
  function finished(y: Tensor, weights: Readonly<Record<string, Tensor>>): Tensor {
    const [n = 0, rows = 0] = y.shape;
    let outputs = y;
    if (stateful) {
      const first = rows - states.length;
      states.forEach((name, s) => {
        copyRow(weights[name]!, y, first + s);
      });
      if (!returnState) outputs = ops.slice(y, { end: [null, first] });
    }
    return returnSequences || returnState ? outputs : ops.reshape(outputs, [n, units]);
  }

  const layer = createLayer(definition, config, shared);
  const whole = returnState === true ? severalOf(layer, kind, config, shared, flipped) : layer;
  return whole as Layer & StateLayer; // which of them follows from returnState
}

/** The layer with an `apply` that gives the output and the states, each a part of the rows of one layer. */
function severalOf<Config extends RecurrentConfig>(
  layer: Layer,
  kind: RecurrentKind<Config>,
  config: Config,
  shared: LayerOptions,
  flipped: boolean,
): StateLayer {
  const inner = recurrentLayer(kind, { ...config, returnState: "rows" }, shared, flipped);
  return {
    ...layer,
    apply(...inputs) {
      const rows = inner.apply(...inputs);
      const first = (rows.shape[0] ?? 0) - kind.states.length; // from the end, where the length is open
      const y = sequenceRows(config.returnSequences ? { begin: 0, end: first } : { begin: 0 });
      return [y.apply(rows), ...kind.states.map((_, s) => sequenceRows({ begin: first + s }).apply(rows))];
    },
  };
}

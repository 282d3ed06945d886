/** What a model tells of its network, its weights and its runs. */

import type { Engine } from "../autograd/engine.ts";
import type { Normalization } from "../data/dataset.ts";
import type { Preparation } from "../data/preparation.ts";
import type { Layer, SymbolicTensor } from "../layers/index.ts";
import { checkCount } from "../math/checks.ts";
import { counted, Printable } from "../math/inspect.ts";
import { strictOptions, unknownName } from "../math/options.ts";
import { formatShape, type Shape } from "../tensor/shape.ts";
import type { Variable } from "../tensor/tensor.ts";
import { symbolsOf } from "./call.ts";
import { release, type Setup, setupOf } from "./compile.ts";
import { type MemoryEstimate, type MemoryOptions, memoryOf } from "./memory/estimate.ts";
import {
  countParameters,
  fixedShape,
  type Graph,
  isNamed,
  type ParameterCounts,
  shownInput,
  shownOutput,
  weightsOf,
} from "./network/graph.ts";
import { summary } from "./network/summary.ts";
import { placeNamed } from "./network/truncate.ts";
import type { SavedInputs } from "./saving/config.ts";
import { type ModelState, ready, stateOf } from "./state.ts";
import type { RunPosition } from "./training/run/state.ts";

/** A model as far as it tells of itself; `Model` adds what it does. */
export class NetworkDescription extends Printable {
  /** Its name, for the summary. */
  readonly name: string;
  readonly #state: ModelState;

  /** @internal */
  constructor(
    graph: Graph | undefined,
    {
      name = "sequential",
      seed = 0,
      ...others
    }: { name?: string; seed?: number } & Pick<ModelState, "symbols" | "begin"> = {},
  ) {
    super();
    checkCount("model: seed", seed, 0);
    this.#state = stateOf(graph, seed, others);
    this.name = name;
  }

  /** What it holds. @internal */
  get state(): ModelState {
    return this.#state;
  }

  /** Has another network take the place of this one, whose weights go to it where layers are the same. @internal */
  reconnect(graph: Graph | undefined): void {
    if (this.#state.compiled) release(this.#state.compiled);
    this.#state.compiled = undefined;
    this.#state.network = graph;
    delete this.#state.symbols;
  }

  /** The layers in order, each once. Freezing one (`trainable = false`) takes effect at the next compile. */
  get layers(): readonly Layer[] {
    return this.#state.graph.nodes.flatMap(({ layer, first }, i) => (first === i ? [layer] : []));
  }

  /** Whether any layer learns; set to false, all are frozen, from the next compile on, in models that share them, too. */
  get trainable(): boolean {
    return this.layers.some((layer) => layer.trainable);
  }

  /** Freezes all layers, or lets all learn. */
  set trainable(value: boolean) {
    for (const layer of this.layers) layer.trainable = value;
  }

  /** Whether data go in or come out by the names of several inputs or outputs. @internal */
  get isNamed(): boolean {
    return isNamed(this.#state.graph);
  }

  /** Its inputs, to make another model from: `model({ inputs: net.inputs, outputs: net.getLayer("dense").output })`. */
  get inputs(): readonly SymbolicTensor[] {
    return symbolsOf(this.#state).inputs;
  }

  /** Its outputs, which further layers can be applied to. */
  get outputs(): readonly SymbolicTensor[] {
    const { graph } = this.#state;
    const { nodes } = symbolsOf(this.#state);
    return graph.outputs.map(({ node }) => nodes[node]!);
  }

  /** The names of its inputs, by which data of several are given. */
  get inputNames(): readonly string[] {
    return this.#state.graph.inputs.map(({ name = "input_layer" }) => name);
  }

  /** The names of its outputs, by which targets, losses and metrics of several are given. */
  get outputNames(): readonly string[] {
    return this.#state.graph.outputs.map(({ name }) => name);
  }

  /**
   * Shape of an example; of several inputs that of the row that holds all their numbers, see `inputs`.
   * @throws AnygradError UNSUPPORTED where a length is open: `net.inputs[0].shape` has null there
   */
  get inputShape(): Shape {
    return fixedShape("inputShape", "inputs", shownInput(this.#state.graph));
  }

  /**
   * Shape of an example's output; of several outputs that of a row of all their numbers, see `outputs`.
   * @throws AnygradError UNSUPPORTED where it depends on the length of the input: `net.outputs[0].shape` has null there
   */
  get outputShape(): Shape {
    return fixedShape("outputShape", "outputs", shownOutput(this.#state.graph));
  }

  /** Numbers of parameters, as the layers are frozen or not now. */
  get parameters(): ParameterCounts {
    return countParameters(weightsOf(this.#state.graph));
  }

  /** How Uint8 inputs become floats; taken from the training data. A first layer `rescaling` does it in its stead. */
  get normalization(): Normalization | undefined {
    return this.#state.inputs.normalization;
  }

  /** One name a class; taken from the training data. */
  get classNames(): readonly string[] | undefined {
    return this.#state.inputs.classNames;
  }

  /** What was made of pictures or rows of a table before the network saw them; taken from the training data. */
  get preparation(): Preparation | undefined {
    return this.#state.inputs.preparation;
  }

  /** Whether it has weights. */
  get isCompiled(): boolean {
    return this.#state.compiled !== undefined;
  }

  /** How it was compiled and how its last run was set up. @internal */
  get setup(): Setup {
    return setupOf(ready(this.#state, "setup"));
  }

  /** What the loss takes. @internal */
  get targets(): "labels" | "dense" {
    return ready(this.#state, "targets").aim.kind;
  }

  /** The engine that holds the weights. @throws AnygradError NOT_READY before compile */
  get engine(): Engine {
    return ready(this.#state, "engine").engine;
  }

  /** Where the last run stands, also of a loaded model; undefined where there is none that `resume` could go on with. */
  get position(): RunPosition | undefined {
    return this.#state.compiled?.run?.position;
  }

  /** A layer by its name; `output` of it is the tensor that it gives in the model. @throws AnygradError INVALID_ARGUMENT */
  getLayer(name: string): Layer {
    const { nodes } = this.#state.graph;
    symbolsOf(this.#state);
    const node = nodes.find((each) => each.name === name);
    if (node) return node.layer;
    const names = nodes.map((each) => each.name);
    throw unknownName("getLayer: layer", name, names);
  }

  /** What is known of the data before the model has seen any. @internal */
  take(inputs: SavedInputs): this {
    this.#state.inputs = { ...this.#state.inputs, ...inputs };
    return this;
  }

  /** @internal */
  get graph(): Graph {
    return this.#state.graph;
  }

  /** Freezes the layers up to one, it included, or all: they keep their weights from the next compile on. @throws AnygradError INVALID_ARGUMENT */
  freeze(upTo?: string): this {
    const { graph } = this.#state;
    const end = upTo === undefined ? graph.nodes.length : placeNamed("freeze", graph, upTo);
    graph.nodes.forEach(({ layer }, i) => {
      if (i <= end) layer.trainable = false;
    });
    return this;
  }

  /** The table of layers that Keras prints. */
  summary(): string {
    return summary(this.#state.graph, this.name);
  }

  /**
   * Estimated bytes of wasm memory for a training step, before anything is allocated. After `compile` it is within 5 % of what is taken;
   * before, Adam and the mean square of the outputs stand for an optimizer and a loss that are not known, and what kernels take while they
   * work is left out: losses of maps may take several times the map.
   * @param options batchSize, default 32, ema as `fit` takes it, default 0, and length, of examples of a model that takes any; recompute and
   *   microBatch, as `fit` takes them, for which there is a promise of the bytes: what is computed when is planned first
   * @throws AnygradError INVALID_ARGUMENT where such a model is given no length, or another one has one; UNSUPPORTED as `fit` with recompute or microBatch
   */
  memory(options: MemoryOptions & ({ recompute: true } | { microBatch: number })): Promise<MemoryEstimate>;
  memory(options?: MemoryOptions & { recompute?: false }): MemoryEstimate;
  memory(
    options?: MemoryOptions & { recompute?: boolean; microBatch?: number },
  ): MemoryEstimate | Promise<MemoryEstimate>;
  memory(
    options?: MemoryOptions & { recompute?: boolean; microBatch?: number },
  ): MemoryEstimate | Promise<MemoryEstimate> {
    const given = strictOptions(
      "memory",
      options,
      "batchSize:number ema:number length:number recompute:boolean microBatch:number",
    );
    if (!given.recompute && given.microBatch === undefined) return memoryOf(this.#state, given);
    return import("./memory/passes.ts").then(({ savedMemory }) => savedMemory(this.#state, given));
  }

  /** The weights in layer order, which change with it. @throws AnygradError NOT_READY before `build` or `compile` */
  get variables(): readonly Variable[] {
    return ready(this.#state, "variables").parameters.all.map(({ value }) => value as Variable);
  }

  /** Those that training changes, for `optimizer.minimize`. @throws AnygradError NOT_READY before `build` or `compile` */
  get trainableVariables(): readonly Variable[] {
    return ready(this.#state, "variables").parameters.trainable.map(({ value }) => value as Variable);
  }

  /** One line in a console, in place of a tree of private parts. */
  override toString(): string {
    if (!this.#state.network) return `Model "${this.name}": the shape of an example is not known yet`;
    const { parameters } = this;
    const [from, to] = [shownInput(this.#state.graph), shownOutput(this.#state.graph)].map(formatShape);
    const state = this.#state.compiled ? "compiled" : "not compiled";
    return `Model "${this.name}": ${counted(this.layers.length, "layer")}, ${from} to ${to}, ${counted(parameters.total, "parameter")}, ${state}`;
  }
}

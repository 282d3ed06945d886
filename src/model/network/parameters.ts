/**
 * The weights of a model in an engine's memory. The trainable ones lie side by side, but for those that its layers have from
 * another model, and so do their gradients: an optimizer updates what lies side by side in one pass.
 */
import type { Engine } from "../../autograd/engine.ts";
import { AnygradError } from "../../errors.ts";
import { streamOf } from "../../math/streams.ts";
import { jointNorm } from "../../ops/jointNorm.ts";
import { formatShape, sameShape, sizeOf } from "../../tensor/shape.ts";
import { type Storage, type Tensor, Variable } from "../../tensor/tensor.ts";
import { type Graph, type NodeWeight, weightsOf } from "./graph.ts";
import { type Block, hold, letGo, ownedWeight } from "./owned.ts";

/** A weight by name, as `getWeights` gives and `setWeights` takes it. */
export interface NamedWeight {
  /** The layer's name and its own: "conv2d/kernel". */
  readonly name: string;
  /** Its shape. */
  readonly shape: readonly number[];
  /** Its numbers, row-major. */
  readonly data: Float32Array;
}

/** Which weights, by their names, will be written before anybody sees them. */
export type Awaited = (name: string) => boolean;

/** A weight in memory. */
export interface Parameter {
  /** What it is. */
  readonly spec: NodeWeight;
  /** Its numbers. */
  readonly value: Tensor;
}

/** All weights of a model. */
export class Parameters {
  /** In layer order. */
  readonly all: readonly Parameter[];
  /** Those that training changes. */
  readonly trainable: readonly Parameter[];
  /** Positions of the nodes with weights whose layers were frozen when the model was compiled. */
  readonly frozen: ReadonlySet<number>;
  /** All weights, in flat tensors over their memory: what is learned, and all else. */
  readonly flat: readonly (readonly Tensor[])[];
  readonly #engine: Engine;
  #gradients: ReturnType<typeof sideBySide> | undefined;

  /**
   * Takes the weights that its layers have, allocates the others and fills these from their initializers.
   * @param awaited which are not filled: they hold anything until they are written
   */
  constructor(engine: Engine, graph: Graph, seed: number, awaited?: Awaited) {
    const { allocator } = engine;
    const specs = weightsOf(graph);
    const values = new Map<NodeWeight, Tensor>();
    for (const spec of specs) {
      const known = ownedWeight(allocator, spec);
      if (known) values.set(spec, known);
    }
    const fresh = specs.filter((spec) => !values.has(spec));
    const blocks = new Map<NodeWeight, Block>();
    const groups = [true, false].map((learned) => {
      const group = fresh.filter((spec) => spec.trainable === learned);
      const { tensors, storage } = sideBySide(engine, group);
      const block = { storage, layers: 0 };
      for (const [spec, tensor] of tensors) {
        values.set(spec, tensor);
        blocks.set(spec, block);
      }
      return specs.flatMap((spec) => (spec.trainable === learned ? [values.get(spec)!] : []));
    });
    this.flat = groups.map(joined);
    this.#engine = engine;
    this.frozen = new Set(
      graph.nodes.flatMap(({ layer, weights }, i) => (layer.trainable || weights.length === 0 ? [] : [i])),
    );
    this.all = specs.map((spec) => ({ spec, value: values.get(spec)! }));
    this.trainable = this.all.filter(({ spec }) => spec.trainable);
    this.all.forEach(({ spec, value }, i) => {
      if (!blocks.has(spec) || awaited?.(spec.fullName)) return;
      engine.step(() => {
        spec.initializer.fill(value, { seed, stream: streamOf("initializer", i) });
      });
    });
    allocator.backend.arena.discard(); // drawing them may have taken more than a step does
    // last: nobody else may find weights that have no values
    const owned = new Map<object, NodeWeight[]>(specs.map(({ owner }) => [owner, []]));
    for (const spec of specs) owned.get(spec.owner)!.push(spec);
    for (const [owner, own] of owned) {
      const tensors = new Map(own.map((spec) => [spec.name, values.get(spec)!]));
      hold(allocator, owner, tensors, [...new Set(own.flatMap((spec) => blocks.get(spec) ?? []))]);
    }
  }

  /** Where the gradients of the trainable ones go. The first run takes memory for them: what only predicts has none. */
  get gradients(): readonly Tensor[] {
    this.#gradients ??= sideBySide(
      this.#engine,
      this.trainable.map(({ spec }) => spec),
    );
    return [...this.#gradients.tensors.values()];
  }

  /** Gives the memory back at once: nobody else holds it, and the garbage collector may be long in coming. */
  release(): void {
    const { allocator } = this.#engine;
    for (const owner of new Set(this.all.map(({ spec }) => spec.owner))) letGo(allocator, owner);
    if (this.#gradients) allocator.release(this.#gradients.storage);
  }

  /** Copies, in layer order. */
  read(): NamedWeight[] {
    return this.all.map(({ spec, value }) => ({
      name: spec.fullName,
      shape: [...spec.shape],
      data: Float32Array.from(value.view),
    }));
  }

  /** The joint norm of all weights, which none of them exceeds. Infinite for finite weights, too, that are larger than 1e19. */
  get norm(): number {
    return jointNorm(this.flat.flat());
  }

  /** The name of the first weights that hold NaN or an infinity; undefined where all are finite. */
  nonFinite(): string | undefined {
    if (Number.isFinite(this.norm)) return undefined;
    return this.all.find(({ value }) => !value.view.every(Number.isFinite))?.spec.fullName;
  }

  /** @throws AnygradError SHAPE_MISMATCH where number, names or sizes differ; nothing is written then */
  write(weights: readonly Pick<NamedWeight, "data" | "shape">[]): void {
    if (weights?.length !== this.all.length)
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `setWeights: got ${weights?.length} weights but the model has ${this.all.length} (${this.all.map(({ spec }) => spec.fullName).join(", ")})`,
      );
    this.all.forEach(({ spec, value }, i) => {
      const { data, shape } = weights[i]!;
      if (data.length !== value.size || (shape && !sameShape(shape, spec.shape)))
        throw new AnygradError(
          "SHAPE_MISMATCH",
          `setWeights: weight ${i} has the shape ${formatShape(shape ?? [data.length])} but ${spec.fullName} is ${formatShape(spec.shape)}`,
        );
    });
    this.all.forEach(({ value }, i) => {
      value.write(weights[i]!.data);
    });
  }
}

/** The tensors as flat ones, neighbours in memory as one. */
function joined(tensors: readonly Tensor[]): Tensor[] {
  const runs: { first: Tensor; size: number }[] = [];
  for (const tensor of tensors) {
    const last = runs.at(-1);
    if (last?.first.shares(tensor) && last.first.pointer + 4 * last.size === tensor.pointer)
      last.size += tensor.size;
    else runs.push({ first: tensor, size: tensor.size });
  }
  return runs.map(({ first, size }) => first.reshaped([size]));
}

/** One piece of memory, cut into a tensor per weight. */
function sideBySide(
  { allocator }: Engine,
  specs: readonly NodeWeight[],
): { storage: Storage; tensors: Map<NodeWeight, Tensor> } {
  const size = specs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const storage = allocator.storage(4 * size);
  let offset = 0;
  const tensors = new Map(
    specs.map((spec) => {
      const tensor = new Variable(allocator, storage, offset, spec.shape, "float32");
      offset += 4 * tensor.size;
      return [spec, tensor];
    }),
  );
  return { storage, tensors };
}

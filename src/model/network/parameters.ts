/**
 * The weights of a model in an engine's memory. The trainable ones lie side by side, and so do their gradients:
 * an optimizer updates them in one pass.
 */
import type { Engine } from "../../autograd/engine.ts";
import { AnygradError } from "../../errors.ts";
import { streamOf } from "../../math/streams.ts";
import { formatShape, sameShape, sizeOf } from "../../tensor/shape.ts";
import { type Storage, type Tensor, Variable } from "../../tensor/tensor.ts";
import { type Graph, type NodeWeight, weightsOf } from "./graph.ts";

/** A weight by name, as `getWeights` gives and `setWeights` takes it. */
export interface NamedWeight {
  /** The layer's name and its own: "conv2d/kernel". */
  readonly name: string;
  /** Its shape. */
  readonly shape: readonly number[];
  /** Its numbers, row-major. */
  readonly data: Float32Array;
}

/** A weight in memory. */
export interface Parameter {
  /** What it is. */
  readonly spec: NodeWeight;
  /** Its numbers. */
  readonly value: Tensor;
  /** Where its gradient goes; undefined where it has none. */
  readonly gradient: Tensor | undefined;
}

/** A weight that training changes. */
export interface TrainableParameter extends Parameter {
  readonly gradient: Tensor;
}

/** All weights of a model. */
export class Parameters {
  /** In layer order. */
  readonly all: readonly Parameter[];
  /** Those that training changes, with their gradients. */
  readonly trainable: readonly TrainableParameter[];
  /** Positions of the nodes with weights whose layers were frozen when the model was compiled. */
  readonly frozen: ReadonlySet<number>;
  /** All weights as two flat tensors over their memory: what is learned, and all else. */
  readonly flat: readonly Tensor[];
  readonly #storages: readonly Storage[];

  /** Allocates the weights and fills them from their initializers. */
  constructor(engine: Engine, graph: Graph, seed: number) {
    const specs = weightsOf(graph);
    const learned = sideBySide(
      engine,
      specs.filter((spec) => spec.trainable),
    );
    const fixed = sideBySide(
      engine,
      specs.filter((spec) => !spec.trainable),
    );
    const { tensors: gradients, storage } = sideBySide(engine, [...learned.tensors.keys()]);
    this.flat = [learned.whole, fixed.whole];
    this.#storages = [learned.storage, fixed.storage, storage];
    const values = new Map([...learned.tensors, ...fixed.tensors]);
    this.frozen = new Set(
      graph.nodes.flatMap(({ layer, weights }, i) => (layer.trainable || weights.length === 0 ? [] : [i])),
    );
    this.all = specs.map((spec) => ({ spec, value: values.get(spec)!, gradient: gradients.get(spec) }));
    this.trainable = this.all.flatMap((p) => (p.gradient ? [{ ...p, gradient: p.gradient }] : []));
    this.all.forEach(({ spec, value }, i) => {
      engine.step(() => {
        spec.initializer.fill(value, { seed, stream: streamOf("initializer", i) });
      });
    });
  }

  /** Gives the memory back at once: nobody else holds it, and the garbage collector may be long in coming. */
  release(): void {
    for (const storage of this.#storages) this.all[0]?.value.allocator.release(storage);
  }

  /** Copies, in layer order. */
  read(): NamedWeight[] {
    return this.all.map(({ spec, value }) => ({
      name: spec.fullName,
      shape: [...spec.shape],
      data: Float32Array.from(value.view),
    }));
  }

  /** The largest absolute value of all weights; NaN where one is NaN. */
  get largest(): number {
    return Math.max(...this.flat.map(largestOf));
  }

  /** The name of the first weights that hold NaN or an infinity; undefined where all are finite. */
  nonFinite(): string | undefined {
    if (Number.isFinite(this.largest)) return undefined;
    return this.all.find(({ value }) => !Number.isFinite(largestOf(value)))?.spec.fullName;
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

function largestOf({ view }: Tensor): number {
  let largest = 0;
  for (let i = 0; i < view.length; i++) {
    const size = Math.abs(view[i]!);
    if (size > largest) largest = size;
    else if (Number.isNaN(size)) return size;
  }
  return largest;
}

/** One piece of memory, cut into a tensor per weight. */
function sideBySide(
  { allocator }: Engine,
  specs: readonly NodeWeight[],
): { storage: Storage; whole: Tensor; tensors: Map<NodeWeight, Tensor> } {
  const size = specs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const storage = allocator.storage(4 * size);
  const whole = new Variable(allocator, storage, 0, [size], "float32");
  let offset = 0;
  const tensors = new Map(
    specs.map((spec) => {
      const tensor = new Variable(allocator, storage, offset, spec.shape, "float32");
      offset += 4 * tensor.size;
      return [spec, tensor];
    }),
  );
  return { storage, whole, tensors };
}

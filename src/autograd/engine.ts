/** The engine as users hold it: makes tensors and variables, and differentiates functions of them. */
import { type Backend, createBackend, type EngineInfo, type EngineOptions } from "../backend/backend.ts";
import { AnygradError } from "../errors.ts";
import { StepAllocator } from "../tensor/allocator.ts";
import { bytesPerElement, type DType } from "../tensor/dtype.ts";
import { formatShape, type Shape, sizeOf } from "../tensor/shape.ts";
import { type NestedNumbers, type Tensor, Variable } from "../tensor/tensor.ts";
import { Tape } from "./tape.ts";

/** Numbers for a tensor: nested arrays, or flat ones with a shape. */
export type TensorData = NestedNumbers | ArrayLike<number>;

/** The engine: makes tensors and variables in its wasm memory, and differentiates functions of them. */
export class Engine {
  /** @internal */
  readonly allocator: StepAllocator;

  /** @internal */
  constructor(backend: Backend) {
    this.allocator = new StepAllocator(backend);
  }

  /** What runs where, and how much memory it holds. */
  get info(): EngineInfo {
    return this.allocator.backend.info;
  }

  /**
   * A tensor of these numbers.
   * @param data nested arrays, a number, or flat numbers with `shape`
   * @param dtype default "float32"; "uint8" for a Uint8Array
   */
  tensor(data: TensorData, shape?: Shape, dtype?: DType): Tensor {
    const [values, found] = flatten(data, shape);
    checkType(dtype);
    const tensor = this.allocator.allocate(
      found,
      dtype ?? (data instanceof Uint8Array ? "uint8" : "float32"),
    );
    tensor.write(values);
    return tensor;
  }

  /** A tensor that outlives steps and can be assigned to. */
  variable(data: TensorData, shape?: Shape, dtype: DType = "float32"): Variable {
    checkType(dtype);
    const [values, found] = flatten(data, shape);
    const storage = this.allocator.storage(values.length * bytesPerElement[dtype]);
    const variable = new Variable(this.allocator, storage, 0, found, dtype);
    variable.write(values);
    return variable;
  }

  /** Runs `work`; the tensors that it makes are released together when it ends. */
  step<T>(work: () => T): T {
    return this.allocator.step(work);
  }

  /**
   * The value of a scalar function and its gradients with respect to the variables, in their order.
   * Whatever the function computes on the way is freed; the gradients stay.
   * @throws AnygradError SHAPE_MISMATCH where the function does not return a scalar, NO_GRADIENT
   * @example
   * ```js
   * import { createEngine, ops } from "anygrad";
   *
   * const engine = await createEngine();
   * const w = engine.variable([[1, 2], [3, 4]]);
   * const x = engine.tensor([[5, 6]]);
   * const { value, gradients } = engine.valueAndGrad(() => ops.mean(ops.square(ops.matmul(x, w))), [w]);
   * console.log(value, gradients[0].toArray()); // 842.5 [[115, 170], [138, 204]]
   * ```
   */
  valueAndGrad(
    compute: () => Tensor,
    variables: readonly Variable[],
  ): {
    /** What the function returned. */
    value: number;
    /** One for each variable, in its shape. */
    gradients: Variable[];
  } {
    const gradients = variables.map(
      (variable, i) =>
        new Variable(
          this.allocator,
          variables.indexOf(variable) === i
            ? this.allocator.successor(variable, variable.size * 4)
            : this.allocator.storage(variable.size * 4),
          0,
          variable.shape,
          variable.dtype,
        ),
    );
    const value = this.allocator.step(() => this.differentiate(compute, variables, gradients).item());
    return { value, gradients };
  }

  /** As `valueAndGrad`, within a step and into existing tensors: what a training loop needs. @returns the value, of this step @internal */
  differentiate(compute: () => Tensor, variables: readonly Tensor[], gradients: readonly Tensor[]): Tensor {
    const { allocator } = this;
    const outer = allocator.recorder;
    const tape = new Tape(variables);
    allocator.recorder = tape;
    let loss: Tensor;
    try {
      loss = compute();
    } finally {
      allocator.recorder = outer;
    }
    if (loss.size !== 1)
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `valueAndGrad: the function returned ${formatShape(loss.shape)} but a scalar is wanted; reduce it with ops.mean or ops.sum`,
      );
    tape.backward(loss, gradients);
    return loss;
  }

  /** Frees the memory; tensors of this engine cannot be used afterwards. */
  dispose(): void {
    this.allocator.dispose();
  }
}

/**
 * @throws AnygradError INVALID_ARGUMENT, UNSUPPORTED or MEMORY_LIMIT
 * @example
 * ```js
 * import { createEngine } from "anygrad";
 *
 * const engine = await createEngine({ threads: 1 });
 * console.log(engine.info.threads, engine.info.precision); // 1 strict
 * ```
 */
export async function createEngine(options: EngineOptions = {}): Promise<Engine> {
  return new Engine(await createBackend(options));
}

/** Flat values and their shape. */
function flatten(data: TensorData, shape: Shape | undefined): [ArrayLike<number>, Shape] {
  if (typeof data === "number") return [[data], shape ?? []];
  if (!Array.isArray(data)) return [data, checkSize(data.length, shape ?? [data.length])];
  const found: number[] = [];
  for (let level: NestedNumbers = data; Array.isArray(level); level = level[0]!) {
    found.push(level.length);
    if (level.length === 0) break;
  }
  const values: number[] = [];
  const walk = (level: NestedNumbers, axis: number): void => {
    if (typeof level === "number" && axis === found.length) values.push(level);
    else if (Array.isArray(level) && level.length === found[axis])
      for (const inner of level) walk(inner, axis + 1);
    else
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `tensor: the nested arrays are uneven: ${formatShape(found)} by the first elements, but not everywhere; make all rows equally long`,
      );
  };
  walk(data, 0);
  return [values, checkSize(values.length, shape ?? found)];
}

function checkSize(length: number, shape: Shape): Shape {
  if (!shape.every((n) => Number.isInteger(n) && n >= 0))
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `tensor: the shape ${formatShape(shape)} has sizes that are no whole numbers from 0; correct it`,
    );
  if (length !== sizeOf(shape))
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `tensor: ${length} numbers do not fill the shape ${formatShape(shape)}, which wants ${sizeOf(shape)}`,
    );
  return shape;
}

function checkType(dtype: DType | undefined): void {
  if (dtype === undefined || dtype in bytesPerElement) return;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `tensor: dtype is ${JSON.stringify(dtype)}; pass one of ${Object.keys(bytesPerElement).join(", ")}`,
  );
}

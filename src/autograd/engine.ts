/** The engine that users hold: makes tensors and variables, and differentiates functions of them. */
import { type Backend, createBackend, type EngineInfo, type EngineOptions } from "../backend/backend.ts";
import { AnygradError, quote } from "../errors.ts";
import { formatBytes } from "../math/bytes.ts";
import { counted, Printable } from "../math/inspect.ts";
import { unknownName } from "../math/options.ts";
import { StepAllocator } from "../tensor/allocator.ts";
import { bytesPerElement, type DType } from "../tensor/dtype.ts";
import { formatShape, type Shape, sizeOf } from "../tensor/shape.ts";
import { checkNumbers, type NestedNumbers, Tensor, Variable } from "../tensor/tensor.ts";
import { Tape } from "./tape.ts";

/**
 * Numbers for a tensor: one number for a scalar; nested arrays, whose nesting is the shape; or a flat or typed array of all
 * elements, row-major, with the shape as the next argument.
 */
export type TensorData = NestedNumbers | ArrayLike<number>;

/**
 * Kernels, their memory and their threads: what tensors live in. `createEngine` makes one; tensors of two engines cannot meet
 * in one op. Threads end when they have had no work for some seconds, and with an engine that nobody holds; `dispose` ends them at once.
 */
export class Engine extends Printable {
  /** @internal */
  readonly allocator: StepAllocator;

  /** @internal */
  constructor(backend: Backend) {
    super();
    this.allocator = new StepAllocator(backend);
    this.allocator.engine = this;
  }

  /** What the engine runs on and how much memory it holds, as of now. */
  get info(): EngineInfo {
    return this.allocator.backend.info;
  }

  /**
   * A tensor of these numbers. Within `step` or `valueAndGrad` it is released at the end; else the garbage collector frees
   * it.
   * @param data a number, nested arrays, or a typed array of the elements, row-major
   * @param shape default: that of the nested arrays, [length] for a typed array and [] for a number
   * @param dtype default: "uint8" for a Uint8Array, else "float32"
   * @throws AnygradError SHAPE_MISMATCH where the numbers do not fill the shape or nested arrays are uneven,
   *   INVALID_ARGUMENT for what is no number and for another dtype, MEMORY_LIMIT
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

  /**
   * A tensor that outlives steps, can be assigned to and be differentiated by, such as a weight.
   * @param data a number, nested arrays, or a typed array of the elements, row-major
   * @param shape default: that of the nested arrays, [length] for a typed array and [] for a number
   * @param dtype default "float32", the one type that has gradients
   * @throws AnygradError SHAPE_MISMATCH where the numbers do not fill the shape or nested arrays are uneven,
   *   INVALID_ARGUMENT for what is no number and for another dtype, MEMORY_LIMIT
   * @example
   * ```js
   * import { createEngine, ops } from "anygrad";
   *
   * const engine = await createEngine();
   * const w = engine.variable([3, -1]);
   * for (let step = 0; step < 50; step++) {
   *   const { gradients } = engine.valueAndGrad(() => ops.sum(ops.square(w)), [w]);
   *   w.assign(w.data.map((value, i) => value - 0.25 * gradients[0].data[i])); // gradient descent
   * }
   * console.log(ops.sum(ops.square(w)).item() < 1e-9); // true
   * ```
   */
  variable(data: TensorData, shape?: Shape, dtype: DType = "float32"): Variable {
    checkType(dtype);
    const [values, found] = flatten(data, shape);
    const storage = this.allocator.storage(values.length * bytesPerElement[dtype]);
    const variable = new Variable(this.allocator, storage, 0, found, dtype);
    variable.write(values);
    return variable;
  }

  /**
   * Runs `work` and returns its result. The tensors that it makes are released together when the outermost step ends: return
   * their values (`data`, `item()`, `toArray()`), not the tensors. `work` must not be asynchronous.
   * @throws AnygradError INVALID_ARGUMENT where it gives a promise, or is no function
   */
  step<T>(work: () => T): T {
    checkFunction("step", work);
    return this.allocator.step(() => checkSync("step", work()));
  }

  /**
   * The value of a function and its gradients with respect to variables, by reverse-mode differentiation. What the function
   * computes on the way is released; value and gradients stay.
   * @param compute builds a tensor of one element from the variables with ops; it must not be asynchronous
   * @param variables float32; one that the value does not depend on has a gradient of zeros
   * @throws AnygradError SHAPE_MISMATCH where the function does not return one element; INVALID_ARGUMENT where it is no function or returns no
   *   tensor, for what are no variables of this engine, and where the function assigns to what an op has read; NO_GRADIENT
   *   where it depends on none of the variables, or through an op that has no gradient
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
    variables: readonly Tensor[],
  ): {
    /** What the function returned, as a number. */
    value: number;
    /** The gradients in the order of the variables, each in the shape of its variable. */
    gradients: Variable[];
  } {
    checkFunction("valueAndGrad", compute);
    checkVariables(variables, this.allocator);
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

  /**
   * `valueAndGrad` for training loops: it runs within a step of the caller and writes into existing tensors.
   * @param gradients tensors in the shapes of the variables, which are overwritten
   * @param keep what stays, beside the value, of all that the function has made: pass it where nothing else is read afterwards,
   *   and memory is freed as soon as it is needed no more. Default: all stays until the step ends
   * @param tape of these variables, within what is recorded already. Default: one that keeps all values until their gradients are done
   * @returns the value, a tensor of the running step
   * @internal
   */
  differentiate(
    compute: () => Tensor,
    variables: readonly Tensor[],
    gradients: readonly Tensor[],
    keep?: () => readonly Tensor[],
    tape: Tape = new Tape(variables, this.allocator.recorder),
  ): Tensor {
    const { allocator } = this;
    const outer = allocator.recorder;
    allocator.recorder = tape;
    let loss: Tensor;
    try {
      loss = compute();
    } finally {
      allocator.recorder = outer;
    }
    checkSync("valueAndGrad", loss);
    if (!(loss instanceof Tensor))
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `valueAndGrad: the function returned ${quote(loss)} but a tensor is wanted; compute it from the variables with ops`,
      );
    if (loss.size !== 1)
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `valueAndGrad: the function returned ${formatShape(loss.shape)} but a scalar is wanted; reduce it with ops.mean or ops.sum`,
      );
    const within = outer?.tracks(loss) ? outer : undefined;
    if (within && allocator.differentiableBackward && tape.owns(loss)) {
      allocator.differentiableBackward(within, tape, loss, gradients);
      return loss;
    }
    tape.backward(loss, gradients, keep && [loss, ...keep()]);
    const backward =
      "valueAndGrad: gradients of gradients were not loaded; pass secondDerivatives: true to createEngine";
    if (within)
      for (const output of gradients)
        within.record({ name: "valueAndGrad", output, inputs: [loss], backward });
    return loss;
  }

  /** One line in a console. */
  override toString(): string {
    const { runtime, variant, precision, threads, memoryBytes } = this.info;
    return `Engine: ${variant} kernels in ${runtime}, ${precision}, ${counted(threads, "thread")}, ${formatBytes(memoryBytes)}`;
  }

  /** Ends the threads and releases the memory. Tensors of this engine throw NOT_READY when they are used afterwards. */
  dispose(): void {
    this.allocator.dispose();
  }
}

/** Makes an engine without gradients of gradients; src/engine/createEngine.ts adds those. */
export async function createEngine(options: EngineOptions = {}, convolves = true): Promise<Engine> {
  return new Engine(await createBackend(options, convolves));
}

/** @throws AnygradError INVALID_ARGUMENT for what is no function, such as what a function has given */
function checkFunction(subject: string, work: unknown): void {
  if (typeof work !== "function")
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject}: got ${quote(work)} where a function is wanted; pass () => …, which computes with ops`,
    );
}

/** The result of a function whose tensors end with it. @throws AnygradError INVALID_ARGUMENT for a promise */
function checkSync<T>(subject: string, result: T): T {
  const { then } = Object(result) as Partial<Promise<unknown>>;
  if (typeof then !== "function") return result;
  then.call(result, undefined, () => {}); // what it fails by later, for want of the tensors, is not news
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${subject}: the function is asynchronous, but its tensors end when it returns; wait for what it needs before`,
  );
}

/** Requires float32 tensors of one allocator. @throws AnygradError INVALID_ARGUMENT, RELEASED */
function checkVariables(variables: readonly Tensor[], allocator: StepAllocator): void {
  const isList = Array.isArray(variables);
  for (const each of isList ? variables : [variables]) {
    if (!isList || each?.allocator !== allocator || each.dtype !== "float32")
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `valueAndGrad: got ${each?.dtype ?? quote(each)} for a variable; pass a list of float32 variables of this engine`,
      );
    void each.pointer; // throws where it was released
  }
}

/** The numbers row-major, and their shape. @throws AnygradError SHAPE_MISMATCH */
function flatten(data: TensorData, shape: Shape | undefined): [ArrayLike<number>, Shape] {
  if (typeof data === "number") return [[data], shape ?? []];
  if (!Array.isArray(data)) {
    checkNumbers(data);
    return [data, checkSize(data.length, shape ?? [data.length])];
  }
  const found: number[] = [];
  for (let level: NestedNumbers = data; Array.isArray(level); level = level[0]!) {
    found.push(level.length);
    if (level.length === 0) break;
  }
  const values: number[] = [];
  const walk = (level: NestedNumbers, axis: number): void => {
    if (!Array.isArray(level) && axis === found.length) values.push(level);
    else if (Array.isArray(level) && level.length === found[axis])
      for (const inner of level) walk(inner, axis + 1);
    else
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `tensor: the nested arrays are uneven: ${formatShape(found)} by the first elements, but not everywhere; make all rows equally long`,
      );
  };
  walk(data, 0);
  checkNumbers(values);
  return [values, checkSize(values.length, shape ?? found)];
}

/** The shape, where `length` numbers fill it. @throws AnygradError SHAPE_MISMATCH */
function checkSize(length: number, shape: Shape): Shape {
  if (typeof shape.every !== "function" || !shape.every((n) => Number.isInteger(n) && n >= 0))
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `tensor: the shape is ${quote(shape)}; pass a list of whole numbers from 0, a size for each axis`,
    );
  if (length !== sizeOf(shape))
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `tensor: ${length} numbers do not fill the shape ${formatShape(shape)}, which wants ${sizeOf(shape)}`,
    );
  return shape;
}

/** Requires one of the three element types. @throws AnygradError INVALID_ARGUMENT */
function checkType(dtype: DType | undefined): void {
  if (dtype !== undefined && !(dtype in bytesPerElement))
    throw unknownName("tensor: dtype", dtype, Object.keys(bytesPerElement));
}

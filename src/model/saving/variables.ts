/** Variables of a loop of one's own, with the optimizers that change them, as the bytes of a file. */
import { AnygradError, quote } from "../../errors.ts";
import type { NamedArray } from "../../io/arrays.ts";
import { defaultFormat, formatOf } from "../../io/formats.ts";
import { isObject, parseJson } from "../../io/json.ts";
import { type ByteSource, bytesOf } from "../../io/source.ts";
import { strictOptions } from "../../math/options.ts";
import type { Optimizer } from "../../optimizers/index.ts";
import { formatShape, sameShape } from "../../tensor/shape.ts";
import type { Variable } from "../../tensor/tensor.ts";

/** Variables by the names that a file has for them. */
export type NamedVariables = Readonly<Record<string, Variable>>;
/** Optimizers by the names that a file has for them. */
export type NamedOptimizers = Readonly<Record<string, Optimizer>>;

/** @throws AnygradError INVALID_ARGUMENT for what is no object of variables, or of optimizers, by their names */
function checkNamed(subject: string, variables: NamedVariables, optimizers: NamedOptimizers): void {
  const check = (given: object, what: string, example: string, method: string): void => {
    const values =
      Object.prototype.toString.call(given) === "[object Object]" ? Object.values(given) : [given];
    if (values.every((value) => typeof value?.[method] === "function")) return;
    throw wrong(subject, `got ${quote(given)} for ${what}; pass them by their names, such as ${example}`);
  };
  check(variables, "variables", "{ kernel }", "assign");
  check(optimizers, "optimizers", "{ adam }", "stateOf");
}

interface SavedState {
  readonly type: string;
  readonly step: number;
  /** Names of its variables, in its order. */
  readonly variables: readonly string[];
}

const slotName = (optimizer: string, slot: string): string => `optimizer//${optimizer}//${slot}`;

/**
 * Variables, and what optimizers know of them, as bytes (safetensors).
 * @param optimizers those that minimise by these variables; their steps go on after `loadVariables` with the same bits
 * @throws AnygradError INVALID_ARGUMENT where an optimizer changes a variable that is not among them
 * @example
 * ```js
 * import { createEngine, loadVariables, ops, optimizers, saveVariables } from "anygrad";
 *
 * const engine = await createEngine();
 * const w = engine.variable([3, -1]);
 * const adam = optimizers.adam({ learningRate: 0.1 });
 * adam.minimize(() => ops.sum(ops.square(w)), [w]);
 * const bytes = await saveVariables({ w }, { adam });
 *
 * const again = engine.variable([0, 0]);
 * await loadVariables(bytes, { w: again }, { adam: optimizers.adam({ learningRate: 0.1 }) });
 * console.log(again.toArray().join() === w.toArray().join()); // true
 * ```
 */
export async function saveVariables(
  variables: NamedVariables,
  optimizers: NamedOptimizers = {},
): Promise<Uint8Array<ArrayBuffer>> {
  checkNamed("saveVariables", variables, optimizers);
  const names = new Map(Object.entries(variables).map(([name, variable]) => [variable as object, name]));
  const tensors: NamedArray[] = Object.entries(variables).map(([name, { shape, view }]) => ({
    name,
    shape: [...shape],
    data: Float32Array.from(view),
  }));
  const states: Record<string, SavedState> = {};
  for (const [name, optimizer] of Object.entries(optimizers)) {
    const state = optimizer.stateOf();
    if (!state) continue; // it has done nothing yet
    states[name] = {
      type: optimizer.type,
      step: state.step,
      variables: state.weights.map((weight, i) => {
        const found = names.get(weight);
        if (found !== undefined) return found;
        throw wrong(
          "saveVariables",
          `${name} changes a variable, number ${i}, that was not given; pass all of its variables`,
        );
      }),
    };
    state.slots.forEach((slot, i) => {
      const data = Float32Array.from(slot.view);
      tensors.push({ name: slotName(name, optimizer.slots[i]!), shape: [data.length], data });
    });
  }
  const metadata = { format: "anygrad variables", optimizers: JSON.stringify(states) };
  return (await defaultFormat()).write({ tensors, metadata });
}

/** Options of {@link loadVariables}. */
export interface LoadVariablesOptions {
  /** The most bytes that the file may have; the default is large, for a server should be less. Default 2³¹. */
  readonly maxBytes?: number;
}

/**
 * Writes what `saveVariables` gave into variables of the same names and shapes, and into optimizers that have not begun.
 * @throws AnygradError DATA_FORMAT for other bytes, SHAPE_MISMATCH and INVALID_ARGUMENT for variables and optimizers that are not
 *   those of the file; nothing is written then
 */
export async function loadVariables(
  bytes: ByteSource | PromiseLike<ByteSource>,
  variables: NamedVariables,
  optimizers: NamedOptimizers = {},
  options?: LoadVariablesOptions,
): Promise<void> {
  const subject = "loadVariables";
  const { maxBytes } = strictOptions(subject, options, "maxBytes:number");
  const file = await bytesOf(bytes, subject, "pass those that saveVariables gave", maxBytes);
  checkNamed(subject, variables, optimizers);
  const { tensors, metadata } = (await formatOf(file)).read(file);
  if (metadata.format !== "anygrad variables" || metadata.optimizers === undefined)
    throw new AnygradError(
      "DATA_FORMAT",
      `${subject}: the file holds no variables; pass bytes that saveVariables gave`,
    );
  const arrays = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const take = (name: string, shape: readonly number[]): NamedArray => {
    const array = arrays.get(name);
    if (!array)
      throw wrong(
        subject,
        `the file has no ${quote(name)}; there are ${[...arrays.keys()].join(", ").slice(0, 200)}`,
      );
    if (sameShape(array.shape, shape)) return array;
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${subject}: ${name} is ${formatShape(shape)} but ${formatShape(array.shape)} in the file; make them equal`,
    );
  };
  const writes = Object.entries(variables).map(([name, variable]) => ({
    variable,
    data: take(name, variable.shape).data,
  }));
  const states = checkStates(subject, parseJson(subject, "the optimizers' description", metadata.optimizers));
  const starts = Object.entries(optimizers).flatMap(([name, optimizer]) => {
    const saved = Object.hasOwn(states, name) ? states[name]! : undefined;
    if (!saved) return [];
    if (saved.type !== optimizer.type)
      throw wrong(subject, `${name} is ${optimizer.type} but ${saved.type} in the file; make it as it was`);
    const own = saved.variables.map((each) => {
      if (Object.hasOwn(variables, each)) return variables[each]!;
      throw wrong(subject, `${name} changes ${quote(each)}, which was not given; pass all of its variables`);
    });
    const size = own.reduce((sum, variable) => sum + variable.size, 0);
    const slots = optimizer.slots.map((slot) => take(slotName(name, slot), [size]).data);
    if (optimizer.stateOf()) throw wrong(subject, `${name} has done steps already; pass a new one`);
    return [{ optimizer, own, slots, step: saved.step }];
  });
  for (const { variable, data } of writes) variable.assign(data);
  for (const { optimizer, own, slots, step } of starts) {
    const state = optimizer.stateOf(own)!;
    state.step = step;
    state.slots.forEach((slot, i) => {
      slot.write(slots[i]!);
    });
  }
}

/** @throws AnygradError DATA_FORMAT for what is no record of them: what comes from a file may be anything */
function checkStates(subject: string, states: unknown): Readonly<Record<string, SavedState>> {
  const sound =
    isObject(states) &&
    Object.values(states).every(
      (state) =>
        isObject(state) &&
        typeof state.type === "string" &&
        Array.isArray(state.variables) &&
        state.variables.every((name) => typeof name === "string") &&
        Number.isSafeInteger(state.step) &&
        (state.step as number) >= 0,
    );
  if (sound) return states as unknown as Readonly<Record<string, SavedState>>;
  throw new AnygradError("DATA_FORMAT", `${subject}: the optimizers' description is damaged; save it again`);
}

const wrong = (subject: string, fault: string): AnygradError =>
  new AnygradError("INVALID_ARGUMENT", `${subject}: ${fault}`);

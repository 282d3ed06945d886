/**
 * What one row of the case table is, and how its numbers are drawn.
 * A row is data: an op, its inputs and attributes, and the float64 twin that knows the answer. Agreement of the
 * variants, finite differences and benchmarks all read the same rows, so nothing here knows a test runner or an engine.
 */
import { type Array64, array64, sizeOf } from "../reference/array64.ts";

export interface Input {
  readonly shape: readonly number[];
  /** "float32" unless said otherwise. Only float32 inputs have gradients. */
  readonly dtype?: "float32" | "int32" | "uint8";
  /** Half-open range of the uniform numbers; [−1, 1) by default. Integers are rounded down. */
  readonly range?: readonly [low: number, high: number];
  /** These values, repeated to fill the shape, instead of uniform ones. */
  readonly values?: readonly number[];
  /** Evenly spaced and shuffled, so that no two are nearly equal: for ops that choose between elements. */
  readonly distinct?: boolean;
  /** False where no gradient is asked for; true by default for float32. */
  readonly gradient?: boolean;
}

/** A tensor to draw, a plain number, or an argument left out. */
export type Argument = Input | number | null;

export interface Case {
  /** The name that src/ops exports. */
  readonly op: string;
  /** Unique in the table; made from the shapes and attributes. */
  readonly name: string;
  readonly inputs: readonly Argument[];
  /** The op takes the engine first; false by default. */
  readonly onEngine?: boolean;
  /** The op takes its inputs as a list; false by default. */
  readonly listed?: boolean;
  /** What the op takes before its inputs; nothing by default. */
  readonly leading?: readonly unknown[];
  /** Which of several outputs the row is about, as they are listed or named; the op gives one by default. */
  readonly output?: number | string;
  /** What the op takes behind its inputs and before the attributes; nothing by default. */
  readonly arguments?: readonly unknown[];
  /** The op's last argument; not passed where undefined. */
  readonly attributes?: unknown;
  readonly reference: (inputs: Array64[]) => Array64;
  /** The gradient of each input, in order; absent where the op has none. */
  readonly referenceBackward?: (dy: Array64, inputs: Array64[]) => (Array64 | null)[];
  /** Largest error allowed, relative to the array's largest value. 0 demands the same numbers. */
  readonly tolerance: number;
  /** Compare each element of the forward pass relative to itself: for rows that mix 1e38 with 1. */
  readonly elementwise: boolean;
  /** Whether finite differences hold: false at kinks, ties and values that are not finite. */
  readonly smooth: boolean;
}

type Defaulted = "name" | "tolerance" | "elementwise" | "smooth";
export type Row = Omit<Case, Defaulted> & Partial<Case> & { readonly note?: string };

/** Completes a row: its name tells shapes, attributes and the note. */
export function row({ note, ...given }: Row): Case {
  const shapes = given.inputs.map((input) => (isInput(input) ? `[${input.shape}]` : String(input)));
  const attributes = [
    ...(given.leading ?? []),
    ...(given.arguments ?? []),
    ...(given.attributes === undefined ? [] : [given.attributes]),
  ]
    .map((argument) => ` ${JSON.stringify(argument)}`)
    .join("");
  const output = given.output === undefined ? "" : `: ${given.output}`;
  const name = `${given.op} ${shapes.join(" ")}${attributes}${output}${note ? `, ${note}` : ""}`;
  return { name, tolerance: 1e-5, elementwise: false, smooth: true, ...given };
}

export function isInput(argument: Argument): argument is Input {
  return typeof argument === "object" && argument !== null;
}

export function hasGradient(argument: Argument): argument is Input {
  return isInput(argument) && (argument.dtype ?? "float32") === "float32" && argument.gradient !== false;
}

/** How many numbers the inputs hold. */
export function sizeOfInputs({ inputs }: Case): number {
  return inputs.reduce<number>((sum, input) => sum + (isInput(input) ? sizeOf(input.shape) : 0), 0);
}

/** Uniform numbers in [0, 1), the same on every machine: mulberry32, integers only. */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b_79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** FNV-1a, so that each row draws its own numbers wherever it stands in the table. */
function hash(text: string): number {
  let value = 0x811c_9dc5;
  for (const letter of text) value = Math.imul(value ^ letter.charCodeAt(0), 0x0100_0193);
  return value;
}

/** The numbers of one input, as its dtype holds them. */
function draw(input: Input, next: () => number): Float64Array {
  const { shape, dtype = "float32", range = [-1, 1], values, distinct } = input;
  const [low, high] = range;
  const size = sizeOf(shape);
  const numbers = new Float64Array(size);
  for (let i = 0; i < size; i++)
    if (values) numbers[i] = values[i % values.length]!;
    else numbers[i] = low + (high - low) * (distinct ? (i + 0.5) / size : next());
  if (distinct)
    for (let i = size - 1; i > 0; i--) {
      const j = Math.floor(next() * (i + 1));
      const number = numbers[i]!;
      numbers[i] = numbers[j]!;
      numbers[j] = number;
    }
  const hold = dtype === "float32" ? Math.fround : Math.floor;
  for (let i = 0; i < size; i++) numbers[i] = hold(numbers[i]!);
  return numbers;
}

/** The arguments of a row as float64 arrays whose numbers float32 holds exactly. A plain number has the shape []. */
export function drawInputs({ name, inputs }: Case): (Array64 | null)[] {
  return inputs.map((argument, i) => {
    if (argument === null) return null;
    if (typeof argument === "number") return array64([], [Math.fround(argument)]);
    return array64(argument.shape, draw(argument, uniform(hash(`${name}/${i}`))));
  });
}

/** The gradient that comes from above: uniform in [−1, 1). */
export function drawUpstream({ name }: Case, shape: readonly number[]): Array64 {
  return array64(shape, draw({ shape }, uniform(hash(`${name}/dy`))));
}

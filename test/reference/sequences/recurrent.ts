/** The recurrent layers and embeddings, one sequence and one number after the other. */
import { type Array64, array64, zerosLike } from "../array64.ts";

export interface RecurrentTwinAttributes {
  readonly activation?: "tanh" | "relu" | "sigmoid" | "linear";
  readonly recurrentActivation?: "tanh" | "sigmoid";
  readonly goBackwards?: boolean;
  readonly flipped?: boolean;
  readonly returnSequences?: boolean;
  readonly returnState?: boolean;
  readonly resetAfter?: boolean;
}

type Cell = "simpleRNN" | "lstm" | "gru";

const curves = {
  tanh: [Math.tanh, (y: number) => 1 - y * y],
  sigmoid: [(x: number) => 1 / (1 + Math.exp(-x)), (y: number) => y * (1 - y)],
  relu: [(x: number) => Math.max(x, 0), (y: number) => (y > 0 ? 1 : 0)],
  linear: [(x: number) => x, () => 1],
} as const;

/** A number with what it came from, for the gradient: the network of a sequence is small enough for it. */
class Value {
  readonly value: number;
  readonly from: readonly (readonly [Value, number])[];
  slope = 0;

  constructor(value: number, from: readonly (readonly [Value, number])[] = []) {
    this.value = value;
    this.from = from;
  }
}

const sum = (terms: readonly Value[]): Value =>
  new Value(
    terms.reduce((total, { value }) => total + value, 0),
    terms.map((term) => [term, 1] as const),
  );
const product = (a: Value, b: Value): Value =>
  new Value(a.value * b.value, [
    [a, b.value],
    [b, a.value],
  ]);
const complement = (a: Value): Value => new Value(1 - a.value, [[a, -1]]);
const curved = (a: Value, name: keyof typeof curves): Value => {
  const [curve, slope] = curves[name];
  const y = curve(a.value);
  return new Value(y, [[a, slope(y)]]);
};

/** The values of an output, and those of the inputs. */
function build(cell: Cell, given: readonly (Array64 | undefined)[], attributes: RecurrentTwinAttributes) {
  const { activation = "tanh", recurrentActivation = "sigmoid", resetAfter = true } = attributes;
  const leaves = given.map((array) => array && Array.from(array.data, (value) => new Value(value)));
  const [x, kernel, recurrent, bias] = leaves as [Value[], Value[], Value[], Value[] | undefined];
  const [n, steps, features] = given[0]!.shape as [number, number, number];
  const units = given[2]!.shape[0]!;
  const columns = given[1]!.shape[1]!;
  const outputs: Value[] = [];
  const made: Value[] = [];
  const note = (value: Value): Value => {
    made.push(value);
    return value;
  };
  const times = (row: readonly Value[], matrix: readonly Value[], column: number): Value =>
    note(sum(row.map((each, k) => note(product(each, matrix[k * columns + column]!)))));
  for (let i = 0; i < n; i++) {
    let h = Array.from({ length: units }, () => new Value(0));
    let c = h;
    const all: Value[][] = [];
    for (let step = 0; step < steps; step++) {
      const t = attributes.goBackwards ? steps - 1 - step : step;
      const row = x.slice((i * steps + t) * features, (i * steps + t + 1) * features);
      const [before, memory] = [h, c];
      const input = (column: number): Value =>
        note(sum([times(row, kernel, column), ...(bias ? [bias[column]!] : [])]));
      const gate = (column: number, name: keyof typeof curves): Value =>
        note(curved(note(sum([input(column), times(before, recurrent, column)])), name));
      const inner = (column: number): Value =>
        note(sum([times(before, recurrent, column), ...(bias ? [bias[columns + column]!] : [])]));
      if (cell === "simpleRNN") h = h.map((_, j) => gate(j, activation));
      else if (cell === "lstm") {
        c = memory.map((old, j) =>
          note(
            sum([
              note(product(gate(units + j, recurrentActivation), old)),
              note(product(gate(j, recurrentActivation), gate(2 * units + j, activation))),
            ]),
          ),
        );
        h = c.map((each, j) =>
          note(product(gate(3 * units + j, recurrentActivation), note(curved(each, activation)))),
        );
      } else {
        const gated = (column: number): Value =>
          resetAfter
            ? note(curved(note(sum([input(column), inner(column)])), recurrentActivation))
            : gate(column, recurrentActivation);
        const resets = before.map((_, j) => gated(units + j));
        const kept = before.map((old, j) => note(product(resets[j]!, old)));
        h = before.map((old, j) => {
          const z = gated(j);
          const column = 2 * units + j;
          const through = resetAfter
            ? note(product(resets[j]!, inner(column)))
            : times(kept, recurrent, column);
          const g = note(curved(note(sum([input(column), through])), activation));
          return note(sum([note(product(z, old)), note(product(note(complement(z)), g))]));
        });
      }
      all.push(h);
    }
    if (attributes.flipped) all.reverse();
    const rows = attributes.returnSequences ? all : [h];
    const states = cell === "lstm" ? [h, c] : [h];
    outputs.push(...[...rows, ...(attributes.returnState ? states : [])].flat());
  }
  return { outputs, made, leaves, shape: [n, outputs.length / n / units, units] };
}

/** The output; its numbers are in float64. */
export function recurrent(
  cell: Cell,
  inputs: readonly (Array64 | undefined)[],
  attributes: RecurrentTwinAttributes = {},
): Array64 {
  const { outputs, shape } = build(cell, inputs, attributes);
  return array64(
    shape,
    outputs.map(({ value }) => value),
  );
}

/** The gradient of each input, backwards through all that was made, in its order. */
export function recurrentBackward(
  cell: Cell,
  dy: Array64,
  inputs: readonly (Array64 | undefined)[],
  attributes: RecurrentTwinAttributes = {},
): Array64[] {
  const { outputs, made, leaves } = build(cell, inputs, attributes);
  outputs.forEach((output, i) => {
    output.slope += dy.data[i]!;
  });
  for (const { slope, from } of made.reverse())
    for (const [source, factor] of from) source.slope += slope * factor;
  return inputs.flatMap((input, i) =>
    input
      ? [
          array64(
            input.shape,
            leaves[i]!.map(({ slope }) => slope),
          ),
        ]
      : [],
  );
}

/** table[ids], ids being floats. */
export function embedding(ids: Array64, table: Array64): Array64 {
  const columns = table.shape[1]!;
  const rows = Array.from(ids.data, (id) => {
    const row = Math.floor(id);
    return [...table.data.subarray(row * columns, (row + 1) * columns)];
  });
  return array64([...ids.shape, columns], rows.flat());
}

/** A row taken twice receives both gradients. */
export function embeddingBackward(dy: Array64, ids: Array64, table: Array64): Array64 {
  const columns = table.shape[1]!;
  const dtable = zerosLike(table);
  ids.data.forEach((id, r) => {
    for (let c = 0; c < columns; c++) dtable.data[Math.floor(id) * columns + c]! += dy.data[r * columns + c]!;
  });
  return dtable;
}

/** The runs that a network is traced by: each of another number of examples or, where the model takes any, of other lengths. */
import { AnygradError } from "../../../errors.ts";
import { graphAt } from "../../../model/lengths/network.ts";
import { type Graph, isOpen } from "../../../model/network/graph.ts";
import { OpenSize } from "./sizes.ts";

/** A network at some lengths, and how many examples it gets. */
export interface PlannedRun {
  readonly graph: Graph;
  readonly examples: number;
}

/** The runs, and the names of the sizes that a file leaves open. */
export interface Plan {
  readonly runs: readonly PlannedRun[];
  readonly names: ReadonlyMap<OpenSize, string>;
  /** The open sizes of each input, in the order of an example's axes. */
  readonly sizes: readonly (readonly (number | OpenSize)[])[];
}

/** The numbers of examples: the first two runs differ in that alone. */
export const batches = [2, 3, 3, 3] as const;

/** What lengths are multiples of, so that strides divide them: the first that all layers can work with. */
const scales = [24, 120, 840] as const;

/** Lengths in each run, in these units, of as many as can differ: no list follows from another. The last are odd where layers take that. */
const factors: readonly (readonly [number, number, number])[] = [
  [2, 3, 5],
  [3, 7, 2],
  [5, 2, 3],
  [4, 5, 7],
];

/** An open axis of an input. */
interface OpenAxis {
  readonly input: number;
  readonly axis: number;
}

/** @throws AnygradError UNSUPPORTED where the network cannot be traced at several lengths */
export function planned(graph: Graph): Plan {
  const batch = new OpenSize(isOpen(graph) ? batches : batches.slice(0, 2));
  if (!isOpen(graph))
    return {
      runs: batch.values.map((n) => ({ graph, examples: n })),
      names: new Map([[batch, "batch"]]),
      sizes: graph.inputs.map(({ shape }) => [batch, ...shape]),
    };
  const axes = graph.inputs.flatMap(({ shape, others }, input) =>
    shape.flatMap((n, axis) => (others && others[axis] !== n ? [{ input, axis }] : [])),
  );
  for (const groups of groupings(axes.length))
    for (const scale of scales)
      for (const odd of [1, 0]) {
        const lengths = lengthsOf(groups, scale, odd);
        const graphs = lengths && graphsAt(graph, axes, groups, lengths);
        if (!graphs) continue;
        return {
          runs: graphs.map((each, run) => ({ graph: each, examples: batches[run]! })),
          names: new Map([
            [batch, "batch"],
            ...lengths.map((size, i): [OpenSize, string] => [
              size,
              lengths.length === 1 ? "length" : `length_${i + 1}`,
            ]),
          ]),
          sizes: graph.inputs.map(({ shape }, input) => [
            batch,
            ...shape.map((n, axis) => {
              const at = axes.findIndex((each) => each.input === input && each.axis === axis);
              return at < 0 ? n : lengths[groups[at]!]!;
            }),
          ]),
        };
      }
  throw new AnygradError(
    "UNSUPPORTED",
    "saveOnnx: the network does not work at the lengths that it is traced by, up to some thousand; write it for one, by { length: 100 }",
  );
}

/** Ways to have open axes differ, by the group of each: first all apart, then some alike, at last all alike. */
function groupings(count: number): number[][] {
  const all: number[][] = [];
  const grow = (groups: readonly number[]): void => {
    if (groups.length === count) all.push([...groups]);
    else
      for (let group = 0; group <= Math.max(-1, ...groups) + 1 && group < factors.length; group++)
        grow([...groups, group]);
  };
  grow([]);
  return all.sort((a, b) => Math.max(...b) - Math.max(...a));
}

/** The lengths of each group. */
function lengthsOf(groups: readonly number[], scale: number, odd: number): OpenSize[] {
  return Array.from({ length: Math.max(...groups) + 1 }, (_, group) => {
    const [first, second, third] = factors[group]!;
    return new OpenSize([first * scale, first * scale, second * scale, third * scale + odd]);
  });
}

/** The network in each run; undefined where it does not work at these lengths. */
function graphsAt(
  graph: Graph,
  axes: readonly OpenAxis[],
  groups: readonly number[],
  lengths: readonly OpenSize[],
): Graph[] | undefined {
  const shapesIn = (run: number): number[][] =>
    graph.inputs.map(({ shape }, input) =>
      shape.map((n, axis) => {
        const at = axes.findIndex((each) => each.input === input && each.axis === axis);
        return at < 0 ? n : lengths[groups[at]!]!.values[run]!;
      }),
    );
  try {
    return batches.map((_, run) => graphAt("saveOnnx", graph, shapesIn(run)));
  } catch (error) {
    if (error instanceof AnygradError) return undefined;
    throw error;
  }
}

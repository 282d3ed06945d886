/** The table of layers that Keras prints; of a graph with what feeds each. */
import { type ExampleShape, openShape, sizeOf } from "../../tensor/shape.ts";
import { countParameters, type Graph, weightsOf } from "./graph.ts";

const heads = ["Layer (type)", "Output Shape", "Param #", "Connected to"] as const;
/** Characters of a column, at least. A graph's cells are wrapped, so that its four columns fill a terminal of 80. */
const chainWidths = [29, 22, 11];
const graphWidths = [21, 18, 7, 21];

export function summary(graph: Graph, name: string): string {
  const { nodes, inputs: entries } = graph;
  const isChain =
    entries.length === 1 &&
    graph.outputs.length === 1 &&
    nodes.every(({ inputs, first }, i) => inputs[0] === i - 1 && inputs.length === 1 && first === i);
  const columns = isChain ? chainWidths : graphWidths;
  const rows = nodes.flatMap(({ layer, name: layerName, outputShape, others, weights, first }, i) => {
    if (first < i) return [];
    const parameters = weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
    return [rowOf(layerName, layer.keras, openShape(outputShape, others), parameters, connections(graph, i))];
  });
  const named = entries.flatMap(({ name: entry, shape, others }) =>
    entry === undefined ? [] : [rowOf(entry, "InputLayer", openShape(shape, others), 0, "-")],
  );
  rows.unshift(...named);
  const table = [heads, ...rows];
  const widths = columns.map((width, i) => {
    const lines = table.flatMap((cells) => wrap(cells[i]!, isChain ? Infinity : width));
    return Math.max(width, ...lines.map(({ length }) => length));
  });
  /** @param strokes the left end, what fills, what stands between columns, the right end */
  const line = (strokes: string): string => {
    const [left, fill, middle, right] = strokes;
    return left + widths.map((width) => fill!.repeat(width + 2)).join(middle) + right;
  };
  const row = (bar: string, cells: readonly string[]): string => {
    const wrapped = widths.map((width, i) => wrap(cells[i]!, width));
    const height = Math.max(...wrapped.map(({ length }) => length));
    return Array.from({ length: height }, (_, at) => {
      const texts = widths.map((width, i) => {
        const text = wrapped[i]![at] ?? "";
        return ` ${i === 2 ? text.padStart(width) : text.padEnd(width)} `;
      });
      return bar + texts.join(bar) + bar;
    }).join("\n");
  };
  const { total, trainable, nonTrainable } = countParameters(weightsOf(graph));
  return [
    `Model: "${name}"`,
    line("┏━┳┓"),
    row("┃", heads),
    line("┡━╇┩"),
    ...rows.flatMap((cells, i) => (i === 0 ? [] : [line("├─┼┤")]).concat(row("│", cells))),
    line("└─┴┘"),
    ...Object.entries({ Total: total, Trainable: trainable, "Non-trainable": nonTrainable }).map(
      ([what, count]) => ` ${what} params: ${grouped(count)} (${size(count)})`,
    ),
  ].join("\n");
}

/** "1,234,567" */
const grouped = (count: number): string => count.toLocaleString("en-US");

function rowOf(
  name: string,
  type: string,
  shape: ExampleShape,
  parameters: number,
  connectedTo: string,
): readonly string[] {
  return [
    `${name} (${type})`,
    `(None, ${shape.map((n) => n ?? "None").join(", ")})`,
    grouped(parameters),
    connectedTo,
  ];
}

/** What feeds the layer at all its places: "conv2d[0][0], relu[1][0]", the second time that relu is applied. */
function connections({ nodes, inputs: entries }: Graph, first: number): string {
  const times = (at: number): number =>
    nodes.slice(0, at).filter((node) => node.first === nodes[at]!.first).length;
  return nodes
    .filter((node) => node.first === first)
    .flatMap(({ inputs }) => inputs)
    .map((at) => (at < 0 ? `${entries[-1 - at]!.name}[0][0]` : `${nodes[at]!.name}[${times(at)}][0]`))
    .join(", ");
}

/** Lines of whole words; a word that is too long is broken where its parts meet. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const parts = word.length > width ? word.split(/(?<=_)|(?<!\])(?=\[)|(?<=[a-z])(?=[A-Z])/) : [word];
    parts.forEach((part, i) => {
      const longer = `${lines.at(-1)}${i === 0 ? " " : ""}${part}`;
      if (lines.length > 0 && longer.length <= width) lines[lines.length - 1] = longer;
      else lines.push(part);
    });
  }
  return lines;
}

/** Float32 parameters as bytes, in Keras's units: "442.91 KB". */
function size(parameters: number): string {
  let value = 4 * parameters;
  for (const unit of ["B", "KB", "MB"]) {
    if (value < 1024) return `${value.toFixed(2)} ${unit}`;
    value /= 1024;
  }
  return `${value.toFixed(2)} GB`;
}

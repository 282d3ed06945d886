/** The table of layers that Keras prints. */
import { sizeOf } from "../tensor/shape.ts";
import { countParameters, type Graph, weightsOf } from "./graph.ts";

const heads = ["Layer (type)", "Output Shape", "Param #"] as const;

export function summary(graph: Graph, name: string): string {
  const rows = graph.nodes.map(({ layer, name: layerName, outputShape, weights }) => [
    `${layerName} (${layer.keras})`,
    `(None, ${outputShape.join(", ")})`,
    weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0).toLocaleString("en-US"),
  ]);
  const widths = heads.map((head, i) =>
    Math.max(head.length, ...rows.map((row) => row[i]!.length), [29, 22, 11][i]!),
  );
  const line = (left: string, fill: string, middle: string, right: string): string =>
    left + widths.map((width) => fill.repeat(width + 2)).join(middle) + right;
  const row = (bar: string, cells: readonly string[]): string =>
    bar +
    cells.map((cell, i) => ` ${i === 2 ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)} `).join(bar) +
    bar;
  const { total, trainable, nonTrainable } = countParameters(weightsOf(graph));
  return [
    `Model: "${name}"`,
    line("┏", "━", "┳", "┓"),
    row("┃", heads),
    line("┡", "━", "╇", "┩"),
    ...rows.flatMap((cells, i) => (i === 0 ? [] : [line("├", "─", "┼", "┤")]).concat(row("│", cells))),
    line("└", "─", "┴", "┘"),
    ` Total params: ${total.toLocaleString("en-US")} (${size(total)})`,
    ` Trainable params: ${trainable.toLocaleString("en-US")} (${size(trainable)})`,
    ` Non-trainable params: ${nonTrainable.toLocaleString("en-US")} (${size(nonTrainable)})`,
  ].join("\n");
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

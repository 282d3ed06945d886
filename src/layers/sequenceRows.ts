/** A piece of a sequence. Recurrent layers that give their states have them behind their outputs, and this takes them apart. */
import { AnygradError } from "../errors.ts";
import { checkCount } from "../math/checks.ts";
import * as ops from "../ops/index.ts";
import { formatShape } from "../tensor/shape.ts";
import { createLayer, layerOptions } from "./createLayer.ts";
import type { Layer, LayerDefinition, LayerOptions } from "./layer.ts";

interface Config {
  begin: number;
  end?: number;
}

const definition: LayerDefinition<Config> = {
  type: "sequenceRows",
  keras: "GetItem",
  outputShape([input], { begin, end }) {
    const [steps = 0, ...others] = input ?? [];
    if (others.length === 0 || (end ?? begin + 1) > steps || (end ?? begin + 1) <= begin)
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `sequenceRows: rows ${begin} to before ${end ?? begin + 1} are wanted but an example is ${formatShape(input ?? [])}; change begin or end`,
      );
    return end === undefined ? others : [end - begin, ...others];
  },
  call([x], { config: { begin, end } }) {
    const rows = ops.slice(x, { begin: [0, begin], end: [null, end ?? begin + 1] });
    const [n = 0, , ...others] = x.shape;
    return end === undefined ? ops.reshape(rows, [n, ...others]) : rows;
  },
};

/** The rows of a sequence from `begin` to before `end`; without `end` the row `begin` alone, without the axis of the steps. */
export function sequenceRows(
  options: LayerOptions & {
    /** The first row, from 0. */
    begin: number;
    /** The row behind the last. Default: one row, not as a sequence. */
    end?: number;
  },
): Layer {
  const { begin, end, ...shared } = layerOptions("sequenceRows", options, "begin end");
  checkCount("sequenceRows: begin", begin, 0);
  if (end !== undefined) checkCount("sequenceRows: end", end);
  return createLayer(definition, { begin, ...(end !== undefined && { end }) }, shared);
}

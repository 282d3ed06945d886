/** A piece of a sequence. Recurrent layers that give their states have them behind their outputs, and this takes them apart. */
import { AnygradError } from "../errors.ts";
import { checkNumber } from "../math/checks.ts";
import * as ops from "../ops/index.ts";
import { formatShape } from "../tensor/shape.ts";
import { createLayer, layerOptions } from "./createLayer.ts";
import type { Layer, LayerDefinition, LayerOptions } from "./layer.ts";

interface Config {
  begin: number;
  end?: number;
  half?: number;
}

/** The range of rows of a sequence of so many. */
function rangeOf({ begin, end, half }: Config, steps: number): { first: number; last: number } {
  const own = half === undefined ? steps : steps / 2;
  const from = half === 1 ? own : 0;
  const first = from + (begin < 0 ? begin + own : begin);
  return { first, last: end === undefined ? first + 1 : from + (end <= 0 ? end + own : end) };
}

const definition: LayerDefinition<Config> = {
  type: "sequenceRows",
  keras: "GetItem",
  outputShape([input], config) {
    const { begin, end = begin + 1 } = config;
    const [steps = 0, ...others] = input ?? [];
    const { first, last } = rangeOf(config, steps);
    if (others.length === 0 || last > steps || last <= first || first < 0 || !Number.isInteger(first))
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `sequenceRows: rows ${begin} to before ${end} are wanted but an example is ${formatShape(input ?? [])}; change begin or end`,
      );
    return config.end === undefined ? others : [last - first, ...others];
  },
  call([x], { config }) {
    const [n = 0, steps = 0, ...others] = x.shape;
    const { first, last } = rangeOf(config, steps);
    const rows = ops.slice(x, { begin: [0, first], end: [null, last] });
    return config.end === undefined ? ops.reshape(rows, [n, ...others]) : rows;
  },
};

/** The rows of a sequence from `begin` to before `end`; without `end` the row `begin` alone, without the axis of the steps. */
export function sequenceRows(
  options: LayerOptions & {
    /** The first row, from 0; a negative one counts from the end. */
    begin: number;
    /** The row behind the last; 0 and negative ones count from the end. Default: one row, not as a sequence. */
    end?: number;
    /** 0 or 1: rows are counted in the first or the second half of the sequence. Default: in the whole. */
    half?: number;
  },
): Layer {
  const { begin, end, half, ...shared } = layerOptions("sequenceRows", options, "begin end half");
  checkNumber("sequenceRows: begin", begin, { whole: true });
  if (end !== undefined) checkNumber("sequenceRows: end", end, { whole: true });
  if (half !== undefined) checkNumber("sequenceRows: half", half, { whole: true, from: 0, to: 1 });
  const config = { begin, ...(end !== undefined && { end }), ...(half !== undefined && { half }) };
  return createLayer(definition, config, shared);
}

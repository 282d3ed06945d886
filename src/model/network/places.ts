/** From symbolic tensors to the layers between them, in an order in which they can run. */
import { AnygradError } from "../../errors.ts";
import type { Layer, SymbolicTensor } from "../../layers/index.ts";
import { formatShape } from "../../tensor/shape.ts";
import type { Place } from "./graph.ts";

/** A place, and the tensor that it gives. */
export type TensorPlace = Place & {
  /** What was made by applying the layer. */
  readonly tensor: SymbolicTensor;
};

/** All that the outputs need, each behind its inputs. */
export function placesBetween(from: readonly SymbolicTensor[], to: readonly SymbolicTensor[]): TensorPlace[] {
  const places: TensorPlace[] = [];
  const firsts = new Map<Layer, number>();
  const positions = new Map(from.map((tensor, i) => [tensor, -1 - i]));
  const open = [...to].reverse(); // no recursion: a net may be deeper than the stack
  const needed = new Set<number>();
  for (let tensor = open.at(-1); tensor; tensor = open.at(-1)) {
    const { source: layer, shape, madeOf } = tensor;
    const next = positions.has(tensor) ? undefined : madeOf.find((each) => !positions.has(each));
    if (next) {
      open.push(next);
      continue;
    }
    open.pop();
    if (positions.has(tensor)) continue;
    if (typeof layer === "string")
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `model: outputs needs an input of ${formatShape(shape)} that is not the one in inputs, of ${from.map((each) => formatShape(each.shape)).join(" and ")}; build ${from.length > 1 ? "all of those in inputs" : "both from one input, or pass inputs as a list"}`,
      );
    const inputs = madeOf.map((each) => positions.get(each)!);
    for (const at of inputs) needed.add(at);
    const position = places.length;
    const first = firsts.get(layer) ?? position;
    firsts.set(layer, first);
    places.push({ layer, inputs, first, within: tensor.within, tensor });
    positions.set(tensor, position);
  }
  const idle = from.findIndex((_, i) => !needed.has(-1 - i));
  if (idle >= 0)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `model: no output needs the input "${from[idle]!.source}" of ${formatShape(from[idle]!.shape)}; leave it out`,
    );
  return places;
}

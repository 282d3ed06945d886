/** What a network's examples are like, also where it takes them of any length. */
import { exampleShape, preparationFor } from "../../src/data/images/preparation.ts";
import type { ImagePreparation } from "../../src/data/preparation.ts";
import { AnygradError } from "../../src/errors.ts";
import { type ExampleShape, type Shape, sizeOf } from "../../src/math/shape.ts";
import type { Model } from "../../src/model/index.ts";
import { shownInput } from "../../src/model/network/graph.ts";

/** A shape for people: "28×28×1", "any×2" of any length. */
export const shapeText = (shape: ExampleShape): string => shape.map((n) => n ?? "any").join("×");

/** Whether a network takes examples of this shape; rows of a CSV file may be flat. */
export function takesExamples({ graph }: Pick<Model, "graph">, given: Shape): boolean {
  const wanted = shownInput(graph);
  if (wanted.length === given.length && wanted.every((n, i) => n === null || n === given[i])) return true;
  return given.length === 1 && !wanted.includes(null) && sizeOf(given) === sizeOf(wanted as Shape);
}

/** How pictures are prepared for a network: as it was trained, or as its input says. Undefined where neither says a size. */
export function picturesFor({
  preparation,
  graph,
}: Pick<Model, "preparation" | "graph">): ImagePreparation | undefined {
  const shape = shownInput(graph);
  return preparation?.image ?? (shape.includes(null) ? undefined : preparationFor(shape as Shape));
}

/** The one shape of a network's examples: as its input says or as it was trained. @throws AnygradError SHAPE_MISMATCH where it takes any */
export function fixedExample(net: Pick<Model, "preparation" | "graph">, path: string): Shape {
  const shape = shownInput(net.graph);
  if (!shape.includes(null)) return shape as Shape;
  const { image } = net.preparation ?? {};
  if (image) return exampleShape(image);
  throw new AnygradError(
    "SHAPE_MISMATCH",
    `${path}: the model takes examples of ${shapeText(shape)}, and the file does not say a size; pass pictures (.png, .jpg), or call net.predict({ x, shape }) from code`,
  );
}

/** A data set as a network takes it: examples of its size, targets in its form. */
import { type Dataset, oneHot } from "../../src/data/dataset.ts";
import { AnygradError } from "../../src/errors.ts";
import type { Model } from "../../src/model/index.ts";
import { shownInput, shownOutput } from "../../src/model/network/graph.ts";
import type { Source } from "../dataset/source.ts";
import { shapeText, takesExamples } from "../models/examples.ts";

/**
 * Whether the examples have the size that a trained network takes: told in the words of the command line.
 *
 * @param advice what to do instead
 * @throws AnygradError SHAPE_MISMATCH
 */
export function checkExampleSize(net: Model, { train, name }: Source, advice: string): void {
  const got = train.shape.slice(1);
  if (takesExamples(net, got)) return;
  throw new AnygradError(
    "SHAPE_MISMATCH",
    `${name}: its examples are ${got.length === 1 ? `${got[0]} values` : got.join("×")}, but the model takes ${shapeText(shownInput(net.graph))}; ${advice}`,
  );
}

/**
 * The set with its classes in the model's order and under its names, so that class 0 is the same for both.
 *
 * @throws AnygradError SHAPE_MISMATCH for a set with classes that the model does not know
 */
export function withModelClasses(source: Source, net: Model): Source {
  const { classNames: names } = net;
  if (source.task === "regression") return source;
  const known = names?.length ?? Math.max(2, columnsOf(net));
  const hasNames = source.train.classNames !== undefined;
  if (!hasNames || names === undefined || String(names) === String(source.classNames)) {
    if (source.classes > known)
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `${source.name}: it has ${source.classes} classes, but the model ${known}; pass the data that it was trained on`,
      );
    return { ...source, classes: known, classNames: names ?? numbered(known) };
  }
  const places = source.classNames.map((name) => names.indexOf(name));
  const strange = source.classNames.find((_, i) => places[i]! < 0);
  if (strange !== undefined)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${source.name}: the model does not know its class "${strange.slice(0, 40)}"; it knows ${names.slice(0, 10).join(", ").slice(0, 200)}`,
    );
  const moved = <T extends Dataset>(set: T): T => ({
    ...set,
    y: Int32Array.from(set.y, (label) => places[label]!),
    classNames: names,
  });
  return {
    ...source,
    train: moved(source.train),
    test: moved(source.test),
    ...(source.validation && { validation: moved(source.validation) }),
    classes: names.length,
    classNames: names,
  };
}

/** How many numbers a network gives, along the last axis. */
const columnsOf = ({ graph }: Model): number => shownOutput(graph).at(-1) ?? 1;

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, classId) => String(classId));
}

/**
 * Labels as the network's loss takes them: class indices; or rows of 0 and 1, of a network that gives one number that
 * number alone. Targets that are no labels stay as they are.
 */
export function withTargets(set: Dataset, net: Model): Dataset {
  if (net.targets === "labels" || set.y instanceof Float32Array) return set;
  const columns = columnsOf(net);
  return { ...set, y: columns === 1 ? Float32Array.from(set.y) : oneHot(set.y, columns) };
}

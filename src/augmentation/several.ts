/** Augmentation of a network of several inputs: one for each of those that are images, by their names. Imported where there are some. */
import { AnygradError, quote } from "../errors.ts";
import { unknownName } from "../math/options.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Augmentation, AugmentationInputs, Augmenter } from "./augmentation.ts";
import { checkIsAugmentation } from "./given.ts";

/** What is given by the names of inputs as one, which changes these inputs and leaves the others. @throws AnygradError INVALID_ARGUMENT */
export function augmentationOfInputs(
  given: unknown,
  inputs: readonly { readonly name: string | undefined; readonly shape: Shape }[],
): Augmentation {
  const names = inputs.map(({ name }) => name!);
  const isRecord = Object.prototype.toString.call(given) === "[object Object]";
  if (!isRecord || typeof Object(given).begin === "function" || Object.keys(given as object).length === 0)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `fit: augment is ${quote(given)} but the model has the inputs ${names.join(", ")}; pass those of images by their names, augment: { ${names[0]}: augmentation({ shift: 2 }) }`,
    );
  const record = given as Readonly<Record<string, Augmentation>>;
  for (const [name, each] of Object.entries(record)) {
    if (!names.includes(name)) throw unknownName("fit: augment: input", name, names);
    checkIsAugmentation(each);
    if (each.options.mixup !== undefined)
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `fit: augment: ${name} has mixup, which mixes whole examples; it cannot be had with several inputs`,
      );
  }
  const parts = inputs.map(({ name, shape }) => ({ own: record[name!], data: { shape, pixels: undefined } }));
  return {
    options: Object.fromEntries(Object.entries(record).map(([name, { options }]) => [name, options])),
    check: () => {
      for (const { own, data } of parts) own?.check(data);
    },
    begin: (_, engine, seed) => together(parts.map(({ own, data }) => own?.begin(data, engine, seed))),
  };
}

/** Each changes its own input. Equal options draw the same changes: those of two views of one thing fit each other. */
function together(augmenters: readonly (Augmenter | undefined)[]): Augmenter {
  return {
    mixes: false,
    inputs: (n) => ({ parts: augmenters.map((each) => each?.inputs(n)) }),
    fill({ parts }, step) {
      augmenters.forEach((each, i) => {
        each?.fill(partOf(parts, i), step);
      });
      return undefined;
    },
    apply: (batch, { parts }, step) =>
      batch.map((x, i) => augmenters[i]?.apply([x], partOf(parts, i), step)[0] ?? x),
  };
}

const partOf = (parts: AugmentationInputs["parts"], i: number): AugmentationInputs => parts![i]!;

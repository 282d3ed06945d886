/** Whether a classifier that others have trained learns something new here: three kinds of drawn pictures, by a new head on its frozen layers. */
import { classes, picture } from "../../bench/transfer/photos.mjs";
import type { Dataset } from "../../src/data/dataset.ts";
import { imageExamples } from "../../src/data/images/examples.ts";
import { preparationFor } from "../../src/data/images/preparation.ts";
import { type FineTuneOptions, fineTune, type Model } from "../../src/model/index.ts";
import { optimizers } from "../../src/optimizers/index.ts";

/** Pictures of each kind: to learn from, and held out. */
const [lessons, exams] = [16, 8];
/** Twice what chance gives. */
const enough = 2 / 3;

/** @throws Error where what it learns is little better than chance @returns the share of held-out pictures that it tells */
export async function learns(
  base: Model,
  options: Pick<FineTuneOptions, "at" | "rescaling"> & { readonly inputShape?: readonly number[] },
): Promise<number> {
  const shape = options.inputShape ?? base.inputShape;
  const net = fineTune(base, { ...options, classes });
  await net.compile({
    optimizer: optimizers.adam({ learningRate: 3e-3 }),
    loss: "sparseCategoricalCrossentropy",
    metrics: "accuracy",
  });
  const before = await base.digest();
  await net.fit(await drawn(1, lessons, shape), { epochs: 30, batchSize: 16, cacheFeatures: true });
  const { accuracy } = await net.evaluate(await drawn(1 + lessons, exams, shape));
  if ((await base.digest()) !== before) throw new Error("its frozen layers have changed");
  net.dispose();
  if (!(accuracy! >= enough)) throw new Error(`it tells ${accuracy} of the pictures`);
  return accuracy!;
}

/** So many pictures of each kind from a first one, of the size that a model takes. */
async function drawn(first: number, count: number, shape: readonly number[]): Promise<Dataset> {
  const images = classes.flatMap((kind) =>
    Array.from({ length: count }, (_, i) => {
      const { width, height, data } = picture(kind, first + i);
      const pixels = new Uint8Array(width * height * 4).fill(255);
      for (let at = 0; at < width * height; at++) pixels.set(data.subarray(3 * at, 3 * at + 3), 4 * at);
      return { width, height, data: pixels };
    }),
  );
  const examples = await imageExamples(images, preparationFor(shape), shape);
  const y = Uint8Array.from({ length: images.length }, (_, i) => Math.floor(i / count));
  return { ...examples, y, classNames: [...classes], normalization: { scale: 1 / 255, shift: 0 } };
}

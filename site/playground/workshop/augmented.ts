/** Pictures as augmentation changes them, drawn as steps of training would draw them. */
import { type Augmentation, createEngine } from "anygrad";
import type { Pictures } from "../training/messages.ts";

/** Each picture stands `times` times in a row: the first stays as it is, the others are what further steps make of it. */
export async function augmentedPictures(
  { data, shape }: Pictures,
  augmentation: Augmentation,
  times: number,
): Promise<Float32Array> {
  const engine = await createEngine({ threads: 1 });
  try {
    const [count = 0, ...example] = shape;
    const bytes = data instanceof Uint8Array;
    const x = Float32Array.from(data, (value) => (bytes ? value / 255 : value));
    const pixels = { scale: 1 / 255, shift: 0 };
    const augmenter = augmentation.begin({ shape: example, pixels: bytes ? pixels : undefined }, engine, 1);
    const changed = engine.step(() => {
      const inputs = augmenter.inputs(count);
      augmenter.fill(inputs, 0);
      const counter = engine.tensor(Int32Array.of(0, 0), [2], "int32");
      return Float32Array.from(augmenter.apply([engine.tensor(x, [...shape])], inputs, counter)[0]!.data);
    });
    const size = x.length / count;
    for (let i = 0; i < count; i += times) changed.set(x.subarray(i * size, (i + 1) * size), i * size);
    return changed;
  } finally {
    engine.dispose();
  }
}

// Segmentation: a class for every pixel. Discs, squares and background, drawn here. Run: node examples/segmentation.mjs
import { dataset, layers, sequential } from "anygrad";

const size = 16;
const classNames = ["background", "disc", "square"];

/** Pictures with a shape or two in noise, and the class of each of their pixels. */
function shapes(count, seed) {
  let state = seed;
  // the same pictures in every runtime
  const random = () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
  const x = new Float32Array(count * size * size);
  const y = new Uint8Array(count * size * size);
  for (let n = 0; n < count; n++)
    for (const kind of [1, 2]) {
      const radius = 3 + 2 * random();
      const [row, column] = [3 + random() * (size - 6), 3 + random() * (size - 6)];
      for (let i = 0; i < size * size; i++) {
        const [down, right] = [Math.abs(Math.floor(i / size) - row), Math.abs((i % size) - column)];
        const inside =
          kind === 1 ? down * down + right * right < radius * radius : Math.max(down, right) < radius * 0.8;
        if (inside) y[n * size * size + i] = kind;
      }
    }
  for (let i = 0; i < x.length; i++) x[i] = [0.2, 0.8, 0.55][y[i]] + 0.5 * (random() - 0.5); // noise hides the classes
  return dataset({ x, y, shape: [count, size, size, 1], classNames });
}

const [train, test] = [shapes(300, 1), shapes(60, 2)];
const conv = (filters, activation = "relu", kernelSize = 5) =>
  layers.conv2d({ filters, kernelSize, padding: "same", activation });
// no pooling: the output is as large as the picture, with a row of probabilities a pixel
const net = sequential([conv(8), conv(16), conv(16), conv(classNames.length, "softmax", 1)], {
  inputShape: [size, size, 1],
  seed: 1,
});
await net.compile({
  optimizer: "adam",
  loss: "sparseCategoricalCrossentropy", // of each pixel; the labels are [n, h, w]
  metrics: ["accuracy", "recall"],
});
const { val_accuracy, val_recall } = await net.fit(train, {
  epochs: 8,
  batchSize: 10,
  classWeight: { 1: 2, 2: 2 }, // most pixels are background
  validationData: test,
  seed: 1,
});
val_accuracy.forEach((accuracy, epoch) => {
  console.log(
    `epoch ${epoch + 1}: ${(100 * accuracy).toFixed(1)} % of pixels, mean recall ${val_recall[epoch].toFixed(3)}`,
  );
});

const { data } = await net.predict(test);
const mark = (classId) => "·o#"[classId];
const likeliest = (i) => [0, 1, 2].reduce((best, k) => (data[3 * i + k] > data[3 * i + best] ? k : best), 0);
console.log(`${"a new picture:".padEnd(size + 4)}what the network says:`);
for (let row = 0; row < size; row++) {
  const pixels = Array.from({ length: size }, (_, column) => row * size + column);
  console.log(
    `${pixels.map((i) => mark(test.y[i])).join("")}    ${pixels.map((i) => mark(likeliest(i))).join("")}`,
  );
}
if (val_accuracy.at(-1) < 0.93) throw new Error("the network did not learn");

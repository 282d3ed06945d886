// A siamese network learns which digits are alike, and tells digits apart that it has never seen. Run: node examples/siamese.mjs
import { datasets, layers, losses, optimizers, sequential } from "anygrad";

const { train, test } = await datasets.digits({ train: 2000, test: 600, seed: 1 });
const size = 28 * 28;
const numbers = 16; // what the network makes of a picture: like digits shall lie near each other

let state = 7;
/** One of a list, the same in every run. */
function pick(list) {
  state = (Math.imul(state, 1664525) + 1013904223) | 0;
  return list[Math.floor(((state >>> 0) / 2 ** 32) * list.length)];
}

/** Pictures by threes: a digit, another one of its class, one of another class. */
function triplets({ x: pixels, y }, classes, count) {
  const byClass = classes.map((name) => [...y.keys()].filter((i) => y[i] === name));
  const x = new Float32Array(count * 3 * size);
  for (let i = 0; i < count; i++) {
    const own = pick(byClass);
    const other = pick(byClass.filter((examples) => examples !== own));
    [pick(own), pick(own), pick(other)].forEach((example, j) => {
      for (let k = 0; k < size; k++) x[(3 * i + j) * size + k] = pixels[example * size + k] / 255;
    });
  }
  // the loss compares the three outputs with each other: its targets say nothing
  return { x, shape: [count, 3, 28, 28, 1], y: new Float32Array(count * 3 * numbers) };
}

// the same layers for each of the three, with the same weights
const each = (layer) => layers.timeDistributed({ layer });
const half = { kernelSize: 3, strides: 2, padding: "same", activation: "relu" };
const net = sequential(
  [
    each(layers.conv2d({ filters: 8, ...half })),
    each(layers.conv2d({ filters: 16, ...half })),
    each(layers.flatten()),
    each(layers.dense({ units: numbers })),
  ],
  { inputShape: [3, 28, 28, 1], seed: 1 },
);
console.log(net.summary());
await net.compile({
  optimizer: optimizers.adam({ learningRate: 2e-3 }),
  loss: losses.triplet({ margin: 1 }),
});

/** Share of triplets whose two pictures of a class are nearer to each other than to the third. */
async function rightOf({ x, shape }) {
  const { data } = await net.predict({ x, shape });
  const distance = (i, j, k) => {
    let sum = 0;
    for (let n = 0; n < numbers; n++)
      sum += (data[(3 * i + j) * numbers + n] - data[(3 * i + k) * numbers + n]) ** 2;
    return sum;
  };
  const right = Array.from({ length: shape[0] }, (_, i) => distance(i, 0, 1) < distance(i, 0, 2));
  return right.filter(Boolean).length / shape[0];
}

const unseen = triplets(test, [7, 8, 9], 400);
const before = await rightOf(unseen);
const { loss } = await net.fit(triplets(train, [0, 1, 2, 3, 4, 5, 6], 5000), {
  epochs: 3,
  batchSize: 32,
  seed: 1,
});
loss.forEach((value, epoch) => {
  console.log(`epoch ${epoch + 1}: loss ${value.toFixed(4)}`);
});
const after = await rightOf(unseen);
const percent = (share) => `${(100 * share).toFixed(1)} %`;
console.log(
  `sevens, eights and nines, none of which it has learned: ${percent(before)} right before, ${percent(after)} after`,
);
if (after < 0.8 || after < before) throw new Error("the network did not learn what is alike");

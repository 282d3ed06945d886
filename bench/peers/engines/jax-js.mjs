// jax-js on its wasm backend. It has autodiff and jit but no layers and, on npm, no optimizers: both are written here of
// its own operations, NCHW, the whole step in one jit. An array is consumed by its use; every use but the last takes
// `.ref` (its README, "Reference counting"). Parameters, statistics and moments are flat lists in the layers' order.
import { readFileSync } from "node:fs";
import {
  blockUntilReady,
  defaultDevice,
  init,
  jit,
  lax,
  nn,
  numpy as np,
  random,
  tree,
  valueAndGrad,
} from "@jax-js/jax";
import { classes, learningRate } from "../batch.mjs";

export async function start({ threads }) {
  const manifest = new URL("../node_modules/@jax-js/jax/package.json", import.meta.url);
  const { version } = JSON.parse(readFileSync(manifest, "utf8"));
  await init("wasm");
  defaultDevice("wasm");
  if (threads > 1 && typeof Worker === "undefined")
    throw new Error("its threads are Web Workers (typeof Worker), which Node has not");
  return { engine: `jax-js ${version}, wasm`, open };
}

const written = ["flatten", "dense", "conv2d", "maxPooling2d", "dropout", "batchNormalization", "activation"];

function open(_name, { layers, inputShape, batchSize }, { inputs: images, labels }) {
  const other = layers.find(({ type }) => !written.includes(type));
  if (other) throw new Error(`${other.type} is not written for it`);
  const [height, width, channels] = inputShape;
  let { parameters, statistics } = initial(layers, inputShape);
  let moments = parameters.map(({ shape }) => [np.zeros(shape), np.zeros(shape)]);
  const total = [...parameters, ...statistics].reduce((sum, { size }) => sum + size, 0);
  const x = np.array(images).reshape([batchSize, channels, height, width]);
  const targets = nn.oneHot(np.array(labels, { dtype: np.int32 }), classes);
  const training = jit(trainingStep(layers));
  const inference = jit((weights, moving, input) => forward(layers, weights, moving, input)[0]);
  let done = 0;
  return {
    parameters: total,
    note: "Adam written of its operations",
    async train() {
      done++;
      const rate = (learningRate * Math.sqrt(1 - 0.999 ** done)) / (1 - 0.9 ** done);
      const inputs = [x.ref, targets.ref, random.key(done), np.array(rate)];
      const after = training(parameters, moments, statistics, ...inputs);
      [parameters, moments, statistics] = after.slice(1);
      await blockUntilReady(after);
      return (await after[0].data())[0];
    },
    infer: async () => void (await inference(tree.ref(parameters), tree.ref(statistics), x.ref).data()),
    close() {
      tree.dispose([parameters, moments, statistics, x, targets]);
      training.dispose();
      inference.dispose();
    },
  };
}

/** Loss, gradients and Adam's update (Kingma & Ba 2015); the bias corrections are in the rate. */
function trainingStep(layers) {
  return (parameters, moments, statistics, x, targets, key, rate) => {
    const lossOf = (weights) => {
      const [logits, moved] = forward(layers, weights, statistics, x, key);
      return [
        nn
          .logSoftmax(logits)
          .mul(targets)
          .sum()
          .mul(-1 / x.shape[0]),
        moved,
      ];
    };
    const [[loss, moved], gradients] = valueAndGrad(lossOf, { hasAux: true })(tree.ref(parameters));
    const next = parameters.map((parameter, i) => {
      const [first, second] = moments[i];
      const gradient = gradients[i];
      const m = first.mul(0.9).add(gradient.ref.mul(0.1));
      const v = second.mul(0.999).add(np.square(gradient).mul(0.001));
      const change = m.ref.mul(rate.ref).div(np.sqrt(v.ref).add(1e-7));
      return { parameter: parameter.sub(change), moments: [m, v] };
    });
    rate.dispose();
    return [loss, next.map((n) => n.parameter), next.map((n) => n.moments), moved];
  };
}

/**
 * @param key for dropout, in training; without it this is inference, from the moving statistics
 * @returns logits [n, classes], and the moving statistics after this batch
 */
function forward(layers, parameters, statistics, input, key) {
  const weights = parameters.values();
  const take = () => weights.next().value;
  const moving = statistics.values();
  const moved = [];
  const training = key !== undefined;
  let x = input;
  let droppedOut = false;
  for (const { type, rate, padding, activation } of layers) {
    if (type === "flatten") x = x.reshape([x.shape[0], -1]);
    else if (type === "dense") x = np.matmul(x, take()).add(take());
    else if (type === "conv2d")
      x = lax.conv(x, take(), [1, 1], padding.toUpperCase()).add(take().reshape([1, -1, 1, 1]));
    else if (type === "maxPooling2d") x = lax.reduceWindow(x, np.max, [2, 2], [2, 2]);
    else if (type === "dropout" && training) {
      droppedOut = true; // no network has a second one, so the key needs no split
      const { shape } = x;
      x = x.mul(random.bernoulli(key, 1 - rate, shape).astype(np.float32)).mul(1 / (1 - rate));
    } else if (type === "batchNormalization") {
      const axes = x.ndim === 4 ? [0, 2, 3] : [0];
      const across = x.ndim === 4 ? [1, -1, 1, 1] : [1, -1];
      const means = [moving.next().value, moving.next().value];
      if (training) {
        const batch = [np.mean(x.ref, axes), np.var_(x.ref, axes)];
        moved.push(...means.map((old, i) => old.mul(0.99).add(lax.stopGradient(batch[i].ref).mul(0.01))));
        x = normalize(x, ...batch, take(), take(), across);
      } else x = normalize(x, ...means, take(), take(), across);
    }
    if (activation === "relu") x = nn.relu(x);
    if (activation === "sigmoid") x = nn.sigmoid(x);
  }
  if (training && !droppedOut) key.dispose();
  return [x, moved];
}

function normalize(x, mean, variance, gamma, beta, across) {
  const scale = gamma.div(np.sqrt(variance.add(1e-3))).reshape(across);
  return x.sub(mean.reshape(across)).mul(scale).add(beta.reshape(across));
}

/** Glorot's uniform kernels and zero biases, as Keras starts. */
function initial(layers, inputShape) {
  const parameters = [];
  const statistics = [];
  let [height, width, channels] = inputShape;
  let units = 0;
  let seed = 1;
  const kernel = (shape, fan) => {
    const limit = Math.sqrt(6 / fan);
    parameters.push(random.uniform(random.key(seed++), shape, { minval: -limit, maxval: limit }));
  };
  for (const { type, units: width_, filters, kernelSize, padding } of layers) {
    if (type === "flatten") units = channels * height * width;
    else if (type === "dense") {
      kernel([units, width_], units + width_);
      parameters.push(np.zeros([width_]));
      units = width_;
    } else if (type === "conv2d") {
      kernel([filters, channels, kernelSize, kernelSize], (channels + filters) * kernelSize ** 2);
      parameters.push(np.zeros([filters]));
      channels = filters;
      if (padding === "valid") {
        height -= kernelSize - 1;
        width -= kernelSize - 1;
      }
    } else if (type === "maxPooling2d") {
      height = Math.floor(height / 2);
      width = Math.floor(width / 2);
    } else if (type === "batchNormalization") {
      const n = units || channels;
      parameters.push(np.ones([n]), np.zeros([n]));
      statistics.push(np.zeros([n]), np.ones([n]));
    }
  }
  return { parameters, statistics };
}

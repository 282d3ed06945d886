// TensorFlow.js: layers from tfjs-layers, one optimizer.minimize a step, which is what its fit runs, without fit's own cost.
// Options: threads, backend "wasm" | "cpu". The labels are made one-hot beforehand, as its softmax cross-entropy wants them.
import * as tf from "@tensorflow/tfjs-core";
import * as tfl from "@tensorflow/tfjs-layers";
import { batchSize, classes, inputShape, learningRate } from "../batch.mjs";

export async function start({ threads, backend }) {
  if (backend === "wasm") {
    const wasm = await import("@tensorflow/tfjs-backend-wasm");
    wasm.setThreadsCount(threads);
    await ready();
    const found = wasm.getThreadsCount();
    const support = await tf.env().getAsync("WASM_HAS_MULTITHREAD_SUPPORT");
    if (threads > 1 && found !== threads)
      throw new Error(
        `setThreadsCount(${threads}), getThreadsCount() is ${found}; WASM_HAS_MULTITHREAD_SUPPORT is ${support} in Node`,
      );
  } else {
    if (threads > 1) throw new Error("the cpu backend is plain JavaScript on one thread");
    await import("@tensorflow/tfjs-backend-cpu");
    await ready();
  }
  return { engine: `tfjs ${tf.version_core}, backend ${tf.getBackend()}`, open };

  async function ready() {
    if (!(await tf.setBackend(backend))) throw new Error(`tf.setBackend("${backend}") failed`);
    await tf.ready();
  }
}

const makers = {
  flatten: tfl.layers.flatten,
  dense: tfl.layers.dense,
  dropout: tfl.layers.dropout,
  conv2d: tfl.layers.conv2d,
  maxPooling2d: (config) => tfl.layers.maxPooling2d({ poolSize: 2, ...config }),
  batchNormalization: tfl.layers.batchNormalization,
  activation: tfl.layers.activation,
};

function open(_name, network, { images, labels }) {
  const model = tfl.sequential();
  network.layers.forEach(({ type, ...config }, i) => {
    model.add(makers[type](i === 0 ? { ...config, inputShape } : config));
  });
  const x = tf.tensor4d(images, [batchSize, ...inputShape]);
  const targets = tf.cast(tf.oneHot(tf.tensor1d(labels, "int32"), classes), "float32");
  const optimizer = tf.train.adam(learningRate);
  const variables = model.trainableWeights.map((weight) => weight.read());
  return {
    parameters: model.countParams(),
    train: () =>
      tf.tidy(() => {
        const loss = () => tf.losses.softmaxCrossEntropy(targets, model.apply(x, { training: true }));
        return optimizer.minimize(loss, true, variables).dataSync()[0];
      }),
    infer: () => tf.tidy(() => void model.apply(x, { training: false }).dataSync()),
    close() {
      optimizer.dispose();
      model.dispose();
      tf.dispose([x, targets]);
    },
  };
}

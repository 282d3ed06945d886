// TensorFlow.js: layers from tfjs-layers, one optimizer.minimize a step, which is what its fit runs, without fit's own cost.
// Options: threads, backend "wasm" | "cpu". The labels are made one-hot beforehand, as its softmax cross-entropy wants them.
import * as tf from "@tensorflow/tfjs-core";
import * as tfl from "@tensorflow/tfjs-layers";
import { classes, learningRate } from "../batch.mjs";

// Its layers call ops as methods of tensors. tfjs-core registers them in modules that Node cannot resolve; this is the same.
const method = (name, f) => {
  tf.Tensor.prototype[name] ??= f;
};
for (const [name, op] of Object.entries(tf))
  if (typeof op === "function" && /^[a-z]/.test(name))
    method(name, function (...options) {
      return op(this, ...options);
    });
method("flatten", function () {
  return tf.reshape(this, [this.size]);
});
for (const rank of [1, 2, 3, 4])
  method(`as${rank}D`, function (...shape) {
    return tf.reshape(this, shape);
  });

export async function start({ threads, backend }) {
  if (backend === "wasm") {
    const wasm = await import("@tensorflow/tfjs-backend-wasm");
    if (typeof document === "object") wasm.setWasmPaths("/");
    wasm.setThreadsCount(threads);
    await ready();
    const found = wasm.getThreadsCount();
    const support = await tf.env().getAsync("WASM_HAS_MULTITHREAD_SUPPORT");
    if (threads > 1 && found !== threads)
      throw new Error(
        `setThreadsCount(${threads}), getThreadsCount() is ${found}; WASM_HAS_MULTITHREAD_SUPPORT is ${support} here`,
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

/** It has no attention: this is Keras's, of its own products. */
class MultiHeadAttention extends tfl.layers.Layer {
  static className = "MultiHeadAttention";

  constructor({ numHeads, keyDim, ...config }) {
    super(config);
    this.numHeads = numHeads;
    this.keyDim = keyDim;
  }

  build([, , features]) {
    const inner = this.numHeads * this.keyDim;
    const weight = (name, shape, initializer) =>
      this.addWeight(name, shape, "float32", tfl.initializers[initializer]({}));
    this.pairs = ["query", "key", "value", "output"].map((name) => {
      const [from, to] = name === "output" ? [inner, features] : [features, inner];
      return [weight(`${name}Kernel`, [from, to], "glorotUniform"), weight(`${name}Bias`, [to], "zeros")];
    });
    this.built = true;
  }

  computeOutputShape(shape) {
    return shape;
  }

  call(inputs) {
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      const [n, steps, features] = x.shape;
      const dense = (value, [kernel, bias]) =>
        tf.add(tf.matMul(value.reshape([n * steps, value.shape[2]]), kernel.read()), bias.read());
      const heads = (pair) =>
        dense(x, pair).reshape([n, steps, this.numHeads, this.keyDim]).transpose([0, 2, 1, 3]);
      const [query, key, value] = this.pairs.slice(0, 3).map(heads);
      const scores = tf.softmax(tf.mul(tf.matMul(query, key, false, true), this.keyDim ** -0.5));
      const seen = tf.matMul(scores, value).transpose([0, 2, 1, 3]);
      return dense(seen.reshape([n, steps, this.numHeads * this.keyDim]), this.pairs[3]).reshape([
        n,
        steps,
        features,
      ]);
    });
  }
}

const makers = {
  relu: tfl.layers.reLU,
  maxPooling1d: (config) => tfl.layers.maxPooling1d({ poolSize: 2, ...config }),
  maxPooling2d: (config) => tfl.layers.maxPooling2d({ poolSize: 2, ...config }),
  globalAveragePooling2d: (config) => tfl.layers.globalAveragePooling2d(config),
  multiHeadAttention: (config) => new MultiHeadAttention(config),
};

function applied(layers, x) {
  return layers.reduce((x, { type, layers: inner, ...config }) => {
    if (type === "residual") return tfl.layers.add().apply([applied(inner, x), x]);
    return (makers[type] ?? tfl.layers[type])(config).apply(x);
  }, x);
}

function open(_name, { layers, inputShape, batchSize, inferenceBatchSize }, { inputs, labels }) {
  const symbolic = tfl.input({ shape: inputShape });
  const model = tfl.model({ inputs: symbolic, outputs: applied(layers, symbolic) });
  const x = tf.tensor(inputs, [batchSize, ...inputShape]);
  const seen = x.slice([0], [inferenceBatchSize]);
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
    infer: () => tf.tidy(() => void model.apply(seen, { training: false }).dataSync()),
    close() {
      optimizer.dispose();
      model.dispose();
      tf.dispose([x, seen, targets]);
    },
  };
}

// The same by TensorFlow.js's own functions: a model up to the layer, what it predicts for all pictures, and a head that fits on that.

/** Its topology up to a layer, for pictures of another size: the files have one size, and the layers behind fit no other. */
function upTo(json, last, inputShape) {
  const topology = structuredClone(json.modelTopology);
  const { config } = topology.model_config ?? topology;
  const place = config.layers.findIndex(({ name }) => name === last);
  config.layers = config.layers.slice(0, place + 1);
  config.layers[0].config.batch_input_shape = [null, ...inputShape];
  config.output_layers = [[last, 0, 0]];
  return topology;
}

export async function byTfjs(tf, { json, weights }, { train, test }, begin = () => {}) {
  const [, ...inputShape] = train.shape;
  const modelTopology = upTo(json, "out_relu", inputShape);
  const weightData = weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.length);
  const handler = {
    load: async () => ({ modelTopology, weightSpecs: json.weightsManifest[0].weights, weightData }),
  };
  const base = await tf.loadLayersModel(handler, { strict: false });
  begin();
  const begun = performance.now();
  const featuresOf = async (set) => {
    const [n, ...shape] = set.shape;
    const size = shape.reduce((product, length) => product * length, 1);
    const parts = [];
    for (let from = 0; from < n; from += 32) {
      const to = Math.min(n, from + 32);
      parts.push(
        tf.tidy(() => {
          const pixels = tf.tensor(set.x.subarray(from * size, to * size), [to - from, ...shape], "float32");
          return base.predict(tf.div(pixels, 255)).mean([1, 2]);
        }),
      );
      await parts.at(-1).data();
    }
    return tf.concat(parts);
  };
  const [x, held] = [await featuresOf(train), await featuresOf(test)];
  const head = tf.sequential({
    layers: [
      tf.layers.dense({ units: train.classNames.length, activation: "softmax", inputShape: [x.shape[1]] }),
    ],
  });
  head.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] });
  const labels = (set) => tf.tensor1d(Float32Array.from(set.y));
  await head.fit(x, labels(train), { epochs: 20, batchSize: 32, verbose: 0 });
  const [, accuracy] = head.evaluate(held, labels(test));
  return { accuracy: (await accuracy.data())[0], seconds: (performance.now() - begun) / 1000 };
}

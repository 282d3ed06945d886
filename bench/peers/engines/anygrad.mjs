// anygrad itself, from the built package. Options: threads, variant, precision, as createEngine takes them; with forInference the model is
// made one for inference first, as onnxruntime does by itself when it opens a session.
import { createEngine, forInference, input, layers, losses, model, optimizers } from "../../../dist/index.js";
import manifest from "../../../package.json" with { type: "json" };
import { learningRate } from "../batch.mjs";

export async function start({ forInference: isFolded = false, ...options }) {
  const create = async () => {
    const engine = await createEngine(options);
    // "auto" may fall back to what the runtime has; a comparison may not.
    for (const [option, asked] of Object.entries(options))
      if (engine.info[option] !== asked)
        throw new Error(`asked for ${option} ${asked}, engine.info says ${engine.info[option]}`);
    if (options.precision === "fast" && engine.info.variant !== "relaxed")
      throw new Error(`asked for precision fast, engine.info says variant ${engine.info.variant}`);
    return engine;
  };
  const engine = await create();
  const { variant, precision, runtime } = engine.info;
  await engine.dispose?.();
  return { engine: `anygrad ${manifest.version} ${variant} ${precision} on ${runtime}`, open };

  async function open(_name, network, { inputs, labels }) {
    const { inputShape, batchSize, inferenceBatchSize } = network;
    const engine = await create();
    const net = await networkOf(network, engine);
    const predicting = isFolded ? await forInference(net) : net;
    const data = { x: inputs, shape: [batchSize, ...inputShape], y: labels };
    const run = net.train(data, { epochs: Number.MAX_SAFE_INTEGER, batchSize, shuffle: false });
    const seen = {
      x: inputs.subarray(0, (inputs.length / batchSize) * inferenceBatchSize),
      shape: [inferenceBatchSize, ...inputShape],
    };
    return {
      parameters: net.parameters.total,
      train: async () => {
        if (isFolded) throw new Error("a model of forInference predicts alone; its training is anygrad's");
        return (await run.next()).value.loss;
      },
      infer: async () => void (await predicting.predict(seen, { batchSize: inferenceBatchSize })),
      close: () => engine.dispose?.(),
    };
  }
}

/** A compiled network of networks.json. */
export async function networkOf({ layers: descriptions, inputShape }, engine) {
  const x = input({ shape: inputShape });
  const net = model({ inputs: x, outputs: applied(descriptions, x), seed: 1 });
  await net.compile({
    optimizer: optimizers.adam({ learningRate }),
    loss: losses.sparseCategoricalCrossentropy({ fromLogits: true }),
    engine,
  });
  return net;
}

function applied(descriptions, x) {
  return descriptions.reduce((x, { type, layers: inner, ...config }) => {
    if (type === "residual") return layers.add([applied(inner, x), x]);
    return layers[type](config).apply(x);
  }, x);
}

// anygrad itself, from the built package. Options: threads, variant, precision, as createEngine takes them.
import { readFileSync } from "node:fs";
import { createEngine, layers, losses, optimizers, sequential } from "../../../dist/index.js";
import { batchSize, inputShape, learningRate } from "../batch.mjs";

const { version } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));

export async function start(options) {
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
  return { engine: `anygrad ${version} ${variant} ${precision} on ${runtime}`, open };

  async function open(_name, network, { images, labels }) {
    const engine = await create();
    const net = sequential(
      network.layers.map(({ type, ...config }) => layers[type](config)),
      { inputShape, seed: 1 },
    );
    await net.compile({
      optimizer: optimizers.adam({ learningRate }),
      loss: losses.sparseCategoricalCrossentropy({ fromLogits: true }),
      engine,
    });
    const data = { x: images, shape: [batchSize, ...inputShape], y: labels };
    const run = net.train(data, { epochs: Number.MAX_SAFE_INTEGER, batchSize, shuffle: false });
    return {
      parameters: net.parameters.total,
      train: async () => (await run.next()).value.loss,
      infer: async () => void (await net.predict(data, { batchSize })),
      close: () => engine.dispose?.(),
    };
  }
}

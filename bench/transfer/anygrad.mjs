// Transfer learning by anygrad, the same in Node and in a page: MobileNetV2's frozen layers run once a picture, the head learns on what they give.

/**
 * @param api anygrad and its readers: createEngine, fineTune, loadTfjs, inWorker where a worker is to train
 * @param model model.json, and its weights
 * @param sets train and test, bytes
 * @param begin is called when the model is there and the work begins
 */
export async function byAnygrad(
  { createEngine, fineTune, loadTfjs, inWorker },
  { json, weights },
  { train, test },
  begin = () => {},
) {
  const engine = await createEngine(inWorker && { threads: 1 });
  const base = await loadTfjs(json, { engine, fetchWeights: () => weights });
  const net = fineTune(base, {
    classes: train.classNames,
    at: "out_relu",
    rescaling: { scale: 1 / 255 },
    inputShape: train.shape.slice(1),
  });
  const setup = { optimizer: "adam", loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] };
  await net.build({ engine });
  begin();
  const begun = performance.now();
  const model = inWorker ? inWorker(net) : net;
  await model.compile({ ...setup, ...(!inWorker && { engine }) });
  await model.fit(train, { epochs: 20, batchSize: 32, seed: 1, cacheFeatures: true });
  const { accuracy } = await model.evaluate(test);
  const seconds = (performance.now() - begun) / 1000;
  const { threads } = inWorker ? await model.engineInfo() : engine.info;
  model.dispose();
  return { accuracy, seconds, threads };
}

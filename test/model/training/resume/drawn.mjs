/**
 * Training runs drawn by a number, and parts of them: networks, data, optimizers, schedules and all that `fit` takes, so that a run
 * saved by one build, number of threads or runtime can be gone on with by another. Plain JavaScript over what "anygrad" exports:
 * Deno and Bun run it as it is.
 */

/** Numbers in [0, 1) by a seed (mulberry32). */
function drawing(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Draws of a run: what is asked, in this order, is the same for a seed. */
function drawsOf(seed) {
  const uniform = drawing(seed);
  const whole = (from, to) => from + Math.floor(uniform() * (to - from + 1));
  return {
    whole,
    chance: (share) => uniform() < share,
    one: (list) => list[whole(0, list.length - 1)],
    /** Some of a record's entries, each with its chance. */
    some: (share, record) => Object.fromEntries(Object.entries(record).filter(() => uniform() < share)),
    numbers: (n, make) => Float32Array.from({ length: n }, () => make(uniform())),
  };
}

/** Where a schedule is in the middle of its way when the run is. */
const rate = { initialLearningRate: 0.01, decaySteps: 5 };
const schedules = {
  constant: { learningRate: 0.01 },
  step: { ...rate, factor: 0.5 },
  piecewiseConstant: { boundaries: [2, 6], values: [0.01, 0.004, 0.002] },
  exponential: { ...rate, decayRate: 0.7 },
  inverseTime: { ...rate, decayRate: 0.5, staircase: true },
  polynomial: { ...rate, power: 2, cycle: true },
  cosine: { ...rate, warmupTarget: 0.02, warmupSteps: 3 },
  cosineRestarts: { initialLearningRate: 0.01, firstDecaySteps: 3, tMul: 2, mMul: 0.8 },
  oneCycle: { maxLearningRate: 0.02, totalSteps: 15 },
};
const optimizers = {
  sgd: { momentum: 0.9, nesterov: true },
  rmsprop: { momentum: 0.5, centered: true },
  adam: { amsgrad: true, beta1: 0.8 },
  adamw: { weightDecay: 0.05 },
  adagrad: { initialAccumulatorValue: 0.2 },
  adadelta: { rho: 0.9 },
  adamax: { beta2: 0.99 },
  nadam: { beta1: 0.85 },
  lion: { weightDecay: 0.02 },
};
const changes = {
  shift: 1,
  rotation: 20,
  zoom: 0.1,
  shear: 10,
  flip: "horizontal",
  cutout: 2,
  brightness: 0.2,
  elastic: { alpha: 2, sigma: 1 },
  mixup: 0.3,
};

/**
 * A run, by a number. What is in it depends on the number alone.
 *
 * @param anygrad the module
 * @returns kind, settings for messages, begin(engine), which gives a compiled network, fit(), which gives what `fit` takes
 *   anew for each part, and custom, which `load` is given
 */
export function drawnRun(anygrad, seed) {
  const draws = drawsOf(seed);
  const kind = draws.one(["features", "pictures", "sequences", "words", "several", "numbers"]);
  const wide = draws.chance(0.3); // enough work for several threads
  const made = networks[kind](anygrad, draws, wide);
  const compile = compilationOf(anygrad, draws, made);
  const settings = { kind, wide, net: made.text, compile: compile.text };
  const fit = fitting(anygrad, draws, made, settings);
  return {
    settings: JSON.stringify(settings),
    async begin(engine) {
      const net = made.network();
      await net.compile({ ...compile.options(), engine });
      return net;
    },
    fit,
  };
}

/** Networks and their data. n: examples; classes: undefined where numbers are predicted. */
const networks = {
  features(anygrad, draws, wide) {
    const { layers } = anygrad;
    const [units, n] = [wide ? 256 : 8, wide ? 256 : draws.whole(40, 56)];
    const noise = draws.one(["dropout", "gaussianNoise", "gaussianDropout"]);
    const extra = draws.some(0.5, {
      kernelRegularizer: { l2: 0.01 },
      kernelConstraint: "unitNorm",
      biasConstraint: "nonNeg",
    });
    const norm = draws.one(["batchNormalization", "layerNormalization", undefined]);
    const frozen = draws.chance(0.3);
    const constrained = {
      ...extra,
      ...(extra.kernelConstraint && { kernelConstraint: anygrad.constraints.maxNorm({ maxValue: 1 }) }),
      ...(extra.kernelRegularizer && { kernelRegularizer: anygrad.regularizers.l2({ l2: 0.01 }) }),
    };
    return {
      ...classes(draws, n, 3),
      x: draws.numbers(n * 6, (u) => 2 * u - 1),
      shape: [6],
      batchSize: wide ? 64 : draws.whole(8, 13),
      text: { units, noise, ...extra, norm, frozen },
      norm,
      cacheable: frozen,
      network: () =>
        anygrad.sequential(
          [
            layers.dense({ units, trainable: !frozen }),
            ...(norm ? [layers[norm]()] : []),
            layers.relu(),
            noise === "gaussianNoise" ? layers.gaussianNoise({ stddev: 0.2 }) : layers[noise]({ rate: 0.3 }),
            layers.dense({ units, activation: "tanh", ...constrained }),
            layers.dense({ units: 3, activation: "softmax" }),
          ],
          { inputShape: [6], seed: 1 },
        ),
    };
  },

  pictures(anygrad, draws, wide) {
    const { layers } = anygrad;
    const [filters, n, side] = [wide ? 16 : 4, wide ? 96 : draws.whole(40, 56), wide ? 16 : 8];
    const first = draws.one(["conv2d", "depthwiseConv2d", "separableConv2d"]);
    const norm = draws.one(["batchNormalization", "batchNormalization", "groupNormalization", undefined]);
    const pool = draws.one(["maxPooling2d", "averagePooling2d"]);
    const last = draws.one(["dropout", "spatialDropout2d"]);
    const options = first === "depthwiseConv2d" ? { depthMultiplier: filters } : { filters };
    return {
      ...classes(draws, n, 4),
      x: Uint8Array.from(draws.numbers(n * side * side, (u) => 255 * u)),
      normalization: { scale: 1 / 255, shift: -0.5 },
      shape: [side, side, 1],
      batchSize: wide ? 32 : draws.whole(8, 13),
      text: { first, norm, pool, last },
      norm,
      pictures: true,
      network: () =>
        anygrad.sequential(
          [
            layers[first]({ kernelSize: 3, padding: "same", ...options }),
            ...(norm ? [layers[norm](norm === "groupNormalization" ? { groups: 2 } : {})] : []),
            layers.relu(),
            layers[pool](),
            ...(last === "spatialDropout2d" ? [layers.spatialDropout2d({ rate: 0.3 })] : []),
            layers.flatten(),
            ...(last === "dropout" ? [layers.dropout({ rate: 0.3 })] : []),
            layers.dense({ units: 4, activation: "softmax" }),
          ],
          { inputShape: [side, side, 1], seed: 2 },
        ),
    };
  },

  sequences(anygrad, draws, wide) {
    const { layers } = anygrad;
    const [batchSize, units] = [wide ? 32 : 8, wide ? 64 : 5];
    const cell = draws.one(["lstm", "gru", "simpleRNN"]);
    const stateful = draws.chance(0.6);
    const dropped = draws.some(0.4, { dropout: 0.2, recurrentDropout: 0.2 });
    const both = !stateful && draws.chance(0.5);
    const n = 5 * batchSize;
    const recurrent = () =>
      layers[cell]({ units, ...dropped, ...(stateful && { stateful, batchSize }), returnSequences: both });
    return {
      ...classes(draws, n, 3),
      x: draws.numbers(n * 7 * 3, (u) => 2 * u - 1),
      shape: [7, 3],
      batchSize,
      text: { cell, units, stateful, ...dropped, both },
      stateful,
      network: () =>
        anygrad.sequential(
          [
            ...(both
              ? [layers.bidirectional({ layer: recurrent() }), layers.globalMaxPooling1d()]
              : [recurrent()]),
            layers.dense({ units: 3, activation: "softmax" }),
          ],
          { inputShape: [7, 3], seed: 3 },
        ),
    };
  },

  /** Lists of words of several lengths: batches of like lengths, or filled up. */
  words(anygrad, draws, wide) {
    const { layers } = anygrad;
    const n = wide ? 120 : draws.whole(40, 56);
    const lists = Array.from({ length: n }, () =>
      Array.from({ length: draws.whole(1, 9) }, () => draws.whole(1, 11)),
    );
    const norm = draws.one(["layerNormalization", "rmsNormalization"]);
    const middle = draws.one(["multiHeadAttention", "gru"]);
    const { data } = anygrad.padSequences(lists, { maxlen: 9 });
    return {
      ...classes(draws, n, 3),
      x: Float32Array.from(data),
      lists,
      shape: [9],
      batchSize: draws.whole(8, 13),
      text: { norm, middle },
      network: () => {
        const words = anygrad.input({ shape: [9] });
        const vectors = layers.embedding({ inputDim: 12, outputDim: 8, maskZero: true }).apply(words);
        const seen =
          middle === "gru"
            ? layers.gru({ units: 8, returnSequences: true, dropout: 0.2 }).apply(vectors)
            : layers.multiHeadAttention({ numHeads: 2, keyDim: 4, dropout: 0.2 }).apply([vectors, vectors]);
        const mean = layers.globalAveragePooling1d().apply(layers[norm]().apply(seen));
        return anygrad.model({
          inputs: words,
          outputs: layers.dense({ units: 3, activation: "softmax" }).apply(mean),
          seed: 4,
        });
      },
    };
  },

  several(anygrad, draws, wide) {
    const { layers } = anygrad;
    const n = wide ? 96 : draws.whole(40, 56);
    const [features, picture] = [draws.numbers(n * 5, (u) => 2 * u - 1), draws.numbers(n * 64, (u) => u)];
    const { y: kind } = classes(draws, n, 3);
    return {
      n,
      x: { features: { shape: [n, 5], data: features }, picture: { shape: [n, 8, 8, 1], data: picture } },
      y: { kind, price: { shape: [n, 1], data: draws.numbers(n, (u) => 4 * u - 2) } },
      batchSize: wide ? 32 : draws.whole(8, 13),
      text: {},
      norm: "batchNormalization",
      several: true,
      network: () => {
        const inputs = [
          anygrad.input({ shape: [5], name: "features" }),
          anygrad.input({ shape: [8, 8, 1], name: "picture" }),
        ];
        const conv = layers.conv2d({ filters: 4, kernelSize: 3 }).apply(inputs[1]);
        const flat = layers.flatten().apply(layers.relu().apply(layers.batchNormalization().apply(conv)));
        const both = layers.dropout({ rate: 0.2 }).apply(layers.concatenate().apply([inputs[0], flat]));
        return anygrad.model({
          inputs,
          outputs: [
            layers.dense({ units: 3, activation: "softmax", name: "kind" }).apply(both),
            layers.dense({ units: 1, name: "price" }).apply(both),
          ],
          seed: 5,
        });
      },
    };
  },

  numbers(anygrad, draws, wide) {
    const { layers } = anygrad;
    const n = wide ? 256 : draws.whole(40, 56);
    const loss = draws.one(["mse", "mae", "huber", "logCosh"]);
    const units = wide ? 256 : 8;
    return {
      n,
      x: draws.numbers(n * 4, (u) => 2 * u - 1),
      y: draws.numbers(n, (u) => 4 * u - 2),
      loss,
      shape: [4],
      batchSize: wide ? 64 : draws.whole(8, 13),
      text: { loss },
      network: () =>
        anygrad.sequential(
          [
            layers.dense({ units, activation: "gelu" }),
            layers.dropout({ rate: 0.2 }),
            layers.dense({ units: 1 }),
          ],
          { inputShape: [4], seed: 6 },
        ),
    };
  },
};

function classes(draws, n, count) {
  return { n, y: Int32Array.from({ length: n }, () => draws.whole(0, count - 1)), classes: count };
}

/** Optimizer, schedule, losses and metrics. */
function compilationOf(anygrad, draws, { classes, loss, several }) {
  const type = draws.one(Object.keys(optimizers));
  const schedule = draws.one(Object.keys(schedules));
  const warm = draws.chance(0.3);
  const own = draws.some(0.5, optimizers[type]);
  const shared = draws.some(0.3, {
    clipnorm: 0.5,
    globalClipnorm: 1,
    clipvalue: 0.1,
    gradientAccumulationSteps: draws.whole(2, 4),
  });
  if ("nesterov" in own) own.momentum = 0.9;
  // one way of clipping, as optimizers take it
  for (const name of ["clipvalue", "globalClipnorm"]) if ("clipnorm" in shared) delete shared[name];
  if ("globalClipnorm" in shared) delete shared.clipvalue;
  const metrics = Object.keys(
    draws.some(
      0.5,
      several || !classes ? { mae: 1, rmse: 1, r2: 1 } : { accuracy: 1, auc: 1, f1: 1, topK: 1 },
    ),
  );
  const scheduled = () => {
    const made = anygrad.schedules[schedule](schedules[schedule]);
    return warm ? anygrad.schedules.warmup({ schedule: made, warmupSteps: 4 }) : made;
  };
  return {
    text: { type, schedule, warm, ...own, ...shared, metrics },
    options: () => ({
      optimizer: anygrad.optimizers[type]({ learningRate: scheduled(), ...own, ...shared }),
      loss: several
        ? { kind: "sparseCategoricalCrossentropy", price: "mse" }
        : (loss ?? "sparseCategoricalCrossentropy"),
      metrics: several
        ? { kind: ["accuracy"], price: metrics }
        : metrics.map((name) => (name === "topK" ? anygrad.metrics.topK({ k: 2 }) : name)),
    }),
  };
}

/** What `fit` is given: data in one of their forms and options. Callbacks are made anew for each part of a run. */
function fitting(anygrad, draws, made, settings) {
  const { n, batchSize, several, stateful, norm, pictures, classes } = made;
  const form = draws.one(
    stateful
      ? ["set", "batches"]
      : [
          "set",
          "set",
          "set",
          "batches",
          "function",
          "seeking",
          "async",
          "readable",
          ...(made.lists ? ["buckets", "buckets"] : []),
        ],
  );
  const isSet = form === "set";
  const options = { epochs: draws.whole(2, 3), seed: draws.whole(0, 9) };
  if (isSet) {
    options.batchSize = batchSize;
    options.shuffle = draws.chance(0.7);
    if (draws.chance(0.3) && norm === "batchNormalization") options.recalibrate = draws.whole(1, 3);
  } else if (form !== "buckets" && draws.chance(0.3)) options.stepsPerEpoch = 3;
  if (draws.chance(0.4)) options.ema = 0.8;
  if (draws.chance(0.4) && classes) options.classWeight = { 0: 2, 2: 0.5 };
  if (draws.chance(0.3) && several) options.classWeight = { kind: { 1: 3 } };
  const weights = draws.chance(0.3) ? draws.numbers(n, (u) => 0.5 + u) : undefined;
  if (weights && isSet) options.sampleWeight = weights;
  const judged = draws.one(["none", "set", "split", "stream"]);
  const splits = judged === "split" && isSet && !stateful && !several;
  if (splits) options.validationSplit = 0.25;
  const isJudged = judged !== "none" && (judged !== "split" || splits);
  const augment = draws.some(0.3, changes);
  const augmented = Object.keys(augment).length > 0 && (pictures || (several && !("mixup" in augment)));
  const range = several && { valueRange: [0, 1] };
  if (made.cacheable && isSet && judged !== "stream" && draws.chance(0.7)) options.cacheFeatures = true;
  const watching = Object.keys(
    draws.some(0.4, { earlyStopping: 1, plateau: 1, rates: 1, checkpoint: 1, finder: 1, log: 1, counter: 1 }),
  );
  const patience = draws.whole(0, 2);
  Object.assign(settings, {
    form,
    ...options,
    ...(options.sampleWeight && { sampleWeight: "drawn" }),
    judged,
    ...(augmented && { augment }),
    watching,
    patience,
  });
  const monitor = isJudged ? "val_loss" : "loss";
  const callbacksOf = (net) =>
    watching.map((name) => {
      const { callbacks } = anygrad;
      if (name === "earlyStopping") return callbacks.earlyStopping({ monitor, patience });
      if (name === "plateau")
        return callbacks.reduceLearningRateOnPlateau({ monitor, patience: 1, factor: 0.5, minDelta: 0.01 });
      if (name === "rates") return callbacks.learningRateSchedule((_, before) => before * 0.8);
      if (name === "checkpoint")
        return callbacks.modelCheckpoint(net, { monitor, saveBestOnly: true, save() {}, optimizer: false });
      if (name === "finder") return callbacks.learningRateFinder({ from: 1e-4, to: 0.1, steps: 9 });
      if (name === "log") return callbacks.csvLogger({ write() {} });
      return counter();
    });
  return (net) => ({
    data: dataOf(made, form, weights),
    options: {
      ...options,
      ...(isJudged && !splits && { validationData: validationOf(made, judged) }),
      ...(augmented && {
        augment: several
          ? { picture: anygrad.augmentation({ ...augment, ...range }) }
          : anygrad.augmentation(augment),
      }),
      callbacks: callbacksOf(net),
    },
  });

  function dataOf({ x, y, shape, normalization, lists }, form, weights) {
    if (form === "set")
      return several
        ? { x, y }
        : anygrad.dataset({ x, y, shape: [n, ...shape], ...(normalization && { normalization }) });
    if (form === "buckets")
      return anygrad.bucketBySequenceLength(
        { x: lists, y: [...y], ...(weights && { sampleWeight: weights }) },
        { batchSize, bucketBoundaries: [4], seed: 3, maxlen: 9 },
      );
    const batches = batchesOf(made, weights);
    if (form === "batches") return batches;
    // the order of an epoch is its own
    const turned = (epoch) => batches.map((_, i) => batches[(i + epoch) % batches.length]);
    if (form === "function") return ({ epoch }) => turned(epoch)[Symbol.iterator]();
    if (form === "seeking") return ({ epoch, step }) => turned(epoch).slice(step);
    if (form === "async")
      return async function* ({ epoch }) {
        for (const batch of turned(epoch)) yield await batch;
      };
    return ({ epoch }) =>
      new ReadableStream({
        start(controller) {
          for (const batch of turned(epoch)) controller.enqueue(batch);
          controller.close();
        },
      });
  }
}

/** The first examples again, as they are validated on. */
function validationOf(made, judged) {
  if (judged === "stream") return batchesOf(made, undefined).slice(0, 3);
  const all = batchesOf({ ...made, batchSize: made.stateful ? made.batchSize : 17 }, undefined);
  return all[0];
}

function batchesOf({ n, x, y, shape, batchSize, several, normalization }, weights) {
  const rows = ({ shape: [, ...each], data }, from, to) => {
    const size = each.reduce((a, b) => a * b, 1);
    return { shape: [to - from, ...each], data: data.slice(from * size, to * size) };
  };
  return Array.from({ length: Math.ceil(n / batchSize) }, (_, i) => {
    const [from, to] = [i * batchSize, Math.min(n, (i + 1) * batchSize)];
    const sampleWeight = weights && { sampleWeight: weights.slice(from, to) };
    if (several)
      return {
        x: { features: rows(x.features, from, to), picture: rows(x.picture, from, to) },
        y: { kind: y.kind.slice(from, to), price: rows(y.price, from, to) },
        ...sampleWeight,
      };
    const part = rows({ shape: [n, ...shape], data: x }, from, to);
    return {
      x: part.data,
      shape: part.shape,
      y: y.slice(from, to),
      ...(normalization && { normalization }),
      ...sampleWeight,
    };
  });
}

/** A user's own callback that keeps a state. */
function counter() {
  let count = 0;
  return {
    onTrainBegin() {
      count = 0;
    },
    onStepEnd(_, run) {
      count++;
      if (count % 4 === 0) run.learningRate *= 0.9;
    },
    save: () => ({ count }),
    restore(saved) {
      count = saved.count;
    },
  };
}

/**
 * Makes a part of a run.
 *
 * @param anygrad the module
 * @param run what drawnRun gave
 * @param part engine; saved, the bytes to go on from, undefined at the beginning; most, the global step before which the part ends,
 *   undefined at the run's end; way, how it ends: "leave" the loop, "abort" the run, or "die" after the last callback saved it
 * @returns bytes; steps, the logs by their global step; and at the end of the run ended, its history and digest
 */
export async function partOf(anygrad, run, { engine, saved, most, way = "leave" }) {
  const net = saved ? await anygrad.load(saved, { engine }) : await run.begin(engine);
  const { data, options } = run.fit(net);
  const steps = {};
  let [bytes, count] = [undefined, 0];
  const controller = new AbortController();
  const saver = {
    onStepEnd(logs) {
      steps[logs.globalStep] = logs;
      count++;
      if (count !== most) return;
      if (way === "abort") controller.abort();
      if (way === "die")
        return net.save({ optimizer: true }).then((state) => {
          bytes = state;
          throw new Error("the process has died");
        });
    },
  };
  const walk = net.train(data, {
    ...options,
    ...(saved && { resume: true }),
    callbacks: [...options.callbacks, saver],
    signal: controller.signal,
  });
  const isAsked = (error) =>
    most !== undefined && (error.code === "ABORTED" || /the process has died/.test(error.message));
  try {
    for (;;) {
      if (way === "leave" && count === most) {
        await walk.return({ loss: [], seconds: [], learningRate: [] });
        break;
      }
      const { done, value } = await walk.next();
      if (!done) continue;
      const { seconds: _, ...history } = value;
      return {
        bytes: await net.save({ optimizer: true }),
        steps,
        ended: { history, digest: await net.digest() },
      };
    }
  } catch (error) {
    if (!isAsked(error)) throw error;
  }
  return { bytes: bytes ?? (await net.save({ optimizer: true })), steps };
}

/** How a run is cut into parts: two or three, each of some steps, and how each ends. */
export function cutsOf(seed, total) {
  const draws = drawsOf(seed + 0x5eed);
  return Array.from({ length: draws.whole(1, 2) }, () => ({
    most: draws.whole(1, Math.max(1, total - 1)),
    way: draws.one(["leave", "abort", "die"]),
  }));
}

/** Which of a list each part is made on. */
export function placesOf(seed, count, parts) {
  const draws = drawsOf(seed + 0xb17d);
  return Array.from({ length: parts }, () => draws.whole(0, count - 1));
}

// The networks of networks.json and the one batch of random inputs that every peer trains on.
// batch.py draws the same numbers; the generator is the 32-bit linear congruential one of Numerical Recipes.
import file from "./networks.json" with { type: "json" };

export const { batchSize, inputShape, classes, learningRate } = file;
export const networks = Object.fromEntries(
  Object.entries(file.networks).map(([name, network]) => [
    name,
    {
      batchSize,
      inputShape,
      inferenceBatchSize: network.batchSize ?? batchSize,
      ...network,
      layers: network.layers.flatMap(expanded),
    },
  ]),
);

/** A network by its name; of NAME@N it is that one with N examples, in training and inference. */
export function networkNamed(name) {
  const [base, size] = name.split("@");
  const network = networks[base];
  return size === undefined
    ? network
    : { ...network, batchSize: Number(size), inferenceBatchSize: Number(size) };
}

/** The layers that a shorthand stands for; `residual` adds what its layers make of their input to it. */
function expanded(layer) {
  const { type, filters, strides, inputs, expansion, times = 1, units, numHeads, hidden } = layer;
  if (type === "convolution") return normalized({ ...layer, type: "conv2d" }, true);
  if (type === "separable")
    // MobileNet's block (Howard et al., arXiv:1704.04861)
    return Array.from({ length: times }, (_, i) => [
      ...normalized({ type: "depthwiseConv2d", kernelSize: 3, strides: i === 0 ? strides : 1 }, true),
      ...normalized({ type: "conv2d", kernelSize: 1, strides: 1, filters }, true),
    ]).flat();
  if (type === "inverted")
    // MobileNetV2's block (Sandler et al., arXiv:1801.04381)
    return Array.from({ length: times }, (_, i) => {
      const [from, stride] = i === 0 ? [inputs, strides] : [filters, 1];
      const pointwise = { type: "conv2d", kernelSize: 1, strides: 1 };
      const layers = [
        ...(expansion > 1 ? normalized({ ...pointwise, filters: from * expansion }, true) : []),
        ...normalized({ type: "depthwiseConv2d", kernelSize: 3, strides: stride }, true),
        ...normalized({ ...pointwise, filters }, false),
      ];
      return from === filters && stride === 1 ? [{ type: "residual", layers }] : layers;
    }).flat();
  if (type === "encoder")
    // the block of Vaswani et al. (arXiv:1706.03762), normalised in front, as its later users have it
    return [
      [{ type: "multiHeadAttention", numHeads, keyDim: units / numHeads }],
      [
        { type: "dense", units: hidden, activation: "relu" },
        { type: "dense", units },
      ],
    ].map((layers) => ({ type: "residual", layers: [{ type: "layerNormalization" }, ...layers] }));
  return [layer];
}

function normalized(convolution, isActive) {
  return [
    { ...convolution, padding: "same", useBias: false },
    { type: "batchNormalization" },
    ...(isActive ? [{ type: "relu", maxValue: 6 }] : []),
  ];
}

/** @returns inputs in [0, 1), row-major [batchSize, …inputShape], images with their channels last, and labels */
export function randomBatch({ batchSize, inputShape }) {
  let state = 1;
  const draw = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) / 2 ** 24;
  };
  const size = inputShape.reduce((product, n) => product * n, batchSize);
  const inputs = Float32Array.from({ length: size }, draw);
  const labels = Int32Array.from({ length: batchSize }, () => Math.floor(draw() * classes));
  return { inputs, labels };
}

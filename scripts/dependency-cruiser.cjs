// The arrows of the architecture: they point down only. One list of floors, from top to bottom: what a floor holds may
// import what stands on lower floors, and nothing above it. docs/architecture.md draws it.
const floors = [
  // what is made with the library
  ["the program", "^cli/[^/]+[.]ts$"],
  ["commands", "^cli/commands/"],
  ["sweeps, comparisons and federations", "^cli/(compare|federate|tune)/"],
  ["runs over a queue", "^cli/cluster/[^/]+[.]ts$"],
  ["data by content", "^cli/cluster/content/"],
  ["training on the command line", "^cli/(training|pretrained)/"],
  ["data sets on the command line", "^cli/dataset/"],
  ["models on the command line", "^cli/models/"],
  ["options", "^cli/options/"],
  ["processes", "^cli/process/"],
  ["the terminal", "^cli/terminal/"],
  ["benchmark", "^bench/suite/"],
  ["the entry for Node", "^node/"],
  ["views in a page", "^vis/"],
  ["reports of runs from code", "^report/code/"],
  ["report pages", "^report/(run|comparison|sweep|dataset)/"],
  ["pages", "^report/html/"],
  ["charts", "^report/charts/"],
  ["pictures", "^report/pictures/"],
  ["texts", "^report/text/"],
  ["runs on disk", "^runs/"],
  // the library
  ["entries", "^src/index[.]ts$"],
  ["presets", "^src/presets/"],
  ["worker", "^src/worker/"],
  ["learning together", "^src/federated/"],
  ["models of other libraries", "^src/io/(keras|tfjs|onnx|tflite)/"],
  ["graphs of other libraries", "^src/io/graph/"],
  ["models", "^src/model/([^/]+[.]ts$|inference/|predictions/|tuning/)"],
  ["saving", "^src/model/saving/"],
  ["training", "^src/model/training/"],
  ["network", "^src/model/network/"],
  ["augmentation", "^src/augmentation/"],
  ["layers", "^src/layers/"],
  ["training parts", "^src/(optimizers|losses|initializers|regularizers|constraints)/"],
  ["metrics", "^src/metrics/"],
  ["gradients of gradients", "^src/engine/"],
  ["ops", "^src/ops/"],
  ["autograd", "^src/autograd/"],
  ["tensor", "^src/tensor/"],
  ["backend", "^src/backend/"],
  ["threads", "^src/threads/"],
  ["memory", "^src/memory/"],
  ["kernels", "^src/kernels/"],
  ["data", "^src/data/"],
  ["runtime", "^src/runtime/"],
  ["formats", "^src/io/(?!keras/|tfjs/|onnx/|tflite/|graph/)"],
  ["math and errors", "^src/(math/|errors[.]ts$|registry[.]ts$|definitions/)"],
];

const forbidden = [
  {
    name: "no-circles",
    comment: "of any kind: types count, too",
    severity: "error",
    from: {},
    to: { circular: true },
  },
  {
    name: "no-orphans",
    severity: "error",
    from: { orphan: true, pathNot: "([.](generated|d)|kernels/file)[.]ts$" },
    to: {},
  },
  {
    name: "data-and-formats-know-no-kernels",
    severity: "error",
    from: {
      path: "^(src/(data|io|metrics)|report|runs)/",
      pathNot: "^src/io/(keras|tfjs|onnx|tflite|graph)/",
    },
    to: { path: "^src/(kernels|memory|threads|backend|autograd|ops)/" },
  },
  {
    name: "only-runtime-knows-node",
    severity: "error",
    from: { path: "^(src|report)/", pathNot: "^src/(runtime/|threads/|worker/(spawn|entry)[.]ts$)" },
    to: { dependencyTypes: ["core"] },
  },
  {
    name: "the-library-has-no-packages",
    comment:
      "but for formats of other libraries and Flower's, entries of their own with which a package is bundled",
    severity: "error",
    from: { path: "^src/", pathNot: "^src/(federated/|io/(zip/archive[.]ts$|(keras|onnx|tflite|tfjs)/))" },
    to: { dependencyTypes: ["npm", "npm-dev", "npm-optional", "npm-peer", "npm-no-pkg", "npm-bundled"] },
  },
];

// a rule a floor, the topmost's too, above which is nothing: scripts/draw-architecture.mjs reads the floors from these
floors.forEach(([name, path], i) => {
  const above = i === 0 ? "^$" : floors.slice(0, i).map(([, p]) => p);
  forbidden.push({ name: `down-only: ${name}`, severity: "error", from: { path }, to: { path: above } });
});

module.exports = {
  forbidden,
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
  },
};

// The arrows of the architecture: they point down only. One list, from top to bottom;
// a folder may import folders that stand below it, and nothing above it.
const order = [
  ["entries", "^src/(index[.]ts$|node/)"],
  ["cli", "^src/cli/"],
  ["bench", "^src/bench/"],
  ["presets", "^src/presets/"],
  ["report", "^src/report/"],
  ["worker", "^src/worker/"],
  ["datasets", "^src/datasets[.]ts$"],
  ["model", "^src/model/"],
  ["io", "^src/io/"],
  ["layers", "^src/layers/"],
  ["training parts", "^src/(optimizers|losses|initializers|regularizers)/"],
  ["metrics", "^src/metrics/"],
  ["ops", "^src/ops/"],
  ["autograd", "^src/autograd/"],
  ["data", "^src/data/"],
  ["tensor", "^src/tensor/"],
  ["engine", "^src/engine/"],
  ["math and errors", "^src/(math/|(errors|bounds|snapshot)[.]ts$)"],
];

const forbidden = [
  {
    name: "no-cycles",
    comment: "types may refer to each other, values may not",
    severity: "error",
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
  },
  {
    name: "no-orphans",
    severity: "error",
    from: { orphan: true, pathNot: "([.](generated|d)|kernels/file)[.]ts$" },
    to: {},
  },
  {
    name: "data-io-report-never-import-the-engine",
    severity: "error",
    from: { path: "^src/(data|io|report|metrics)/" },
    to: { path: "^src/(engine|autograd|ops)/" },
  },
  {
    name: "only-engine-and-cli-know-node",
    severity: "error",
    from: { pathNot: "^src/(engine/|cli/|node/|worker/(spawn|entry)[.]ts$)" },
    to: { dependencyTypes: ["core"] },
  },
  {
    name: "packages-of-the-core",
    comment: "the core's only package: wasm-feature-detect, in one file",
    severity: "error",
    from: { pathNot: "^src/(cli|report|bench/measure[.]ts|engine/variant[.]ts)" },
    to: { dependencyTypes: ["npm", "npm-dev", "npm-optional", "npm-peer", "npm-no-pkg"] },
  },
];

order.forEach(([name, path], i) => {
  const above = order.slice(0, i).map(([, p]) => p);
  if (above.length > 0)
    forbidden.push({
      name: `down-only: ${name}`,
      severity: "error",
      from: { path },
      to: { path: above },
    });
});

module.exports = {
  forbidden,
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
  },
};

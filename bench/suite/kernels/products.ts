/** Matrix products: cubes, and those of the networks' dense layers in all three passes. */
import { gemm_nn_f32, gemm_nt_f32, gemm_tn_f32 } from "../../../src/kernels/abi.generated.ts";
import { batchSize, type Workload } from "./workload.ts";

const cubes = [64, 128, 256, 512, 1024];
/** Inputs and units of the dense layers of the six networks. */
const layers = [
  [784, 128],
  [128, 64],
  [64, 10],
  [784, 512],
  [512, 256],
  [256, 10],
  [800, 128],
  [128, 10],
  [5408, 256],
  [3136, 128],
] as const;
const inQuickCubes = [256, 512];
const inQuickLayers = ["784 → 128", "3136 → 128"];

export const products: readonly Workload[] = [
  ...cubes.map((n) => product("GEMM", `${n}³`, "nn", n, n, n, inQuickCubes.includes(n))),
  ...layers.flatMap(([inputs, units]) => {
    const title = `${inputs} → ${units}`;
    const group = `dense ${title}`;
    const quick = inQuickLayers.includes(title);
    return [
      product(group, "forward", "nn", batchSize, units, inputs, quick),
      product(group, "input gradient", "nt", batchSize, inputs, units, quick),
      product(group, "kernel gradient", "tn", inputs, units, batchSize, quick),
    ];
  }),
];

/** c [m, n] = op(a) op(b); the letters say which of a [m, k] and b [k, n] are stored transposed. */
function product(
  group: string,
  name: string,
  form: "nn" | "nt" | "tn",
  m: number,
  n: number,
  k: number,
  quick: boolean,
): Workload {
  return {
    group,
    name,
    quick,
    unit: "GFLOP/s",
    work: 2 * m * n * k,
    prepare({ kernels }, scratch) {
      const [c, a, b] = [scratch.floats(m * n), scratch.floats(m * k), scratch.floats(k * n)];
      const [lda, ldb] = [form === "tn" ? m : k, form === "nt" ? k : n];
      const values = { c, a, b, bias: 0, m, n, k, lda, ldb, ldc: n, activation: 0 };
      return () => kernels.run({ nn: gemm_nn_f32, nt: gemm_nt_f32, tn: gemm_tn_f32 }[form], values);
    },
  };
}

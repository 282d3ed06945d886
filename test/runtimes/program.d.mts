import type * as Anygrad from "../../src/index.ts";

type Names = typeof Anygrad;
export declare const runs: Record<
  string,
  { network: string; batchSize: number; steps: number; epochs: number }
>;
export declare const familyOps: string;
export declare const networks: Record<
  "cnn-bn-sigmoid" | "mlp-128-64" | "cnn-32-32",
  (anygrad: Pick<Names, "layers">) => Anygrad.Layer[]
>;
export declare const sequences: Record<
  "recurrent" | "attention" | "conv1d",
  (anygrad: Pick<Names, "layers">) => Anygrad.Layer[]
>;
export declare function program(
  anygrad: Names,
  host?: { control?: () => unknown; kernels?: (variant: string) => unknown },
): <Answer>(plan: { task: string }) => Promise<Answer>;

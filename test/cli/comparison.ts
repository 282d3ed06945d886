/** Small comparisons of `anygrad compare`, and what they answer. */
import { expect } from "vitest";
import { anygrad } from "./anygrad.ts";

export const common = ["--limit", "300", "--epochs", "2", "--seed", "4"];
export const candidates = ["softmax", "mlp-64", "mlp-64:optimizer=momentum,learning-rate=0.05"];

export interface Model {
  model: string;
  accuracy: number;
  loss: number;
  parameters: number;
  seconds: number;
  digest: string;
  folder: string | null;
  confusion: number[][];
  perClass: { recall: number; f1: number; support: number }[];
}

export interface Comparison {
  datasets: {
    name: string;
    testExamples: number;
    timing: { comparable: boolean; note: string };
    models: Model[];
    classWinners: { model: string; f1: number }[];
    duel: { first: string; second: string; onlyFirst: number; onlySecond: number };
  }[];
  failed: { model: string; dataset: string; reason: string }[];
  command: string;
  out: string | null;
}

export async function compared(args: readonly string[], code = 0): Promise<Comparison> {
  const ended = await anygrad(["compare", ...args, "--json", "--quiet"]);
  expect({ code: ended.code, stderr: code === 0 ? ended.stderr : "" }, ended.stderr).toEqual({
    code,
    stderr: "",
  });
  expect(ended.stdout.trimEnd().split("\n")).toHaveLength(1);
  return JSON.parse(ended.stdout) as Comparison;
}

export const key = ({
  datasets,
}: Comparison): Pick<Model, "model" | "accuracy" | "loss" | "digest" | "confusion">[] =>
  datasets[0]!.models.map(({ model, accuracy, loss, digest, confusion }) => ({
    model,
    accuracy,
    loss,
    digest,
    confusion,
  }));

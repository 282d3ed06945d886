/** The golden answers of the runtime matrix, and the program's answers here. */
import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "vitest";
import * as anygrad from "../../src/index.ts";
import { familyOps, program } from "./program.mjs";

/** What the task `families` gives. */
export interface FamilyAnswer {
  values: string;
  gradient: string;
}

export interface Answer {
  weights: string;
  predictions: string;
  trainingLoss: number;
  loss: number;
  accuracy: number;
  error?: unknown;
}

const file = new URL("../golden/runtimes.json", import.meta.url);

/** Whether answers are to be pinned anew. */
export const pinning: boolean = process.env.ANYGRAD_PIN === "1";
const pinned = JSON.parse(readFileSync(file, "utf8"));
export const golden: Record<string, Answer> = pinned;
export const goldenFamilies: FamilyAnswer = pinned[familyOps];

export function pin(found: Record<string, Answer | FamilyAnswer>): void {
  const all = { ...JSON.parse(readFileSync(file, "utf8")), ...found };
  writeFileSync(file, `${JSON.stringify(all, undefined, 2)}\n`);
}

/** Calls ops of the families of kernels. */
export async function callFamilies(build: { variant: string; threads: number }): Promise<FamilyAnswer> {
  const answer: FamilyAnswer & { error?: unknown } = await program(anygrad)({
    task: "families",
    ...build,
  } as {
    task: string;
  });
  expect(answer.error).toBeUndefined();
  return { values: answer.values, gradient: answer.gradient };
}

/** @param control gives the kernels of runs whose sum is `reordered` */
export function trainer(control?: () => Uint8Array) {
  const ask = program(anygrad, { control });
  return async (plan: {
    run: string;
    variant: string;
    threads?: number;
    reordered?: boolean;
  }): Promise<Answer> => {
    const answer: Answer = await ask({ task: "train", ...plan });
    expect(answer.error).toBeUndefined();
    const { weights, predictions, trainingLoss, loss, accuracy } = answer;
    return { weights, predictions, trainingLoss, loss, accuracy };
  };
}

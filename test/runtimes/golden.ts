/** The golden answers of the runtime matrix, and the program's answers here. */
import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "vitest";
import * as anygrad from "../../src/index.ts";
import { program } from "./program.mjs";

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
export const golden: Record<string, Answer> = JSON.parse(readFileSync(file, "utf8"));

export function pin(found: Record<string, Answer>): void {
  const all = { ...JSON.parse(readFileSync(file, "utf8")), ...found };
  writeFileSync(file, `${JSON.stringify(all, undefined, 2)}\n`);
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

/** Small sweeps of `anygrad tune`, and what they leave. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Trial } from "../../report/sweep/trial.ts";
import { anygrad } from "./anygrad.ts";

export const quick = ["--limit", "200", "--epochs", "2"];
export const space = ["--search", "learning-rate=0.01..1:log", "--search", "optimizer=sgd,momentum"];
export const random = ["tune", "mlp-64", ...space, "--trials", "5", ...quick];
export function linesOf(out: string): string[] {
  return readFileSync(join(out, "trials.jsonl"), "utf8").trimEnd().split("\n");
}

export function trialsOf(out: string): Trial[] {
  return linesOf(out).map((line) => JSON.parse(line) as Trial);
}

export async function swept(args: readonly string[], out: string): Promise<Record<string, never>> {
  const { code, stdout, stderr } = await anygrad([...args, "--out", out, "--json", "--quiet"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout);
}

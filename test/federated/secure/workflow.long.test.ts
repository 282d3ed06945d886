/** Nodes of anygrad in the secure aggregation of Flower's own server, beside nodes of Flower; one round each. Without its SuperLink: it takes seconds. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { SecureAggregation } from "../../../src/federated/secure/aggregation.ts";
import type { ConfigValue, Records } from "../../../src/federated/wire/records.ts";
import { python } from "../federation.ts";

const program = fileURLToPath(new URL("workflow.py", import.meta.url));
const examples = { 1: 100, 2: 900, 3: 250, 4: 500 } as const;
const weights: Readonly<Record<number, readonly number[][]>> = {
  1: [[1, 2, 3], [4]],
  2: [[-1, 0.5, 0.25], [2]],
  3: [[0.125, -3, 1.5], [-2]],
  4: [[0, 0, 7.5], [1]],
};

type Wire = number | string | { bytes: string } | { int: string } | readonly Wire[];

function given(wire: Wire): unknown {
  if (Array.isArray(wire)) return wire.map(given);
  if (typeof wire !== "object") return wire;
  if ("bytes" in wire) return new Uint8Array(Buffer.from(wire.bytes, "base64"));
  const int = BigInt((wire as { int: string }).int);
  return Number.isSafeInteger(Number(int)) ? Number(int) : int;
}

function wireOf(value: unknown): Wire {
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString("base64") };
  if (typeof value === "bigint") return { int: String(value) };
  return Array.isArray(value) ? value.map(wireOf) : (value as Wire);
}

/** @param shares of each secret @param dies the node that goes away before it sends weights; 0: none @returns what Flower's server gives its strategy */
async function round(shares: number, dies: number): Promise<number[][] | undefined> {
  const nodes = new Map([3, 4].map((id) => [id, new SecureAggregation()]));
  const server = spawn(python!, [program], { stdio: ["pipe", "pipe", "inherit"] });
  const say = (value: unknown): unknown => server.stdin.write(`${JSON.stringify(value)}\n`);
  say({ weights, examples, shares, dies });
  let mean: number[][] | undefined;
  for await (const line of createInterface({ input: server.stdout })) {
    const { node, config, mean: told } = JSON.parse(line);
    mean ??= told;
    if (node === undefined) continue;
    const id = node as 3 | 4;
    const asked = Object.fromEntries(
      Object.entries(config as Record<string, Wire>).map(([key, wire]) => [key, given(wire) as ConfigValue]),
    );
    const train = async (): Promise<Partial<Records>> => ({
      arrays: {
        "fitres.parameters": new Map(
          weights[id]!.map((data, i) => [
            String(i),
            { shape: [data.length], dtype: "float32", data: Float32Array.from(data) },
          ]),
        ),
      },
      metrics: { "fitres.num_examples": { num_examples: BigInt(examples[id]) } },
    });
    const { configs } = await nodes.get(id)!.answer(BigInt(id), asked, "answer", train);
    say(Object.fromEntries(Object.entries(configs!.answer!).map(([key, value]) => [key, wireOf(value)])));
  }
  return mean;
}

const meanOf = (ids: readonly (1 | 2 | 3 | 4)[]): number[] => {
  const total = ids.reduce((sum, id) => sum + examples[id], 0);
  return [0, 1, 2, 3].map(
    (i) => ids.reduce((sum, id) => sum + weights[id]!.flat()[i]! * examples[id], 0) / total,
  );
};

describe.skipIf(python === undefined)(
  "secure aggregation by Flower's server (npm run test:federated brings it)",
  () => {
    it.each([
      ["SecAgg", 4, 0, [1, 2, 3, 4]],
      ["SecAgg+ of three shares each", 3, 0, [1, 2, 3, 4]],
      ["SecAgg where a node of anygrad goes away", 4, 4, [1, 2, 3]],
    ] as const)("%s", async (_, shares, dies, left) => {
      const mean = await round(shares, dies);
      mean!.flat().forEach((value, i) => {
        expect(value).toBeCloseTo(meanOf(left)[i]!, 4);
      });
      expect(mean!.flat()).toHaveLength(4);
    });
  },
);

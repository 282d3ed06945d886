/** `modelFromConfig`, and the JSON of `--model FILE`: networks without weights. */
import { parseJson } from "../../../src/io/json.ts";
import { type ModelConfig, modelFromConfig } from "../../../src/model/index.ts";
import { expectSame } from "../judge.ts";
import type { Target } from "../target.ts";
import { smallModels } from "./saved.ts";

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

export const target: Target = {
  async seeds() {
    return (await smallModels()).map((net) => encode(net.getConfig()));
  },
  async read(bytes) {
    const net = modelFromConfig(parseJson("config", "the file", bytes) as unknown as ModelConfig);
    const first = encode(net.getConfig());
    expectSame("the network", encode(modelFromConfig(net.getConfig()).getConfig()), first);
    net.summary();
  },
  words: [
    "inputShape",
    "layers",
    "config",
    "units",
    "filters",
    "kernelSize",
    "seed",
    "nodes",
    "ends",
    "1e308",
    "null",
  ],
};

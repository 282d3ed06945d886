/** Checkpoints of unfinished runs: the seal, and the state that is loaded. */
import { seal, unseal } from "../../../runs/checkpoints/seal.ts";
import { checkpointSettings } from "../../../runs/schema.ts";
import { layers } from "../../../src/layers/index.ts";
import { load, sequential } from "../../../src/model/index.ts";
import { passed } from "../judge.ts";
import { engine, expectSaved, maxBytes } from "../models/saved.ts";
import { encoded, joined, parts, text } from "../parts.ts";
import type { Target } from "../target.ts";

const settings = {
  anygrad: "0.1.0",
  preset: "mlp-64",
  options: { epochs: 2, seed: 1 },
  network: { dropout: 0.5 },
};

/** The settings and the state of an input, sealed anew: no change would come further otherwise; or the bytes themselves. */
async function sealed(bytes: Uint8Array): Promise<Uint8Array> {
  if (bytes[0] !== 0x7b) return bytes;
  const [record, state] = parts(bytes, 2) as [Uint8Array, Uint8Array];
  let parsed: unknown;
  try {
    parsed = JSON.parse(text(record));
  } catch {
    return bytes;
  }
  return seal(state, parsed as Record<string, unknown>);
}

export const target: Target = {
  async seeds() {
    const net = sequential([layers.dense({ units: 2 })], { inputShape: [3], seed: 1 });
    await net.compile({ optimizer: "adam", loss: "meanSquaredError", engine });
    await net.fit([[1, 2, 3]], [[1, 2]], { epochs: 1 });
    const state = await net.save({ optimizer: true });
    return [joined([encoded(JSON.stringify(settings)), state]), seal(state, settings)];
  },
  async read(bytes) {
    await passed(() => void unseal(bytes, "checkpoint"));
    const file = await sealed(bytes);
    checkpointSettings(unseal(file, "checkpoint") ?? {}, "checkpoint: damaged,");
    await expectSaved(await load(file, { engine, maxBytes }));
  },
  words: ["checkpoint", "sha256", "version", "options", "preset", "__metadata__", "run", "optimizer"],
};

// Parts of drawn runs in a process (Node, Deno, Bun), by what the build made: a plan a line on standard input, a part a line on standard output.
import { Buffer } from "node:buffer";
import process from "node:process";
import { createInterface } from "node:readline";
import * as anygrad from "../../../../dist/index.js";
import { drawnRun, partOf } from "./drawn.mjs";

for await (const line of createInterface({ input: process.stdin })) {
  const { seed, variant, threads, saved, ...cut } = JSON.parse(line);
  const engine = await anygrad.createEngine({ variant, threads });
  const part = await partOf(anygrad, drawnRun(anygrad, seed), {
    engine,
    saved: saved && new Uint8Array(Buffer.from(saved, "base64")),
    ...cut,
  });
  const answer = { ...part, bytes: Buffer.from(part.bytes).toString("base64") };
  process.stdout.write(`${JSON.stringify(answer)}\n`);
  engine.dispose();
}

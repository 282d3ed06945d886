// A peer in JavaScript as a process of its own: node serve.mjs ENGINE '{"threads":1,…}'.
//
// JSON lines. It greets with { engine } (names and versions) or { error }; then it answers every request
//   { network, mode: "train" | "infer", warmup, steps }
// with { milliseconds: [per step], processor: [per step, milliseconds of all its threads], losses: [per step, warm-up
// included], parameters, note } or { error }.
// The network is built at its first request and stays until another one is asked for. serve.py speaks the same.
//
// ENGINE is a file of engines/ that exports `start(options) → { engine, open(name, network, batch) }`, and what is
// opened has { parameters, note, train() → loss, infer(), close() }. Both may return promises; both must not return
// before the work is done.
import { createInterface } from "node:readline";
import { networks, randomBatch } from "../batch.mjs";

// Engines print advice; stdout belongs to the protocol.
for (const method of ["log", "info", "debug", "warn"]) console[method] = console.error;
const reply = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const failure = (error) => ({ error: error instanceof Error ? error.message : String(error) });

const [engineFile, options] = process.argv.slice(2);
let peer;
try {
  const { start } = await import(`../engines/${engineFile}.mjs`);
  peer = await start(JSON.parse(options));
} catch (error) {
  reply(failure(error));
  process.exit(1);
}
reply({ engine: peer.engine });

let opened;
for await (const line of createInterface({ input: process.stdin })) {
  try {
    reply(await answer(JSON.parse(line)));
  } catch (error) {
    reply(failure(error));
  }
}
process.exit(0);

async function answer({ network, mode, warmup, steps }) {
  if (opened?.name !== network) {
    const previous = opened;
    opened = undefined;
    await previous?.close();
    const wanted = networks[network];
    opened = { name: network, ...(await peer.open(network, wanted, randomBatch(wanted))) };
  }
  const step = opened[mode];
  const losses = [];
  for (let i = 0; i < warmup; i++) losses.push(await step());
  const milliseconds = [];
  const processor = [];
  for (let i = 0, before = performance.now(), cpu = process.cpuUsage(); i < steps; i++) {
    losses.push(await step());
    const after = performance.now();
    const { user, system } = process.cpuUsage(cpu);
    milliseconds.push(after - before);
    processor.push((user + system) / 1000);
    before = after;
    cpu = process.cpuUsage();
  }
  return { milliseconds, processor, losses, parameters: opened.parameters, note: opened.note };
}

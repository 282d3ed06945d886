// A peer in JavaScript as a process of its own: node serve.mjs ENGINE '{"threads":1,…}'.
//
// JSON lines. It greets with { engine } (names and versions) or { error }; then it answers every request
//   { network, mode: "train" | "infer", warmup, steps }
// with { milliseconds: [per step], losses: [per step, warm-up included], cores, parameters, note } or { error }.
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
    opened = { name: network, ...(await peer.open(network, networks[network], randomBatch())) };
  }
  const step = opened[mode];
  const losses = [];
  for (let i = 0; i < warmup; i++) losses.push(await step());
  const milliseconds = [];
  const cpu = process.cpuUsage();
  const began = performance.now();
  for (let i = 0, before = began; i < steps; i++) {
    losses.push(await step());
    const after = performance.now();
    milliseconds.push(after - before);
    before = after;
  }
  const { user, system } = process.cpuUsage(cpu);
  return {
    milliseconds,
    losses,
    cores: (user + system) / 1000 / (performance.now() - began),
    parameters: opened.parameters,
    note: opened.note,
  };
}

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
import { answering } from "./answer.mjs";

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

const answer = answering(peer, () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
});
for await (const line of createInterface({ input: process.stdin })) {
  try {
    reply(await answer(JSON.parse(line)));
  } catch (error) {
    reply(failure(error));
  }
}
process.exit(0);

// What a queue costs, with trials that sleep: coordination of a trial, throughput of 1 to 64 workers, the coordinator's memory, bytes that
// Redis holds for a trial. With --hosts, Redis, the coordinator and each worker's process are hosts of their own (hosts.mjs).
// node test/cluster/measure.mjs [--trials 200] [--milliseconds 2000] [--workers 1,2,4,8] [--each 1] [--hosts]
import { once } from "node:events";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { bundledProgram, hasRedis, killed, started, startRedis } from "./bundled.mjs";
import { createHosts, loopback } from "./hosts.mjs";

const { values } = parseArgs({
  options: {
    trials: { type: "string", default: "200" },
    milliseconds: { type: "string", default: "2000" },
    workers: { type: "string", default: "1,2,4,8" },
    /** Sleeping trials at a time in each worker's process. */
    each: { type: "string", default: "1" },
    method: { type: "string", default: "random" },
    hosts: { type: "boolean", default: false },
  },
});
if (!hasRedis()) {
  console.log("cluster measure: skipped, redis-server is missing (apt-get install redis-server)");
  process.exit(0);
}
const [trials, milliseconds, each] = [values.trials, values.milliseconds, values.each].map(Number);
const program = await bundledProgram();
for (const workers of values.workers.split(",").map(Number)) {
  const count = Math.ceil(workers / each);
  const { hosts, remove } = values.hosts
    ? createHosts(count + 2)
    : { hosts: Array(count + 2).fill(loopback), remove() {} };
  const [server, desk, ...machines] = hosts;
  const redis = await startRedis(29_000 + (process.pid % 2000), server);
  const { url } = redis;
  const bytes = () => Number(/used_memory:(\d+)/.exec(redis.command("info", "memory"))[1]);
  const empty = bytes();
  const processorBefore = processor(redis);
  const folder = mkdtempSync(join(tmpdir(), "anygrad-measure-"));
  const hands = machines.map((machine) =>
    started(machine, program, "worker", url, Math.min(each, workers), milliseconds),
  );
  await pause(3000); // they are there before the trials
  let most = 0;
  const coordinator = started(desk, program, "coordinator", url, folder, values.method, trials);
  const watch = setInterval(() => {
    most = Math.max(most, bytes());
  }, 500);
  await once(coordinator, "exit");
  clearInterval(watch);
  const facts = JSON.parse(readFileSync(join(folder, "facts.json"), "utf8"));
  const [early, late] = [facts.tenths[0], facts.tenths[8]];
  const steady = (0.8 * trials * milliseconds) / 1000 / workers / (late.seconds - early.seconds);
  const ideal = (Math.ceil(trials / workers) * milliseconds) / 1000;
  const mib = (value) => (value / 2 ** 20).toFixed(0);
  console.log(
    [
      `${workers} workers, ${trials} trials of ${milliseconds} ms (${values.method})`,
      `${facts.seconds.toFixed(1)} s, ideal ${ideal.toFixed(1)} s: ${((100 * ideal) / facts.seconds).toFixed(1)} %`,
      `coordination ${((1000 * (facts.seconds - ideal)) / trials).toFixed(1)} ms a trial`,
      `processor of coordinator ${((1000 * facts.processorSeconds) / trials).toFixed(2)} ms a trial, of Redis ${((1000 * (processor(redis) - processorBefore)) / trials).toFixed(2)} ms`,
      `between a tenth and nine tenths ${(100 * steady).toFixed(1)} %`,
      `coordinator holds after each tenth ${facts.tenths.map(({ bytes }) => mib(bytes)).join(", ")} MiB, resident ${mib(facts.resident)} at most`,
      `Redis at most ${((most - empty) / trials).toFixed(0)} B a trial`,
    ].join("; "),
  );
  await Promise.all(hands.map((hand) => killed(hand)));
  await redis.kill();
  remove();
}
process.exit(0);

function processor(redis) {
  const info = redis.command("info", "cpu");
  return Number(/used_cpu_user:([\d.]+)/.exec(info)[1]) + Number(/used_cpu_sys:([\d.]+)/.exec(info)[1]);
}

// Random kills during sweeps over a queue: workers, the coordinator and Redis (with AOF) by SIGKILL, each started again after a moment. No
// trial may be lost or doubled, and all must be those of one machine. With --hosts networks are cut as well. npm run test:cluster -- --kills 100
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { bundledProgram, hasRedis, killed, started, startRedis } from "./bundled.mjs";
import { createHosts, loopback } from "./hosts.mjs";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "10" },
    seed: { type: "string", default: "1" },
    /** Whether all are hosts of their own, and half of the workers' deaths a network that is cut for up to five seconds. */
    hosts: { type: "boolean", default: false },
  },
});
if (!hasRedis()) {
  console.log("cluster kills: skipped, redis-server is missing (apt-get install redis-server)");
  process.exit(0);
}
const wanted = Number(values.kills);
let state = Number(values.seed);
/** Numbers from 0 to 1, the same in each run. */
const random = () => {
  state = (state * 1664525 + 1013904223) % 2 ** 32;
  return state / 2 ** 32;
};

const program = await bundledProgram();
const folder = mkdtempSync(join(tmpdir(), "anygrad-kills-"));
const workers = 4;
const trials = 40;
const counts = { worker: 0, cut: 0, coordinator: 0, redis: 0 };
const began = performance.now();
let sweeps = 0;
let kills = 0;
while (kills < wanted) {
  const method = ["random", "asha", "grid"][sweeps % 3];
  const { hosts, remove } = values.hosts
    ? createHosts(workers + 2)
    : { hosts: Array(workers + 2).fill(loopback), remove() {} };
  const [server, desk, ...machines] = hosts;
  const redis = await startRedis(21_000 + ((process.pid + sweeps) % 8000), server);
  const url = `${redis.url}?lock=1`;
  const out = join(folder, `sweep${sweeps}`);
  const startWorker = (on) => started(on, program, "worker", url, 2, 150 + Math.floor(random() * 500));
  const hands = machines.map(startWorker);
  const startCoordinator = () => started(desk, program, "coordinator", url, out, method, trials);
  let coordinator = startCoordinator();
  const isOver = () => existsSync(join(out, "facts.json"));
  while (!isOver()) {
    await pause(300 + random() * 1200);
    if (isOver()) break;
    if (kills === wanted) continue;
    const dice = random();
    kills++;
    if (dice < 0.6) {
      const one = Math.floor(random() * workers);
      if (values.hosts && random() < 0.5) {
        counts.cut++;
        machines[one].plug(false);
        setTimeout(() => machines[one].plug(true), 500 + 4500 * random());
      } else {
        counts.worker++;
        await killed(hands[one]);
        hands[one] = startWorker(machines[one]);
      }
    } else if (dice < 0.85) {
      counts.coordinator++;
      await killed(coordinator);
      await pause(random() * 1000);
      coordinator = startCoordinator();
    } else {
      counts.redis++;
      await redis.kill();
      await pause(random() * 1000);
      await redis.start();
    }
    if (coordinator.exitCode !== null && coordinator.exitCode !== 0 && !isOver())
      coordinator = startCoordinator();
  }
  const file = join(folder, `local${sweeps}.jsonl`);
  const [code] = await once(started(loopback, program, "local", file, method, trials), "exit");
  const lines = readFileSync(join(out, "trials.jsonl"), "utf8").trimEnd().split("\n");
  const undisturbed = readFileSync(file, "utf8").trimEnd().split("\n");
  const numbers = lines.map((line) => JSON.parse(line).trial);
  const lost = undisturbed.length - new Set(numbers).size;
  const doubled = numbers.length - new Set(numbers).size;
  const different = undisturbed.filter((line, i) => line !== lines[i]).length;
  const left = redis
    .command("--scan", "--pattern", "anygrad:trials:0badf00d*")
    .split("\n")
    .filter(Boolean).length;
  await Promise.all([...hands, coordinator].map((child) => killed(child)));
  await redis.kill();
  await pause(values.hosts ? 5000 : 0); // plugs are in again
  remove();
  console.log(
    `sweep ${++sweeps} (${method}): ${trials} trials, ${lost} lost, ${doubled} doubled, ${different} different, ${left} keys left; ${kills} kills so far`,
  );
  if (code !== 0 || lost + doubled + different > 0) process.exit(1);
}
console.log(
  `${kills} kills in ${sweeps} sweeps (${counts.worker} of workers, ${counts.cut} cuts of their networks, ${counts.coordinator} of coordinators, ${counts.redis} of Redis): 0 lost, 0 doubled, all as undisturbed; ${((performance.now() - began) / 1000).toFixed(0)} s`,
);
process.exit(0);

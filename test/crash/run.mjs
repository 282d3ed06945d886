/**
 * `npm run test:crash`: death, half a write and a full disk at every file operation of train, resume, compare and tune, and SIGKILL at
 * random moments; then the run is gone on with, and must end with the digest of one that nothing has disturbed.
 *
 *     npm run test:crash -- --short          # a sample, as CI does
 *     npm run test:crash -- --only=resume    # scenarios whose names hold this
 *
 * docs/reliability.md has the figures.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { anygrad, leftovers } from "./commands.mjs";
import { powerLoss } from "./powerLoss.mjs";
import { prepare, scenarios } from "./scenarios.mjs";

const option = (name) => process.argv.find((arg) => arg.startsWith(`--${name}`))?.split("=")[1];
const isShort = process.argv.includes("--short");
const only = option("only") ?? "";
const JOBS = Number(option("jobs") ?? 2);
const KILLS = isShort ? 12 : 240;

const base = mkdtempSync(join(tmpdir(), "anygrad-crash-"));
const began = performance.now();
const expected = await prepare(base);
const faults = [];
const table = [];
let count = 0;

/** So many at a time. */
async function each(list, work) {
  const items = list.values();
  await Promise.all(
    Array.from({ length: JOBS }, async () => {
      for (const item of items) await work(item);
    }),
  );
}

async function trial(scenario, what, injected) {
  const out = join(base, `out-${++count}`);
  scenario.begin(base, out);
  const at = count;
  const ended = await anygrad(scenario.args(out), injected(out));
  const fault = (await scenario.check(out, expected, at)) ?? leftoverFault(out, scenario);
  if (fault) {
    faults.push(
      `${scenario.name}, ${what}: ${fault} (it had ended with ${ended.code ?? ended.signal}: ${ended.stderr.trim()})`,
    );
    console.error(`  ${faults.at(-1)}`);
  } else rmSync(out, { recursive: true, force: true });
  return ended;
}

// of a run that is over and has nothing to go on with, the next command that works in the folder sweeps
function leftoverFault(out, { name }) {
  const left = name === "resume" ? [] : leftovers(out);
  return left.length > 0 ? `left over: ${left.join(", ")}` : undefined;
}

/** How many operations a scenario has. */
async function operationsOf(scenario) {
  const counts = join(base, `counts-${++count}`);
  const out = join(base, `counted-${count}`);
  scenario.begin(base, out);
  const fault = { folder: out, mode: "count", who: scenario.role ?? "any", counts };
  const { code, stderr } = await anygrad(scenario.args(out), { fault });
  if (code !== 0) throw new Error(`${scenario.name}: ${stderr}`);
  rmSync(out, { recursive: true, force: true });
  const lines = existsSync(counts) ? readFileSync(counts, "utf8").trim().split("\n") : [];
  return Math.max(0, ...lines.map((line) => Number(line.split(" ")[1])));
}

const chosen = scenarios.filter(({ name }) => name.includes(only));
for (const scenario of chosen) {
  const operations = await operationsOf(scenario);
  // in short three, spread over all: a run that is started again and again takes seconds
  const stride = isShort ? Math.ceil(operations / 3) : 1;
  const points = Array.from({ length: operations }, (_, i) => i + 1).filter(
    (at) => at % stride === Math.floor(stride / 2),
  );
  const before = faults.length;
  await each(
    points.flatMap((at) => ["die", "half", "full"].map((mode) => ({ at, mode }))),
    ({ at, mode }) =>
      trial(scenario, `${mode} at operation ${at} of ${operations}`, (out) => ({
        fault: { folder: out, mode, at, who: scenario.role ?? "any", flag: `${out}.flag` },
      })),
  );
  table.push([scenario.name, operations, 3 * points.length, faults.length - before]);
  console.log(
    `${scenario.name}: ${operations} operations, ${3 * points.length} faults injected, ${faults.length - before} found`,
  );
}

const kills = chosen.filter(({ name }) => !name.includes("child"));
const timings = new Map();
for (const scenario of kills) {
  const start = performance.now();
  const out = join(base, `timed-${++count}`);
  scenario.begin(base, out);
  await anygrad(scenario.args(out));
  timings.set(scenario, performance.now() - start);
}
const beforeKills = faults.length;
await each(
  Array.from({ length: kills.length > 0 ? KILLS : 0 }, (_, i) => kills[i % kills.length]),
  async (scenario) => {
    const killAfter = Math.random() * timings.get(scenario);
    await trial(scenario, `SIGKILL after ${killAfter.toFixed(0)} ms`, () => ({ killAfter }));
  },
);
console.log(`SIGKILL at ${KILLS} random moments: ${faults.length - beforeKills} found`);

const cuts = await powerLoss(base, chosen.slice(0, isShort ? 1 : 6), expected, isShort, each);
faults.push(...cuts.faults);
console.log(`power cut after ${cuts.count} operations, in two ways: ${cuts.faults.length} found`);

console.log(
  `\n${count} trials in ${((performance.now() - began) / 1000).toFixed(0)} s; ${faults.length} lost, mixed, stuck or left over`,
);
if (faults.length === 0) rmSync(base, { recursive: true, force: true });
else {
  console.error(faults.join("\n"));
  process.exitCode = 1;
}

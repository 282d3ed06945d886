/**
 * `npm run test:crash`: death, half a write, and a full disk from then on or for a moment, at every file operation of train, resume,
 * compare and tune, in processes that are simulated (simulated.mjs); SIGKILL of real ones at random moments, and power cuts. Then the run is
 * gone on with, and must end with the digest, and the logs, of one that nothing has disturbed.
 *
 *     npm run test:crash -- --short          # a sample, as CI does
 *     npm run test:crash -- --only=resume    # scenarios whose names hold this
 *     npm run test:crash -- --processes      # operations of real processes, too: ten times the time
 *     npm run test:crash -- --part=kills     # points, kills, power or device
 *     npm run test:crash -- --every=5        # every fifth operation
 *     npm run test:crash -- --at=100-108     # these alone
 *     npm run test:crash -- --kills=1000 --seed=7
 *
 * Each line tells the seconds of processor time that its part took. docs/reliability.md has the figures.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { rolldown } from "rolldown";
import { anygrad, copyPackage, leftovers } from "./commands.mjs";
import { deviceCuts, reasonAgainst } from "./device.mjs";
import { powerLoss } from "./powerLoss.mjs";
import { prepare, scenarios } from "./scenarios.mjs";
import { simulatedMachine } from "./simulated.mjs";

const option = (name) => process.argv.find((arg) => arg.startsWith(`--${name}=`))?.split("=")[1];
const isShort = process.argv.includes("--short");
const only = option("only") ?? "";
const part = option("part");
const isPart = (name) => part === undefined || part === name;
const inProcesses = process.argv.includes("--processes");
const JOBS = Number(option("jobs") ?? 2);
const EVERY = option("every") && Number(option("every"));
const AT = option("at")?.split("-").map(Number);
const KILLS = Number(option("kills") ?? (isShort ? 12 : 240));
const SEED = Number(option("seed") ?? 1);

const base = mkdtempSync(join(tmpdir(), "anygrad-crash-"));
copyPackage(join(base, "package"));
const began = performance.now();
const simulated = await simulatedMachine(join(base, "package"));
const { logsIn } = await readerOfLogs();
const expected = await prepare(anygrad, logsIn, base);
const faults = [];
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

/** Seconds of processor time that this process took, and those that have ended; NaN where the system does not tell. */
function processorSeconds() {
  if (process.platform !== "linux") return Number.NaN;
  const fields = readFileSync("/proc/self/stat", "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / 100;
}

/** Says what a part of the test has come to. @param work gives how many faults were injected */
async function told(what, work) {
  const [before, start] = [faults.length, processorSeconds()];
  const text = await work();
  const seconds = (processorSeconds() - start).toFixed(0);
  console.log(`${what}: ${text}, ${faults.length - before} found (${seconds} s of processor time)`);
}

/** test/cli/logged.ts */
async function readerOfLogs() {
  const input = fileURLToPath(new URL("../cli/logged.ts", import.meta.url));
  const build = await rolldown({ input, platform: "node", logLevel: "silent" });
  const file = join(base, "logged.mjs");
  await build.write({ file });
  return import(pathToFileURL(file).href);
}

/** @param machine where commands run: `anygrad`, or simulated */
async function trial(machine, scenario, what, injected) {
  const at = ++count;
  const out = join(base, `out-${at}`);
  scenario.begin(base, out);
  const ended = await machine(scenario.args(out), injected(out));
  const fault = (await scenario.check(machine, out, expected, at)) ?? leftoverFault(out, scenario);
  if (fault) {
    faults.push(
      `${scenario.name}, ${what}: ${fault} (it had ended with ${ended.code ?? ended.signal}: ${ended.stderr.trim()})`,
    );
    console.error(`  ${faults.at(-1)}`);
  } else rmSync(out, { recursive: true, force: true });
}

// of a run that is over and has nothing to go on with, the next command that works in the folder sweeps
function leftoverFault(out, { name }) {
  const left = name.startsWith("resume") ? [] : leftovers(out);
  return left.length > 0 ? `left over: ${left.join(", ")}` : undefined;
}

/** What each operation of a scenario is, as faults.cjs says; of several processes those of the one that has most. */
async function operationsOf(machine, scenario, args = scenario.args) {
  const counts = join(base, `counts-${++count}`);
  const out = join(base, `counted-${count}`);
  scenario.begin(base, out);
  const fault = { folder: out, mode: "count", who: scenario.role ?? "any", counts };
  const { code, stderr } = await machine(args(out), { fault });
  if (code !== 0) throw new Error(`${scenario.name}: ${stderr}`);
  rmSync(out, { recursive: true, force: true });
  const lines = existsSync(counts) ? readFileSync(counts, "utf8").trim().split("\n") : [];
  return lines
    .map((line) => line.split(" "))
    .reduce((most, each) => (each.length > most.length ? each : most), []);
}

/** Numbers in [0, 1) by a seed (mulberry32), so that a kill that found something can be made again. */
function drawing(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const chosen = scenarios.filter(({ name }) => name.includes(only));
/** What can happen at an operation of each kind: half a write is a death elsewhere, and what takes no space a full disk does not refuse. */
const modes = {
  write: ["die", "half", "full", "once"],
  space: ["die", "full", "once"],
  name: ["die", "full"],
};
if (isPart("points"))
  for (const scenario of chosen)
    await told(scenario.name, async () => {
      const kinds = await operationsOf(simulated, scenario);
      const { length: real } = await operationsOf(anygrad, scenario, scenario.inOrder);
      const { length: one } = scenario.inOrder
        ? await operationsOf(simulated, scenario, scenario.inOrder)
        : kinds;
      if (real !== one)
        faults.push(`${scenario.name}: ${real} operations of a process, ${one} of a simulated one`);
      const stride = EVERY ?? (isShort ? Math.ceil(kinds.length / 5) : 1);
      const points = kinds.flatMap((kind, i) => {
        const isChosen =
          AT === undefined ? (i + 1) % stride === stride >> 1 : i + 1 >= AT[0] && i + 1 <= AT.at(-1);
        return isChosen ? modes[kind].map((mode) => ({ at: i + 1, mode })) : [];
      });
      const machine = inProcesses ? anygrad : simulated;
      await each(points, ({ at, mode }) =>
        trial(machine, scenario, `${mode} at operation ${at} of ${kinds.length}`, (out) => ({
          fault: { folder: out, mode, at, who: scenario.role ?? "any", flag: `${out}.flag` },
        })),
      );
      return `${kinds.length} operations, ${points.length} faults injected`;
    });

const killed = chosen.filter(({ role }) => role !== "child");
if (isPart("kills") && killed.length > 0)
  await told(`SIGKILL, seed ${SEED}`, async () => {
    const timings = new Map();
    for (const scenario of killed) {
      const start = performance.now();
      const out = join(base, `timed-${++count}`);
      scenario.begin(base, out);
      await anygrad(scenario.args(out));
      timings.set(scenario, performance.now() - start);
    }
    const draw = drawing(SEED);
    await each(
      Array.from({ length: KILLS }, (_, i) => ({ scenario: killed[i % killed.length], share: draw() })),
      async ({ scenario, share }) => {
        const killAfter = share * timings.get(scenario);
        await trial(anygrad, scenario, `SIGKILL after ${killAfter.toFixed(0)} ms`, () => ({ killAfter }));
      },
    );
    return `${KILLS} random moments`;
  });

const cut = chosen.filter(({ name }) => /^(train|resume)/.test(name)).slice(0, isShort ? 1 : undefined);
if (isPart("power") && cut.length > 0)
  await told("power cuts", async () => {
    const cuts = await powerLoss(simulated, base, cut, expected, EVERY ?? (isShort ? 9 : 1), each);
    faults.push(...cuts.faults);
    return `after ${cuts.count} operations, in two ways`;
  });

const several = chosen.filter(({ name }) => /^(compare|tune), parent/.test(name));
const onDevice = isShort ? cut : [...cut.filter((_, i) => i % 2 === 0 || i === cut.length - 1), ...several];
if (isPart("device") && onDevice.length > 0) {
  const reason = reasonAgainst(base);
  if (reason !== undefined) console.log(`power cuts on a loop device: skipped, ${reason}`);
  else
    await told("power cuts on a loop device", async () => {
      const cuts = await deviceCuts(base, onDevice, expected, EVERY ?? (isShort ? 9 : 1), each);
      faults.push(...cuts.faults);
      return `${cuts.count} copies`;
    });
}

console.log(
  `\n${count} trials in ${((performance.now() - began) / 1000).toFixed(0)} s; ${faults.length} lost, mixed, stuck or left over`,
);
if (faults.length === 0) rmSync(base, { recursive: true, force: true });
else {
  console.error(faults.join("\n"));
  process.exitCode = 1;
}

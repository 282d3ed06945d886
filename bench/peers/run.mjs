// npm run bench:peers [-- OPTIONS]: anygrad beside its neighbours, the same networks, batch and optimizer, in one run.
//
//   --only PEER,…       peers to run (default all of peers.mjs); anygrad is the baseline of the ratios
//   --networks NAME,…   default all of networks.json
//   --batch N,…         these batches in place of the networks' own
//   --threads N,…       default 1,2
//   --mode train|infer  default both
//   --clock processor   processor time of all threads instead of time: on a machine that others use
//   --quick             two networks, few rounds: does it work, not how fast is it
//   --no-install        only what is there
//   --json              one JSON object on stdout, the table on stderr
//   --out FILE          where the Markdown goes; default RESULTS.md here, if the run is a whole one
//
// A whole run takes about 20 minutes, most of it for the slow ones; nothing else should run on the machine.
import { writeFileSync } from "node:fs";
import { cpus, loadavg, release, totalmem, type } from "node:os";
import { parseArgs } from "node:util";
import { networks as allNetworks } from "./batch.mjs";
import { measure, plans } from "./measure.mjs";
import { peers } from "./peers.mjs";
import { Child } from "./protocol/child.mjs";
import { asMarkdown, asText } from "./table.mjs";

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    networks: { type: "string" },
    batch: { type: "string" },
    threads: { type: "string", default: "1,2" },
    mode: { type: "string" },
    clock: { type: "string", default: "milliseconds" },
    quick: { type: "boolean", default: false },
    "no-install": { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    out: { type: "string" },
  },
});
const names = chosen("--only", values.only, Object.keys(peers));
const quickNetworks = ["mlp-128-64", "cnn-32-32"];
const batches = values.batch?.split(",").map(Number) ?? [];
if (!batches.every((n) => Number.isInteger(n) && n > 0)) refuse("--batch", values.batch, "numbers from 1");
const networks = chosen(
  "--networks",
  values.networks ?? (values.quick ? quickNetworks.join() : undefined),
  Object.keys(allNetworks),
).flatMap((name) => (batches.length > 0 ? batches.map((n) => `${name}@${n}`) : name));
const modes = chosen("--mode", values.mode, ["train", "infer"]);
const threadCounts = values.threads.split(",").map(Number);
if (!threadCounts.every((n) => Number.isInteger(n) && n > 0))
  refuse("--threads", values.threads, "numbers from 1");
const [clock] = chosen("--clock", values.clock, ["milliseconds", "processor"]);
const plan = { ...(values.quick ? plans.quick : plans.full), clock };
const isWhole = !(
  values.quick ||
  values.only ||
  values.networks ||
  values.batch ||
  values.mode ||
  values.threads !== "1,2"
);
const out = values.out ?? (isWhole ? new URL("./RESULTS.md", import.meta.url).pathname : undefined);
const progress = (text) => console.error(`bench:peers: ${text}`);

const rows = [];
process.on("exit", () => {
  for (const { child } of rows) child?.end();
});
for (const name of names) rows.push(...(await start(name)));
const before = load();
for (const network of networks)
  for (const mode of modes) {
    const running = rows.filter((row) => row.error === undefined);
    const results = await measure(running, network, mode, plan, progress);
    running.forEach((row, i) => {
      row[mode] ??= {};
      row[mode][network] = results[i];
    });
  }
for (const { child } of rows) child?.end();

const report = {
  machine: {
    cpu: cpus()[0].model,
    cores: cpus().length,
    memory: `${(totalmem() / 2 ** 30).toFixed(0)} GiB`,
    system: `${type()} ${release()}`,
    node: process.versions.node,
  },
  date: new Date().toISOString(),
  command: ["npm run bench:peers", ...(process.argv.length > 2 ? ["--", ...process.argv.slice(2)] : [])].join(
    " ",
  ),
  load: { before, after: load() },
  plan,
  networks,
  rows: rows.map(({ child: _, ...row }) => row),
};
if (out) writeFileSync(out, asMarkdown(report));
if (values.json) {
  console.error(asText(report));
  console.log(JSON.stringify(report));
} else console.log(asText(report));
if (out) progress(`wrote ${out}`);
process.exit(0);

/** A row for each thread count; one that cannot be had carries the reason as `error`. */
async function start(name) {
  const { prepare, command } = peers[name];
  let prepared;
  try {
    prepared = await prepare({ install: !values["no-install"] });
  } catch (error) {
    return threadCounts.map((threads) => ({ name, threads, error: error.message }));
  }
  return Promise.all(
    threadCounts.map(async (threads) => {
      const child = new Child(command(threads, prepared), threads);
      try {
        const { engine } = await child.greeting();
        return { name, threads, engine, child };
      } catch (error) {
        child.end();
        return { name, threads, error: error.message };
      }
    }),
  );
}

function load() {
  return loadavg()
    .map((average) => average.toFixed(2))
    .join(", ");
}

function chosen(option, text, all) {
  const list = text === undefined ? all : text.split(",");
  const unknown = list.find((name) => !all.includes(name));
  if (unknown !== undefined) refuse(option, unknown, all.join(", "));
  return list;
}

function refuse(option, got, wanted) {
  console.error(`bench:peers: ${option} has ${JSON.stringify(got)}; choose from ${wanted}`);
  process.exit(2);
}

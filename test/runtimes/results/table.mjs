/** docs/runtimes.md: what ran, where, and how fast. What stands above its marker is written by hand and kept. */
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { cpus, loadavg } from "node:os";
import { control, golden } from "../matrix.mjs";
import { runs } from "../program.mjs";

const marker = "<!-- From here on written by `npm run test:runtimes`. -->";
const preface = "# Runtimes\n";
const short = (digest) => `\`${digest.slice(0, 12)}…\``;

/** The script's part. @param outcomes of run.mjs */
export function table(outcomes, { reference, tarball, machine, firstStep }) {
  const ran = outcomes.filter(({ state }) => state === "equal" || state === "wrong");
  const lines = [
    marker,
    "",
    "## What ran",
    "",
    `\`npm run test:runtimes\`, ${new Date().toISOString().slice(0, 10)}, on ${machine}; the package as \`npm pack\` makes it (${tarball.filename}, ${Math.round(tarball.size / 1000)} kB).`,
    "",
    "Each runtime trains five networks on the built-in digits, two of images and three of sequences, on each build of the kernels and number of threads it has,",
    "then judges and predicts 200 other images. *Equal* counts the runs whose weights, predictions, losses and accuracy are,",
    "bit for bit, those pinned in `test/golden/runtimes.json`. Times are of a training step of cnn-32-32 at batch 64 with the",
    `SIMD build; *× Node* is the median of pairs timed in alternation with Node ${reference}, on a shared machine.`,
    "",
    "| runtime | version | equal | builds | threads | 1 thread, ms | × Node | 2 threads, ms | × Node |",
    "|---|---|---|---|---|---|---|---|---|",
    ...ran.map(line),
    "",
    "## Digests",
    "",
    "| run | weights | predictions | loss | accuracy |",
    "|---|---|---|---|---|",
    ...Object.keys(runs).map((name) => digests([name, golden[name]])),
    digests([control.name, golden[control.name]]),
    "",
    "The last row is the control: the same run on kernels in which the softmax adds its first exponential last instead of",
    "first. One sum in another order moves last bits only, and every runtime's digest changes, to the same other one.",
    "",
  ];
  if (firstStep) lines.push("## First step of a page", "", ...firstStep, "");
  const missing = outcomes.filter(({ state }) => state === "skipped" || state === "failed");
  const alone = ran.filter(({ row }) => row.threads !== 2);
  lines.push("## What did not run, and why", "");
  for (const { row, state, reason } of missing) lines.push(`- ${row.name}: ${state}, ${oneLine(reason)}`);
  for (const { row } of alone) lines.push(`- ${row.name}, 2 threads: ${row.threads}`);
  if (missing.length + alone.length === 0) lines.push("Nothing was skipped.");
  const wrong = ran.filter(({ state }) => state === "wrong");
  if (wrong.length > 0) lines.push("", "## Not equal", "");
  for (const { row, result } of wrong) for (const text of result.wrong) lines.push(`- ${row.name}: ${text}`);
  return `${lines.join("\n").trimEnd()}\n`;
}

function line({ row, result }) {
  const { version, equal, wrong, variants, threads, times, worker } = result;
  const time = (count) =>
    times?.[count] ? [times[count].ms.toFixed(1), times[count].ratio.toFixed(2)] : ["–", "–"];
  return row_(
    row.name + (worker ? ", also in a Web Worker" : ""),
    version,
    wrong.length > 0 ? `**${equal} of ${equal + wrong.length}**` : `${equal} of ${equal}`,
    variants.join(", "),
    threads.join(", "),
    ...time(1),
    ...time(2),
  );
}

const digests = ([name, { weights, predictions, loss, accuracy }]) =>
  row_(name, short(weights), short(predictions), loss, accuracy);

const row_ = (...cells) => `| ${cells.join(" | ")} |`;
const oneLine = (text) => text.replaceAll(/\s+/g, " ").slice(0, 300);

/** Writes the script's part under the hand-written one. */
export async function writeTable(text) {
  const file = new URL("../../../docs/runtimes.md", import.meta.url);
  const before = existsSync(file) ? await readFile(file, "utf8") : preface;
  const [kept] = before.split(marker);
  await writeFile(file, `${kept.trimEnd()}\n\n${text}`);
}

export function machineName() {
  const [{ model }] = cpus();
  // a load above the number of cores says that the times are not to be trusted
  const load = loadavg()[1].toFixed(1);
  return `${model}, ${cpus().length} cores, ${process.platform} ${process.arch}, load ${load}`;
}

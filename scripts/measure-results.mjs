// Trains every preset as published on the real sets and writes the table of docs/results.md.
// Usage: ANYGRAD_DATA=DIR node scripts/measure-results.mjs [--only cnn-32-32,mlp-64] [--dataset mnist] [--threads 2]
//                                                         [--missing] [--time] [--print]
// Each finished row is kept in bench/results.json: with --only the others stay as they were measured, and a measuring that
// was interrupted goes on with --missing. Accuracies do not mind other work on the machine; times do, so they are taken
// apart, by --time, in a minute or two without anything else running. --print writes the page again and trains nothing.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const main = join(root, "dist/cli/main.js");
const kept = join(root, "bench/results.json");
const page = join(root, "docs/results.md");
const { values: given } = parseArgs({
  options: {
    only: { type: "string" },
    dataset: { type: "string" },
    threads: { type: "string", default: String(Math.min(2, availableParallelism())) },
    missing: { type: "boolean", default: false },
    time: { type: "boolean", default: false },
    print: { type: "boolean", default: false },
  },
});

/** What is asked of the accuracy, and what others reach: published figures, PyTorch with the same recipe. */
const rows = [
  {
    preset: "mlp-128-64",
    mnist: { least: 0.974, note: "0.97; PyTorch 0.977" },
    "fashion-mnist": { least: 0.865, note: "0.87; PyTorch 0.872" },
  },
  { preset: "mlp-256-128", mnist: { least: 0.975 }, "fashion-mnist": { least: 0.875 } },
  {
    preset: "cnn-32-32",
    mnist: { least: 0.989, note: "0.99; PyTorch 0.991" },
    "fashion-mnist": { least: 0.9, note: "0.88; PyTorch 0.905" },
  },
  { preset: "cnn-64-64", mnist: { least: 0.99 }, "fashion-mnist": { least: 0.89 } },
  { preset: "cnn-relu", mnist: { least: 0.99 }, "fashion-mnist": { least: 0.915, note: "PyTorch 0.921" } },
  {
    preset: "cnn-bn-sigmoid",
    options: ["--recalibrate", "200"],
    mnist: { least: 0.988 },
    "fashion-mnist": { least: 0.912, note: "PyTorch 0.917" },
  },
  {
    preset: "cnn-2x2",
    mnist: { least: 0.983 },
    "fashion-mnist": { least: 0.905, note: "0.9031; PyTorch 0.910" },
  },
  { preset: "mlp-512-256", mnist: { least: 0.975 }, "fashion-mnist": { least: 0.885, note: "0.8849" } },
  { preset: "mlp-512", mnist: { least: 0.85 }, "fashion-mnist": { least: 0.755, note: "0.7453" } },
  { preset: "softmax", mnist: { least: 0.92 }, "fashion-mnist": { least: 0.83 } },
  { preset: "mlp-64", mnist: { least: 0.965 }, "fashion-mnist": { least: 0.86 } },
  { preset: "mlp-64-64", mnist: { least: 0.967 }, "fashion-mnist": { least: 0.86 } },
  { preset: "mnist-best", isFlagship: true, mnist: { least: 0.996 } },
  { preset: "fashion-best", isFlagship: true, "fashion-mnist": { least: 0.94 } },
  { preset: "mnist-fast", isRace: true, mnist: { least: 0.99 } },
];
const names = { mnist: "MNIST", "fashion-mnist": "Fashion-MNIST" };

const results = existsSync(kept) ? JSON.parse(readFileSync(kept, "utf8")) : {};
const only = given.only?.split(",");
const unknown = only?.find((name) => !rows.some(({ preset }) => preset === name));
if (unknown) {
  console.error(
    `--only: there is no row ${unknown}; there are ${rows.map(({ preset }) => preset).join(", ")}`,
  );
  process.exit(2);
}
if (!process.env.ANYGRAD_DATA && !given.print) {
  console.error("ANYGRAD_DATA is not set; pass the folder that holds mnist and fashion-mnist");
  process.exit(2);
}

for (const row of given.print ? [] : rows) {
  if (only && !only.includes(row.preset)) continue;
  const datasets = Object.keys(names).filter((name) => row[name] && (given.dataset ?? name) === name);
  if (given.time) {
    results[`${row.preset} time`] = timeOf(
      row,
      Object.keys(names).find((name) => row[name]),
    );
    keep(`${row.preset}: ${results[`${row.preset} time`].secondsPerEpoch.toFixed(2)} s an epoch`);
    if (!row.isRace) continue;
  }
  for (const dataset of datasets) {
    const key = `${row.preset} ${dataset}`;
    if (given.missing && results[key]) continue;
    results[key] = accuracyOf(row, dataset);
    keep(`${key}: ${results[key].accuracy.toFixed(4)} in ${results[key].wallSeconds.toFixed(0)} s`);
  }
}
writeFileSync(page, pageOf(results));

function keep(message) {
  writeFileSync(kept, `${JSON.stringify(results, null, 2)}\n`);
  console.log(message);
}

function train({ preset, options = [] }, dataset, more) {
  const args = ["train", preset, "--dataset", dataset, ...options, "--seed", "1"];
  const began = performance.now();
  const { status, stdout } = spawnSync(
    process.execPath,
    [main, ...args, ...more, "--threads", given.threads, "--json", "--quiet"],
    { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], maxBuffer: 1 << 28 },
  );
  if (status !== 0) throw new Error(`anygrad ${args.join(" ")} ended with ${status}`);
  const run = JSON.parse(stdout);
  const wallSeconds = (performance.now() - began) / 1000;
  const { variant, threads } = run.engine;
  const where = `${cpus()[0].model.trim()}, ${availableParallelism()} cores, Node ${process.versions.node}, ${variant}, ${threads} thread${threads === 1 ? "" : "s"}`;
  return {
    run,
    command: `anygrad ${args.join(" ")}`,
    wallSeconds,
    where,
    date: new Date().toISOString().slice(0, 10),
  };
}

function accuracyOf(row, dataset) {
  const { run, command, wallSeconds, where, date } = train(row, dataset, []);
  const { history, test, digest } = run;
  return {
    command,
    accuracy: test.accuracy,
    epochs: history.loss.length,
    // of the run's own moving statistics, where the judged ones were estimated anew
    ...(history.raw_val_accuracy && { raw: history.raw_val_accuracy, judged: history.val_accuracy }),
    wallSeconds,
    digest,
    where,
    date,
  };
}

/** The median of some 200 steps times the steps of an epoch; of three epochs where an epoch is a step. */
function timeOf(row, dataset) {
  const { presets } = JSON.parse(
    execFileSync(process.execPath, [main, "presets", "--json"], { encoding: "utf8" }),
  );
  const { batchSize } = presets.find(({ name }) => name === row.preset).recipe;
  const whole = batchSize === "all";
  const short = whole ? ["--epochs", "3"] : ["--epochs", "1", "--limit", "12800"];
  const { run, where, date } = train({ preset: row.preset }, dataset, short);
  const steps = whole ? 1 : Math.ceil(60_000 / batchSize);
  return { secondsPerEpoch: (run.stepMilliseconds * steps) / 1000, where, date };
}

function pageOf(measured) {
  const cell = (row, dataset) => {
    const wanted = row[dataset];
    const got = measured[`${row.preset} ${dataset}`];
    if (!wanted) return "";
    if (!got) return "not measured";
    const others = wanted.note ? `, ${wanted.note}` : "";
    const text = got.accuracy.toFixed(4);
    return `${got.accuracy >= wanted.least ? text : `**${text}**`} (≥ ${wanted.least}${others})`;
  };
  const seconds = (value) => (value === undefined ? "" : value.toFixed(value < 10 ? 2 : 1));
  const times = rows.map(({ preset }) => measured[`${preset} time`]).filter(Boolean);
  const timed = [...new Set(times.map(({ where, date }) => `${where}, ${date}`))];
  const trailing = rows.flatMap(({ preset }) =>
    Object.entries(names).flatMap(([dataset, name]) => {
      const run = measured[`${preset} ${dataset}`];
      return run?.raw ? [[preset, name, run]] : [];
    }),
  );
  const fast = measured["mnist-fast mnist"];
  const flagships = rows.flatMap((row) => {
    const run = row.isFlagship && measured[`${row.preset} ${row.mnist ? "mnist" : "fashion-mnist"}`];
    return run ? [run] : [];
  });
  return [
    "# Results",
    "",
    "What the presets reach on the real sets: 60,000 images to train, 10,000 to test, seed 1, the accuracy on the test set",
    "after the last epoch. Nothing was chosen by the test set within a run: no early stop, no best epoch.",
    "",
    "Every number but the seconds is the same on every machine, bit for bit; the digest is the SHA-256 of the weights.",
    "This page is written by `ANYGRAD_DATA=DIR node scripts/measure-results.mjs` (`--only cnn-32-32` measures one row anew)",
    "and the same with `--time`.",
    "",
    "In brackets what is asked, then what is published and what PyTorch reaches with the same recipe; bold is below what is",
    "asked.",
    "",
    "| preset | epochs | MNIST | Fashion-MNIST | seconds per epoch |",
    "|---|---|---|---|---|",
    ...rows.map((row) => {
      const runs = Object.keys(names).flatMap((dataset) => measured[`${row.preset} ${dataset}`] ?? []);
      const name = `\`${row.preset}${row.options ? ` ${row.options.join(" ")}` : ""}\``;
      const time = seconds(measured[`${row.preset} time`]?.secondsPerEpoch);
      return `| ${name} | ${runs[0]?.epochs ?? ""} | ${cell(row, "mnist")} | ${cell(row, "fashion-mnist")} | ${time} |`;
    }),
    "",
    ...timed.map(
      (machine) =>
        `Seconds per epoch: the median of 200 steps times the steps of an epoch, without the test, on ${machine}.`,
    ),
    "",
    ...(trailing.length > 0
      ? [
          "## Batch normalisation as published",
          "",
          "The same runs, judged with the moving statistics of training (momentum 0.99), epoch by epoch:",
          "",
          "| preset | set | test accuracy, epochs 1 to 10 |",
          "|---|---|---|",
          ...trailing.map(
            ([preset, name, run]) =>
              `| \`${preset}\` | ${name} | ${run.raw.map((value) => value.toFixed(3)).join(", ")} |`,
          ),
          "",
        ]
      : []),
    ...(fast
      ? [
          "## From a cold start to 0.99",
          "",
          `\`${fast.command}\` takes ${fast.wallSeconds.toFixed(1)} s of wall time from the start of the process to its end,`,
          `reading the data and testing after each epoch included, and reaches ${fast.accuracy.toFixed(4)}.`,
          "",
        ]
      : []),
    ...(flagships.length > 0
      ? [
          "## In a quarter of an hour",
          "",
          ...flagships.map(
            ({ command, wallSeconds, where, date }) =>
              `- \`${command}\`: ${(wallSeconds / 60).toFixed(1)} min of wall time, tests after each epoch included (${where}, ${date})`,
          ),
          "",
        ]
      : []),
    "## Commands and digests",
    "",
    "| command | digest |",
    "|---|---|",
    ...rows.flatMap(({ preset }) =>
      Object.keys(names).flatMap((dataset) => {
        const run = measured[`${preset} ${dataset}`];
        return run ? [`| \`${run.command}\` | \`${run.digest.slice(0, 16)}…\` |`] : [];
      }),
    ),
    "",
  ].join("\n");
}

/**
 * `npm run fuzz`: has Jazzer.js, a fuzzer that is led by what code an input reaches, change files of every format that is read, and
 * numbers that ops are given; test/fuzz/judge.ts says what must hold.
 *
 *     npm run fuzz                                 # every target for 60 seconds
 *     npm run fuzz -- onnx keras --seconds 600     # these, for ten minutes each
 *     npm run fuzz -- --jobs 2 --seconds 20        # two at a time, as CI does
 *
 * An input that does what it must not is written to test/fuzz/found/TARGET/; test/fuzz/found.test.ts reads all that are there again.
 * What was reached stays in .fuzz/corpus/TARGET, and the next run begins with it.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { rolldown } from "rolldown";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = join(here, "../..");
const work = join(root, ".fuzz");
const program = join(work, "program");

const { values, positionals } = parseArgs({
  options: { seconds: { type: "string", default: "60" }, jobs: { type: "string", default: "1" } },
  allowPositionals: true,
});

await bundle();
const { largestInput, targets } = await import(pathToFileURL(join(program, "targets.js")).href);
const names = positionals.length > 0 ? positionals : Object.keys(targets);
for (const name of names)
  if (!(name in targets)) {
    console.error(`fuzz: there is no target "${name}"; there are ${Object.keys(targets).join(", ")}`);
    process.exit(2);
  }

const table = [];
const waiting = names.values();
await Promise.all(
  Array.from({ length: Number(values.jobs) }, async () => {
    for (const name of waiting) table.push(await fuzz(name));
  }),
);
console.table(table.sort((a, b) => names.indexOf(a.target) - names.indexOf(b.target)));
const found = table.filter(({ finding }) => finding !== "");
console.log(
  found.length === 0 ? "nothing was found" : `${found.length} of ${table.length} targets found something`,
);
process.exitCode = found.length === 0 ? 0 : 1;

/** The sources as modules that Jazzer.js can put its counters into. */
async function bundle() {
  rmSync(program, { recursive: true, force: true });
  const build = await rolldown({
    input: { entry: join(here, "entry.ts"), targets: join(here, "targets.ts") },
    platform: "node",
    external: /^@jsquash/, // brings its module beside its code
    logLevel: "silent",
  });
  // the kernels as text and the fixtures are no code to be counted
  await build.write({
    dir: program,
    chunkFileNames: (chunk) =>
      /generated|fixtures|[.]json/.test(chunk.facadeModuleId ?? "")
        ? "data/[name]-[hash].js"
        : "[name]-[hash].js",
  });
}

/** Runs a target until its time is over or something is found. */
async function fuzz(name) {
  const corpus = join(work, "corpus", name);
  const kept = join(here, "found", name);
  mkdirSync(corpus, { recursive: true });
  const { target } = await targets[name]();
  for (const bytes of await target.seeds()) writeFileSync(join(corpus, hashOf(bytes)), bytes);
  const words = join(work, `${name}.dict`);
  writeFileSync(words, (target.words ?? []).map((word) => `${escaped(word)}\n`).join(""));
  const artifact = join(work, `${name}.finding`);
  rmSync(artifact, { force: true });
  const args = [
    ...["--require", join(here, "olderGlibc.cjs")],
    join(root, "node_modules/@jazzer.js/core/dist/cli.js"),
    join(program, "entry.js"),
    corpus,
    ...(existsSync(kept) ? [kept] : []),
    ...["-i", `${program}/`, "-e", join(program, "data/"), "--timeout", "60000"],
    "--",
    `-max_total_time=${values.seconds}`,
    `-max_len=${largestInput}`,
    `-exact_artifact_path=${artifact}`,
    `-dict=${words}`,
    "-rss_limit_mb=4096",
    "-report_slow_units=1000", // seconds of a busy machine; judge.ts counts those of the processor
    "-use_value_profile=1",
    "-print_final_stats=1",
  ];
  const began = performance.now();
  const { output, code } = await run(args, { ...process.env, FUZZ_TARGET: name });
  writeFileSync(join(work, `${name}.log`), output);
  let finding = "";
  if (code !== 0 && existsSync(artifact)) {
    mkdirSync(kept, { recursive: true });
    const bytes = readFileSync(artifact);
    finding = join(kept, hashOf(bytes));
    renameSync(artifact, finding);
    // a log is often all that is left of a machine
    const text = bytes.length <= 4096 ? bytes.toString("base64") : `${bytes.length} bytes`;
    console.error(`${name}: ${reasonIn(output)}\n  ${finding}\n  ${text}`);
  } else if (code !== 0) {
    finding = `.fuzz/${name}.log`;
    console.error(`${name}: ended with ${code}; .fuzz/${name}.log\n${output.slice(-1500)}`);
  }
  const executions = Number(
    /number_of_executed_units: (\d+)/.exec(output)?.[1] ?? [...output.matchAll(/^#(\d+)/gm)].at(-1)?.[1] ?? 0,
  );
  const seconds = Math.round((performance.now() - began) / 1000);
  const processor = Number(/processor seconds: (\d+)/.exec(output)?.[1]);
  return { target: name, seconds, processor, executions, corpus: readdirSync(corpus).length, finding };
}

function run(args, env) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { env, cwd: root });
    let output = "";
    const keep = (chunk) => {
      output = (output + chunk).slice(-1e6);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("close", (code) => resolve({ output, code }));
  });
}

function hashOf(bytes) {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 16);
}

/** As libFuzzer's dictionaries have it. */
function escaped(word) {
  const bytes = [...Buffer.from(word)].map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`);
  return `"${bytes.join("")}"`;
}

function reasonIn(output) {
  return /==\d+== (?:Uncaught Exception: )?(.*)|ERROR: (.*)/.exec(output)?.[0] ?? "a finding";
}

/**
 * What is crashed: a command, the folder that it finds, how it is gone on with, and what must be there in the end. Settings S are
 * those of the command; T are others, whose run is in the folder before.
 */
import { cpSync } from "node:fs";
import { join } from "node:path";
import { anygrad, finishedDigest, isUnfinished, jsonOf } from "./commands.mjs";

const training = "train mlp-64 --limit 100 --threads 1 --no-report --json --quiet".split(" ");
const settings = { S: ["--epochs", "3", "--seed", "5"], T: ["--epochs", "4", "--seed", "6"] };
const train = (name, out, ...more) => [...training, ...settings[name], "--out", out, ...more];
const tables = "--limit 100 --json --quiet --epochs 2".split(" ");
const compare = (out) => ["compare", "mlp-64", "mlp-64:seed=2", ...tables, "--jobs", "2", "--out", out];
const tune = (out) => [
  "tune",
  "mlp-64",
  "--search",
  "learning-rate=0.01,0.1,1",
  "--method",
  "grid",
  ...tables,
  "--jobs",
  "2",
  "--out",
  out,
];

/** What runs end with that nothing has disturbed, and the folders that scenarios begin with. */
export async function prepare(folder) {
  const started = async (name, args) => {
    const { code, stdout, stderr } = await anygrad(args);
    if (code !== 0) throw new Error(`${name}: exit code ${code}: ${stderr}`);
    return JSON.parse(stdout);
  };
  const at = (name) => join(folder, name);
  const [S, T] = [
    await started("S", train("S", at("finished-S"))),
    await started("T", train("T", at("finished-T"))),
  ];
  await started("S paused", train("S", at("unfinished-S"), "--stop-after", "1"));
  await started("T paused", train("T", at("unfinished-T"), "--stop-after", "2"));
  const compared = await started("compare", compare(at("compared")));
  const tuned = await started("tune", tune(at("tuned")));
  // one of the runs dies whenever its second epoch is to be written, the others come to their end
  for (const [args, name, run] of [
    [compare, "half-compared", "runs/mlp-64-digits"],
    [tune, "half-tuned", "trials/0002"],
  ]) {
    const fault = { folder: join(at(name), run), mode: "die", at: "checkpoint-0002", who: "child" };
    const { code, stderr } = await anygrad(args(at(name)), { fault });
    if (code !== 1 || !isUnfinished(join(at(name), run)))
      throw new Error(`${name}: exit code ${code}, and no checkpoint is left: ${stderr}`);
  }
  return { S: S.digest, T: T.digest, compared: digestsOf(compared), tuned: bestOf(tuned) };
}

const digestsOf = (record) =>
  JSON.stringify(record.datasets[0].models.map(({ model, digest }) => [model, digest]).sort());
const bestOf = ({ best, test, trials }) => JSON.stringify([best.trial, best.digest, test, trials]);

/** Goes on with a crashed training by the same command, or by --resume. @returns a complaint, or undefined */
async function goOn(out, args, wanted, byResume) {
  const resumed = byResume && isUnfinished(out);
  const { code, stdout, stderr } = await anygrad(
    resumed ? ["train", "--resume", out, "--json", "--quiet", "--no-report"] : args,
  );
  if (code !== 0) return `stuck: exit code ${code}: ${stderr.trim()}`;
  const { digest } = JSON.parse(stdout);
  const [own, other] = wanted;
  if (digest === own) return finishedDigest(out) === own ? undefined : "mixed: run.json has another digest";
  // killed before it had begun: the run that was there goes on, under its own name
  if (resumed && digest === other && jsonOf(out, "run.json").seed === 6)
    return goOn(out, args, wanted, false);
  return `mixed: digest ${digest}`;
}

function training_(name, begins, args, wanted) {
  return {
    name,
    begin(from, out) {
      if (begins) cpSync(join(from, begins), out, { recursive: true });
    },
    args,
    async check(out, expected, at) {
      const digest = finishedDigest(out);
      const known = wanted.map((each) => expected[each]);
      if (digest !== undefined && !known.includes(digest)) return `mixed: run.json has ${digest}`;
      const again = args(out);
      const repeat = again.includes("--resume") && !isUnfinished(out) ? undefined : again;
      if (!repeat) return digest === known[0] ? undefined : "lost: neither finished nor unfinished";
      return goOn(out, repeat, known, at % 2 === 0);
    },
  };
}

const sweep = (name, begins, args, wanted, result, role) => ({
  name,
  role,
  begin(from, out) {
    if (begins) cpSync(join(from, begins), out, { recursive: true });
  },
  args,
  async check(out, expected) {
    const { code, stdout, stderr } = await anygrad(args(out));
    if (code !== 0) return `stuck: exit code ${code}: ${stderr.trim()}`;
    return result(JSON.parse(stdout)) === expected[wanted] ? undefined : `mixed: ${stdout.slice(0, 300)}`;
  },
});

const resume = (out) => ["train", "--resume", out, "--json", "--quiet", "--no-report"];

export const scenarios = [
  training_("train, empty folder", undefined, (out) => train("S", out), ["S"]),
  training_("train, unfinished folder", "unfinished-S", (out) => train("S", out), ["S"]),
  training_("train, finished folder", "finished-S", (out) => train("S", out), ["S"]),
  training_(
    "train --overwrite, other unfinished run",
    "unfinished-T",
    (out) => train("S", out, "--overwrite"),
    ["S", "T"],
  ),
  training_("train --overwrite, other finished run", "finished-T", (out) => train("S", out, "--overwrite"), [
    "S",
    "T",
  ]),
  training_("resume", "unfinished-S", resume, ["S"]),
  sweep("compare, parent", undefined, compare, "compared", digestsOf, "parent"),
  sweep("compare, child", undefined, compare, "compared", digestsOf, "child"),
  sweep("compare, unfinished folder, parent", "half-compared", compare, "compared", digestsOf, "parent"),
  sweep("compare, unfinished folder, child", "half-compared", compare, "compared", digestsOf, "child"),
  sweep("compare, finished folder", "compared", compare, "compared", digestsOf, "parent"),
  sweep("tune, parent", undefined, tune, "tuned", bestOf, "parent"),
  sweep("tune, child", undefined, tune, "tuned", bestOf, "child"),
  sweep("tune, unfinished folder, parent", "half-tuned", tune, "tuned", bestOf, "parent"),
  sweep("tune, unfinished folder, child", "half-tuned", tune, "tuned", bestOf, "child"),
  sweep("tune, finished folder", "tuned", tune, "tuned", bestOf, "parent"),
];

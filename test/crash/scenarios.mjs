/**
 * What is crashed: a command, the folder that it finds, how it is gone on with, and what must be there in the end. Settings S are
 * those of the command; T are others, whose run is in the folder before; L keeps logs and the best model besides.
 */
import { cpSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { finishedDigest, isUnfinished, jsonOf } from "./commands.mjs";

const training = "train mlp-64 --limit 100 --threads 1 --no-report --json --quiet".split(" ");
const logs = "--log csv --log jsonl --log tensorboard".split(" ");
const settings = {
  S: ["--epochs", "3", "--seed", "5"],
  T: ["--epochs", "4", "--seed", "6"],
  L: [..."--epochs 3 --seed 7 --validation-split 0.2 --keep-best --log-every 3".split(" "), ...logs],
};
const train = (name, out, ...more) => [...training, ...settings[name], "--out", out, ...more];
const tables = "--limit 100 --json --quiet --epochs 2 --threads 1".split(" ");
const compare = (out, ...more) => [
  ...["compare", "mlp-64", "mlp-64:seed=2", ...tables, "--jobs", "2", ...more, "--out", out],
];
const tune = (out, ...more) => [
  "tune",
  "mlp-64",
  "--search",
  "learning-rate=0.01,0.1,1",
  "--method",
  "grid",
  ...tables,
  "--jobs",
  "2",
  ...more,
  "--out",
  out,
];
const compareLogged = (out) => compare(out, ...logs);
const tuneLogged = (out) => tune(out, ...logs, "--keep-best");

/**
 * What runs end with that nothing has disturbed, and the folders that scenarios begin with.
 * @param anygrad as that of commands.mjs
 * @param logsIn gives what the logs in a folder say
 */
export async function prepare(anygrad, logsIn, folder) {
  const started = async (name, args) => {
    const { code, stdout, stderr } = await anygrad(args);
    if (code !== 0) throw new Error(`${name}: exit code ${code}: ${stderr}`);
    return JSON.parse(stdout);
  };
  const at = (name) => join(folder, name);
  const runs = {};
  for (const name of ["S", "T", "L"]) runs[name] = await started(name, train(name, at(`finished-${name}`)));
  await started("S paused", train("S", at("unfinished-S"), "--stop-after", "1"));
  await started("T paused", train("T", at("unfinished-T"), "--stop-after", "2"));
  // not paused, for which a log says of how many epochs
  const unfinished = { folder: at("unfinished-L"), mode: "die", at: "checkpoint-0002", who: "any" };
  await anygrad(train("L", at("unfinished-L")), { fault: unfinished });
  if (!isUnfinished(at("unfinished-L"))) throw new Error("L is not unfinished");
  const compared = await started("compare", compare(at("compared")));
  const tuned = await started("tune", tune(at("tuned")));
  await started("compare with logs", compareLogged(at("compared-L")));
  await started("tune with logs", tuneLogged(at("tuned-L")));
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
  return {
    ...Object.fromEntries(Object.entries(runs).map(([name, { digest }]) => [name, digest])),
    compared: digestsOf(compared),
    tuned: bestOf(tuned),
    logs: Object.fromEntries(["finished-L", "compared-L", "tuned-L"].map((name) => [name, logsIn(at(name))])),
    logsIn,
    best: bestIn(at("finished-L")),
  };
}

const bestIn = (out) => {
  const path = join(out, "best.safetensors");
  return existsSync(path) ? readFileSync(path, "base64") : undefined;
};

/** @param name of the undisturbed folder @returns a complaint, or undefined */
function complaintAboutLogs(out, { logs, logsIn }, name) {
  const [is, wanted] = [logsIn(out), logs[name]];
  if (Object.keys(wanted).length === 0) return "no logs are looked at";
  const other = Object.keys({ ...wanted, ...is }).find(
    (log) => JSON.stringify(is[log]) !== JSON.stringify(wanted[log]),
  );
  return (
    other && `mixed: ${other} says ${JSON.stringify(is[other])} instead of ${JSON.stringify(wanted[other])}`
  );
}

const digestsOf = (record) =>
  JSON.stringify(record.datasets[0].models.map(({ model, digest }) => [model, digest]).sort());
const bestOf = ({ best, test, trials }) => JSON.stringify([best.trial, best.digest, test, trials]);

/** Goes on with a crashed training by the same command, or by --resume. @returns a complaint, or undefined */
async function goOn(anygrad, out, args, wanted, byResume) {
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
    return goOn(anygrad, out, args, wanted, false);
  return `mixed: digest ${digest}`;
}

function training_(name, begins, args, wanted) {
  return {
    name,
    begin(from, out) {
      if (begins) cpSync(join(from, begins), out, { recursive: true });
    },
    args,
    async check(anygrad, out, expected, at) {
      const digest = finishedDigest(out);
      const known = wanted.map((each) => expected[each]);
      if (digest !== undefined && !known.includes(digest)) return `mixed: run.json has ${digest}`;
      const again = args(out);
      const repeat = again.includes("--resume") && !isUnfinished(out) ? undefined : again;
      if (!repeat) return digest === known[0] ? undefined : "lost: neither finished nor unfinished";
      const complaint = await goOn(anygrad, out, repeat, known, at % 2 === 0);
      if (complaint || wanted[0] !== "L") return complaint;
      if (bestIn(out) !== expected.best) return "mixed: best.safetensors is another one";
      return complaintAboutLogs(out, expected, "finished-L");
    },
  };
}

const sweep = (name, begins, args, wanted, result, role, logged) => ({
  name,
  role,
  begin(from, out) {
    if (begins) cpSync(join(from, begins), out, { recursive: true });
  },
  args,
  // a job after the other: what the parent does to the folders of trials depends on which of two ends first
  inOrder: (out) => args(out).map((word, i, all) => (all[i - 1] === "--jobs" ? "1" : word)),
  async check(anygrad, out, expected) {
    const { code, stdout, stderr } = await anygrad(args(out));
    if (code !== 0) return `stuck: exit code ${code}: ${stderr.trim()}`;
    if (result(JSON.parse(stdout)) !== expected[wanted]) return `mixed: ${stdout.slice(0, 300)}`;
    return logged && complaintAboutLogs(out, expected, logged);
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
  training_("train with logs, empty folder", undefined, (out) => train("L", out), ["L"]),
  training_("train with logs, unfinished folder", "unfinished-L", (out) => train("L", out), ["L"]),
  training_("train with logs, finished folder", "finished-L", (out) => train("L", out), ["L"]),
  training_("resume with logs", "unfinished-L", resume, ["L"]),
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
  sweep("compare with logs, child", undefined, compareLogged, "compared", digestsOf, "child", "compared-L"),
  sweep("tune with logs, child", undefined, tuneLogged, "tuned", bestOf, "child", "tuned-L"),
];

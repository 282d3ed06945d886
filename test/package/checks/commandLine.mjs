// The command line from the packed package, in a folder where nothing else is installed and no network is to be had.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const small = ["--limit", "200", "--epochs", "1"];
const noNetwork = `require("node:net").Socket.prototype.connect = function () {
  throw new Error("this test has no network");
};
`;

export function check({ user }) {
  const folder = join(user, "commandLine");
  mkdirSync(folder);
  const guard = join(folder, "noNetwork.cjs");
  writeFileSync(guard, noNetwork);
  const npx = (...args) => anygrad(folder, guard, args);

  const help = npx("--help");
  if (!/^Usage: anygrad/.test(help)) throw new Error(`--help prints ${help}`);
  const { version } = JSON.parse(readFileSync(join(user, "node_modules/anygrad/package.json"), "utf8"));
  if (npx("--version").trim() !== version) throw new Error(`--version is not ${version}`);

  npx("train", "mlp-64", ...small, "--out", "run");
  has(folder, ["run/model.safetensors", "run/report.html"]);
  const figures = readdirSync(join(folder, "run/figures")).filter((name) => name.endsWith(".png"));
  if (figures.length === 0) throw new Error("train writes no PNG figures");
  for (const name of figures) isPng(join(folder, "run/figures", name));

  npx("data", "preview", "--out", "sheet.png");
  isPng(join(folder, "sheet.png"));
  if (!npx("data", "preview", "--picture", "sixel").includes("\u001bP"))
    throw new Error("preview draws no sixel");

  npx("compare", "softmax", "mlp-64", ...small, "--jobs", "2", "--out", "comparison");
  has(folder, ["comparison/report.html", "comparison/compare.json"]);
  npx("tune", "softmax", ...small, "--search", "learning-rate=0.1,0.2", "--method", "grid", "--out", "sweep");
  has(folder, ["sweep/report.html"]);
  const benchmark = npx(
    "bench",
    "--quick",
    "--only",
    "inference",
    "--match",
    "mlp",
    "--threads",
    "1",
    "--json",
  );
  JSON.parse(benchmark);
  return `       help, train with ${figures.length} PNG figures, data preview, compare, tune and bench`;
}

function anygrad(folder, guard, args) {
  const { status, stdout, stderr } = spawnSync("npx", ["--offline", "anygrad", ...args], {
    cwd: folder,
    encoding: "utf8",
    env: {
      ...process.env,
      NODE_OPTIONS: `--require ${JSON.stringify(guard)}`,
      npm_config_update_notifier: "false",
    },
  });
  if (status !== 0) throw new Error(`anygrad ${args.join(" ")} ends with ${status}: ${stderr}`);
  return stdout;
}

function has(folder, names) {
  for (const name of names) if (!existsSync(join(folder, name))) throw new Error(`${name} was not written`);
}

/** The signature, and the chunk that ends every PNG. */
function isPng(file) {
  const bytes = readFileSync(file);
  const [begin, end] = [bytes.subarray(0, 8).toString("latin1"), bytes.subarray(-8, -4).toString("latin1")];
  if (begin !== "\u0089PNG\r\n\u001a\n" || end !== "IEND" || bytes.length < 1000)
    throw new Error(`${file} is no PNG`);
}

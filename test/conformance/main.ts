/** The conformance command; README.md says what it does. */
import { parseArgs } from "node:util";
import { join } from "node:path";
import { createEngine } from "../../src/autograd/engine.ts";
import { environment } from "./environment.ts";
import { compareAll, explained } from "./networks/networks.ts";
import { compareOptimizers } from "./networks/optimizers.ts";
import { Python } from "./python.ts";

export async function main(source: string, args: string[]): Promise<number> {
  const { values: options } = parseArgs({
    args,
    options: {
      networks: { type: "string", default: "1000" },
      seed: { type: "string", default: "1" },
      from: { type: "string", default: "0" },
      only: { type: "string" },
      sample: { type: "boolean", default: false },
      "no-table": { type: "boolean", default: false },
    },
  });
  const seed = Number(options.seed);
  const found = environment(source);
  if ("missing" in found) {
    console.log(`conformance: skipped, the environment cannot be installed: ${found.missing}`);
    return 0;
  }
  const python = new Python(found.python, join(source, "reference.py"));
  const engine = await createEngine({ threads: 1 });
  const from = Number(options.from);
  let n = 0;
  const all = await compareAll({ seed, from, to: from + Number(options.networks) }, engine, python, (c) => {
    n++;
    if (c.beyond.length || n % 50 === 0) console.log(c.each.index, c.beyond, JSON.stringify(c.deviations), c.error, c.settled);
  });
  for (const c of all.filter((c) => c.beyond.length).slice(0, 5)) console.log(await explained(c, engine, python));
  for (const q of ["forward", "loss", "training loss", "gradients", "update"] as const) {
    const v = all.map((c) => c.deviations[q] ?? 0).sort((a, b) => b - a);
    console.log(q, v.slice(0, 8), v[v.length >> 1]);
  }
  const o = await compareOptimizers(seed, engine, python);
  console.log(o.map((x) => x.each.optimizer.type + " " + x.deviation).join("\n"));
  python.end();
  engine.dispose();
  return 0;
}

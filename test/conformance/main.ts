/** The conformance command; README.md says what it does. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createEngine, type Engine } from "../../src/autograd/engine.ts";
import { missingLines, untriedOps } from "./completeness.ts";
import { environment } from "./environment.ts";
import { tolerance } from "./networks/deviation.ts";
import { compareAll, explained } from "./networks/networks.ts";
import { compareOptimizers } from "./networks/optimizers.ts";
import { printedMade } from "./networks/program.ts";
import { type OnnxCase, runCase } from "./onnx/cases.ts";
import { withoutOp } from "./onnx/withoutOp.ts";
import { Python } from "./python.ts";
import { type Findings, report } from "./report.ts";
import { writeSample } from "./sample.ts";

/** Programs of networks that are printed; of the others there is the number. */
const mostExplained = 5;

/** @returns the exit code: 1 where something differs, fails or has no line */
export async function main(source: string, args: string[]): Promise<number> {
  const { values: options } = parseArgs({
    args,
    options: {
      networks: { type: "string", default: "1000" },
      seed: { type: "string", default: "1" },
      from: { type: "string", default: "0" },
      sample: { type: "boolean", default: false },
      "no-table": { type: "boolean", default: false },
    },
  });
  const wrong = missingLines();
  for (const text of wrong) console.log(`conformance: ${text}`);
  const found = environment(source);
  if ("missing" in found) {
    console.log(`conformance: skipped, its Python environment cannot be installed: ${found.missing}`);
    return wrong.length > 0 ? 1 : 0;
  }
  const python = new Python(found.python, join(source, "reference.py"));
  const engine = await createEngine({ threads: 1 });
  try {
    const range = { seed: Number(options.seed), from: Number(options.from), to: 0 };
    range.to = range.from + Number(options.networks);
    const findings = await compareEverything(range, engine, python, wrong);
    const folder = join(source, "../fixtures/conformance");
    if (options.sample) {
      mkdirSync(folder, { recursive: true });
      console.log("sample:", writeSample(findings, folder));
    }
    const date = new Date().toISOString().slice(0, 10);
    if (!options["no-table"])
      writeFileSync(join(source, "../../docs/conformance.md"), report(findings, date));
  } finally {
    python.end();
    engine.dispose();
  }
  console.log(wrong.length === 0 ? "conformance: everything agrees" : `conformance: ${wrong.length} faults`);
  return wrong.length === 0 ? 0 : 1;
}

/** Runs all three parts. @param wrong gets a line a fault */
async function compareEverything(
  range: { seed: number; from: number; to: number },
  engine: Engine,
  python: Python,
  wrong: string[],
): Promise<Findings> {
  const fault = (text: string): void => {
    wrong.push(text);
    console.log(`conformance: ${text}`);
  };
  const { seed, from, to } = range;
  const versions = await python.ask({ ask: "versions" });
  console.log(
    `networks ${from} to ${to - 1} of seed ${seed}, against Keras ${String(versions.keras)} on TensorFlow ${String(versions.tensorflow)}`,
  );
  let shown = 0;
  const networks = await compareAll(range, engine, python, ({ each: { index } }) => {
    if ((index + 1 - from) % 100 === 0) console.log(`  ${index + 1 - from} of ${to - from}`);
  });
  for (const compared of networks.filter(({ beyond }) => beyond.length > 0))
    fault(
      shown++ < mostExplained
        ? await explained(compared, engine, python)
        : `network ${compared.each.index}: ${compared.error ?? compared.beyond.join(", ")}`,
    );
  const optimizers = await compareOptimizers(seed, engine, python);
  for (const { each, deviation } of optimizers)
    if (!(deviation <= tolerance))
      fault(`after ten updates ${printedMade(each.optimizer)} is off by ${deviation}`);
  console.log(`${optimizers.length} optimizers, ten updates each`);
  const onnx = await onnxCases(engine, python);
  for (const { each, outcome } of onnx)
    if (outcome.outcome === "failed") fault(`${each.name} of ONNX: ${outcome.reason}`);
  for (const { each, outcome } of onnx)
    for (const name of outcome.outcome === "no op" ? outcome.operators : [])
      if (!withoutOp[name])
        fault(`${each.name} of ONNX: no line of ${name} in onnx/operators.ts or onnx/withoutOp.ts`);
  const passed = onnx.flatMap(({ outcome }) => (outcome.outcome === "passed" ? [outcome] : []));
  for (const text of untriedOps(new Set(passed.flatMap(({ ops }) => ops)))) fault(text);
  console.log(`${passed.length} of ONNX's ${onnx.length} node cases passed`);
  return { versions, seed, networks, optimizers, onnx };
}

async function onnxCases(engine: Engine, python: Python): Promise<Findings["onnx"]> {
  const all: Findings["onnx"][number][] = [];
  for (;;) {
    const answer = await python.ask({ ask: "onnx", from: all.length, count: 50 });
    if (typeof answer.error === "string") throw new Error(`ONNX: ${answer.error}`);
    const cases = answer.cases as OnnxCase[];
    for (const each of cases) all.push({ each, outcome: runCase(each, engine) });
    if (cases.length === 0) return all;
  }
}

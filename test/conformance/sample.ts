/** The fixed sample that is tested without Python: small cases of every kind, with what Keras and ONNX say. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Compared } from "./networks/networks.ts";
import type { ComparedOptimizer } from "./networks/optimizers.ts";
import { type StoredCase, type StoredResults, storeCase } from "./networks/wire.ts";
import { type OnnxCase, operatorsOf } from "./onnx/cases.ts";
import { encoded } from "./python.ts";
import type { Findings } from "./report.ts";

/** Networks that each kind has at least, where there are as many. */
const networksOfKind = 3;
const casesOfOperator = 3;
/** Bytes of the fixtures, together below a megabyte. */
const limits = { networks: 450_000, onnx: 400_000 } as const;

export interface NetworkSample {
  readonly case: StoredCase;
  readonly keras: StoredResults;
}

export interface OptimizerSample {
  readonly optimizer: ComparedOptimizer["each"]["optimizer"];
  readonly weights: readonly string[];
  readonly steps: readonly (readonly string[])[];
  readonly keras: readonly string[];
}

export interface Sample {
  readonly versions: Findings["versions"];
  readonly networks: readonly NetworkSample[];
  readonly optimizers: readonly OptimizerSample[];
}

/** The smallest first, as long as one of their kinds is not there often enough. */
function smallest<T>(
  all: readonly T[],
  kindsOf: (each: T) => readonly string[],
  enough: number,
  limit: number,
): string[] {
  const texts = all.map((each) => ({ kinds: kindsOf(each), text: JSON.stringify(each) }));
  texts.sort((a, b) => a.text.length - b.text.length);
  const counts = new Map<string, number>();
  let size = 0;
  return texts.flatMap(({ kinds, text }) => {
    const rare = kinds.some((kind) => (counts.get(kind) ?? 0) < enough);
    if (!rare || size + text.length > limit) return [];
    size += text.length;
    for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    return [text];
  });
}

const kindsOfNetwork = ({ case: { program } }: NetworkSample): string[] => [
  ...program.nodes.map(({ layer }) => layer.type),
  program.loss.type,
  program.optimizer.type,
];

function agreed({ each, keras, beyond }: Compared): NetworkSample[] {
  return keras && beyond.length === 0 && !each.inferenceOnly ? [{ case: storeCase(each), keras }] : [];
}

function stored({ each, keras }: ComparedOptimizer): OptimizerSample {
  const { optimizer, weights, steps } = each;
  return { optimizer, keras, weights: weights.map(encoded), steps: steps.map((list) => list.map(encoded)) };
}

/** Writes the fixtures. @returns their sizes in bytes by name */
export function writeSample(
  { versions, networks, optimizers, onnx }: Findings,
  folder: string,
): Record<string, number> {
  const nets = smallest(networks.flatMap(agreed), kindsOfNetwork, networksOfKind, limits.networks);
  const updates = smallest(optimizers.map(stored), ({ optimizer }) => [optimizer.type], 2, 100_000);
  const passed = onnx.flatMap(({ each, outcome }) => (outcome.outcome === "passed" ? [each] : []));
  const called = new Map(
    onnx.flatMap(({ each, outcome }) => (outcome.outcome === "passed" ? [[each, outcome.ops]] : [])),
  );
  // each op, too, of which some are called by few cases: as many of it as of an operator
  const kinds = (each: OnnxCase): string[] => [
    ...operatorsOf(each),
    ...called.get(each)!.map((op) => `ops.${op}`),
  ];
  const cases = smallest(passed, kinds, casesOfOperator, limits.onnx);
  const lines = (texts: readonly string[]): string => `[\n${texts.join(",\n")}\n]`;
  const files = {
    "networks.json": `{"versions":${JSON.stringify(versions)},\n"networks":${lines(nets)},\n"optimizers":${lines(updates)}}\n`,
    "onnx.json": `${lines(cases)}\n`,
  };
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => {
      writeFileSync(join(folder, name), text);
      return [`${name}: ${name === "onnx.json" ? cases.length : nets.length} cases`, text.length];
    }),
  );
}

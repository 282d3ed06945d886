/** docs/conformance.md: what was compared, how far apart the libraries are, and what was not compared and why. */
import { layers } from "../../src/layers/index.ts";
import { losses } from "../../src/losses/index.ts";
import { optimizers } from "../../src/optimizers/index.ts";
import { elsewhere } from "./completeness.ts";
import { type Deviations, quantities, tolerance } from "./networks/deviation.ts";
import { activations, layerLines } from "./networks/layers.ts";
import type { Compared } from "./networks/networks.ts";
import type { ComparedOptimizer } from "./networks/optimizers.ts";
import type { Value } from "./networks/program.ts";
import { isMade } from "./networks/program.ts";
import { lossLines, optimizerLines } from "./networks/training.ts";
import { names as opNames } from "./onnx/called.ts";
import { type OnnxCase, type Outcome, operatorsOf } from "./onnx/cases.ts";
import { withoutOp } from "./onnx/withoutOp.ts";

export interface Findings {
  readonly versions: Readonly<Record<string, unknown>>;
  readonly seed: number;
  readonly networks: readonly Compared[];
  readonly optimizers: readonly ComparedOptimizer[];
  readonly onnx: readonly { readonly each: OnnxCase; readonly outcome: Outcome }[];
}

const figure = (value: number | undefined): string =>
  value === undefined ? "" : value === 0 ? "0" : value.toExponential(1);

function worst(all: readonly Compared[]): Deviations {
  return Object.fromEntries(
    quantities.map((quantity) => [
      quantity,
      Math.max(0, ...all.map(({ deviations }) => deviations[quantity] ?? 0)),
    ]),
  );
}

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;
const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [row(head), `|${"---|".repeat(head.length)}`, ...rows.map(row)].join("\n");

/** Every text in the options of a program's layers, such as the names of activations. */
function textsOf({ each: { program } }: Compared): Set<string> {
  const found = new Set<string>();
  const walk = (value: Value | undefined): void => {
    if (typeof value === "string") found.add(value);
    else if (isMade(value)) Object.values(value.options).forEach(walk);
    else if (Array.isArray(value)) value.forEach(walk);
  };
  for (const { layer } of program.nodes) walk(layer);
  return found;
}

/** A row a kind, of the networks that have it. */
function byKind(
  networks: readonly Compared[],
  lines: Readonly<Record<string, unknown>>,
  registry: object,
  has: (compared: Compared, kind: string) => boolean,
  more: (kind: string) => (string | number)[] = () => [],
): (string | number)[][] {
  const registered = Object.entries(lines).filter(([kind]) => Object.hasOwn(registry, kind));
  return registered.map(([kind, line]) => {
    if (typeof line === "string") return [`\`${kind}\``, line];
    const own = networks.filter((compared) => has(compared, kind));
    const found = worst(own);
    return [
      `\`${kind}\``,
      own.length,
      ...quantities.map((quantity) => figure(found[quantity])),
      ...more(kind),
    ];
  });
}

const list = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(", ");

function counted(texts: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

/** Cases by name, without the word that all begin with. */
const namesOf = (cases: readonly OnnxCase[]): string =>
  cases.map(({ name }) => name.replace(/^test_/, "")).join(", ");

/** How many networks are more than a way from an input to an output. */
function waysOf(networks: readonly Compared[]): string {
  const programs = networks.map(({ each }) => each.program);
  const count = (has: (program: (typeof programs)[number]) => unknown): number => programs.filter(has).length;
  return `Of them ${count(({ second }) => second)} have two inputs, ${count(({ ends }) => ends)} two outputs with a loss and a factor each, ${count(({ encoder }) => encoder)} a model within, which
each input goes through, and ${count(({ nodes }) => nodes.some(({ again }) => again !== undefined))} a layer that stands in two places.`;
}

function onnxPart(onnx: Findings["onnx"]): string {
  const of = <Kind extends Outcome["outcome"]>(kind: Kind) =>
    onnx.flatMap(({ each, outcome }) =>
      outcome.outcome === kind ? [{ each, outcome: outcome as Extract<Outcome, { outcome: Kind }> }] : [],
    );
  const passed = of("passed");
  const refused = of("refused");
  const noOp = of("no op");
  const failed = of("failed");
  const perOp = opNames.map((name) => {
    const own = passed.filter(({ outcome }) => outcome.ops.includes(name));
    const operators = [...new Set(own.flatMap(({ each }) => operatorsOf(each)))].sort();
    const place = elsewhere[name] ?? "";
    const shown = operators.length > 6 ? [...operators.slice(0, 6), "…"] : operators;
    const worstOf = own.length === 0 ? "" : figure(Math.max(...own.map(({ outcome }) => outcome.deviation)));
    return [`\`${name}\``, own.length || "", worstOf, own.length ? shown.join(", ") : place];
  });
  const reasons = counted(refused.map(({ outcome }) => outcome.reason));
  const refusedRows = reasons.map(([reason, count]) => [
    reason,
    count,
    namesOf(refused.filter(({ outcome }) => outcome.reason === reason).map(({ each }) => each)),
  ]);
  const reasonsOf = ({ operators }: { operators: readonly string[] }): string =>
    [...new Set(operators.map((name) => withoutOp[name]))].join("; ");
  const lackingRows = counted(noOp.map(({ outcome }) => reasonsOf(outcome))).map(([reason, count]) => {
    const own = noOp.filter(({ outcome }) => reasonsOf(outcome) === reason);
    const operators = [...new Set(own.flatMap(({ outcome }) => outcome.operators))].sort();
    return [reason, list(operators), count, namesOf(own.map(({ each }) => each))];
  });
  return `## ONNX's node cases

${onnx.length} cases; **${passed.length} passed, ${failed.length} failed**; ${refused.length} have an operator that we have and ask of it what our op does not do
(the exceptions below); ${noOp.length} need an operator that we have no op for.

${
  failed.length
    ? `${table(
        ["failed", "why"],
        failed.map(({ each, outcome }) => [`\`${each.name}\``, outcome.reason]),
      )}\n\n`
    : ""
}A row an op: the cases that call it, the largest difference as a share of the expected number (of 1 for smaller ones), and the operators;
or which networks above try it, where ONNX has no such operator.

${table(["op", "cases", "worst", "operators"], perOp)}

### Exceptions

${table(["what the case asks", "cases", "names"], refusedRows)}

### Operators without an op

${table(["reason", "operators", "cases", "names"], lackingRows)}
`;
}

export function report(
  { versions, seed, networks, optimizers: updated, onnx }: Findings,
  date: string,
): string {
  const off = networks.filter(({ beyond }) => beyond.length > 0);
  const settled = networks.filter((compared) => compared.settled).length;
  const trained = networks.filter(({ deviations }) => deviations.update !== undefined).length;
  const quantityHead = [...quantities];
  const overall = worst(networks);
  const layerRows = byKind(networks, layerLines, layers, ({ each }, kind) =>
    each.program.nodes.some(({ layer }) => layer.type === kind),
  );
  const ten = (kind: string): string[] => {
    const own = updated.filter(({ each }) => each.optimizer.type === kind);
    return [figure(Math.max(0, ...own.map(({ deviation }) => deviation)))];
  };
  return `# Conformance

Random networks give what Keras gives, and ops what ONNX's test cases expect. Written by \`npm run test:conformance\` on ${date}:
seed ${seed}; Keras ${versions.keras} on TensorFlow ${versions.tensorflow}, ONNX ${versions.onnx}, Python ${versions.python}. How it works and how a new layer joins is in
[test/conformance/README.md](../test/conformance/README.md).

## Networks

**${networks.length} networks, ${off.length} beyond ${tolerance}**: ${networks.length - trained} of them in inference alone, since they draw random numbers or have nothing to learn. Both
libraries get the same weights, inputs and targets, and compute in float32.${
    settled
      ? ` In ${settled} it is rounding: of Keras in float64 anygrad is within that, or within ten times what Keras's own float32 is off.`
      : ""
  }

${table(["", ...quantityHead], [["worst", ...quantities.map((quantity) => figure(overall[quantity]))]])}

${waysOf(networks)}

A deviation is the largest difference as a share of the largest number of the same array; \`test/conformance/networks/deviation.ts\` says what of arrays
whose numbers are all rounding. A row a kind, with the worst of the networks that it stands in.

### Layers

${table(["layer", "networks", ...quantityHead], layerRows)}

### Activations

${table(
  ["activation", "networks", ...quantityHead],
  byKind(networks, activations, activations, (compared, kind) => textsOf(compared).has(kind)),
)}

### Losses

${table(
  ["loss", "networks", ...quantityHead],
  byKind(networks, lossLines, losses, ({ each }, kind) => each.program.loss.type === kind),
)}

### Optimizers

The last column: after ten updates with gradients that are given, of ${updated.length} optimizers with options as drawn.

${table(
  ["optimizer", "networks", ...quantityHead, "ten updates"],
  byKind(networks, optimizerLines, optimizers, ({ each }, kind) => each.program.optimizer.type === kind, ten),
)}

${onnxPart(onnx)}`;
}

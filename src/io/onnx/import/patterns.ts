/** What exporters write in primitive nodes and ONNX, or anygrad, has one for: found before anything else is read. */

import { type GivenAttributes, PlainAttributes } from "../../graph/attributes.ts";
import type { OperatorNode } from "../../graph/network.ts";
import { type Match, matched, pattern } from "../../graph/patterns.ts";

/** A pattern, and the node that stands for it: its operator, and the letters that it takes. */
interface Rule {
  readonly texts: readonly string[];
  readonly op: string;
  readonly inputs: string;
  /** Its attributes; undefined where the nodes that were found are not meant. */
  attributes?(
    match: Match<OperatorNode>,
    scalar: (letter: string) => number | undefined,
  ): GivenAttributes | undefined;
}

const erf = ["Erf(Div(x, 1.41421356))", "Erf(Mul(x, 0.70710678))"];
const clip = "Clip(Add(x, 3), 0, 6)";
const centered = "Sub(x, ReduceMean(x))";
const normal = [`Pow(${centered}, 2)`, `Mul(${centered}, ${centered})`].map(
  (square) => `Div(${centered}, Sqrt(Add(ReduceMean(${square}), e)))`,
);

/** The rules, the larger patterns first. */
const rules: readonly Rule[] = [
  {
    texts: normal.map((each) => `Add(Mul(${each}, g), b)`),
    op: "LayerNormalization",
    inputs: "xgb",
    attributes({ nodes }, scalar) {
      const epsilon = scalar("e");
      const means = nodes.filter(({ op }) => op === "ReduceMean");
      const isLast = means.every(({ attributes }) => String(attributes.ints("axes")) === "-1");
      return isLast && epsilon !== undefined ? { axis: -1, epsilon: epsilon } : undefined;
    },
  },
  {
    texts: erf.flatMap((each) => [
      `Mul(Mul(x, Add(${each}, 1)), 0.5)`,
      `Mul(Mul(x, 0.5), Add(${each}, 1))`,
      `Mul(x, Mul(Add(${each}, 1), 0.5))`,
    ]),
    op: "Gelu",
    inputs: "x",
  },
  {
    texts: [`Div(Mul(x, ${clip}), 6)`, `Mul(Mul(x, ${clip}), 0.16666667)`, `Mul(x, Div(${clip}, 6))`],
    op: "HardSwish",
    inputs: "x",
  },
  {
    texts: ["Mul(x, HardSigmoid(x))"],
    op: "HardSwish",
    inputs: "x",
    attributes({ nodes }) {
      const { attributes } = nodes.find(({ op }) => op === "HardSigmoid")!;
      return Math.abs(attributes.float("alpha", 0.2) - 1 / 6) < 1e-5 && attributes.float("beta", 0.5) === 0.5
        ? {}
        : undefined;
    },
  },
  {
    texts: [`Div(${clip}, 6)`, `Mul(${clip}, 0.16666667)`],
    op: "HardSigmoid",
    inputs: "x",
    attributes: () => ({ alpha: 1 / 6, beta: 0.5 }),
  },
  { texts: ["Mul(x, Sigmoid(x))"], op: "Swish", inputs: "x" },
  { texts: ["Mul(x, Tanh(Softplus(x)))"], op: "Mish", inputs: "x" },
];

/**
 * The nodes, those at the end of a pattern replaced by what it stands for. What only they have used is read no more.
 * @param scalar the number that a name stands for, of those that are constants of one number
 */
export function rewritten(
  nodes: readonly OperatorNode[],
  scalar: (name: string) => number | undefined,
): readonly OperatorNode[] {
  const makers = new Map(nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  const known = { maker: (name: string) => makers.get(name), scalar };
  const roots = rules.map((rule) => ({ rule, terms: rule.texts.map(pattern) }));
  return nodes.map((node) => {
    if (node.domain) return node;
    for (const { rule, terms } of roots)
      for (const term of terms) {
        const match = matched(term, node, known);
        if (!match) continue;
        const attributes = rule.attributes
          ? rule.attributes(match, (letter) => scalar(match.letters.get(letter)!))
          : {};
        if (!attributes) continue;
        const inputs = [...rule.inputs].map((letter) => match.letters.get(letter)!);
        return { ...node, op: rule.op, inputs, attributes: new PlainAttributes(attributes) };
      }
    return node;
  });
}

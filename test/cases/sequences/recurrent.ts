/** Rows for the recurrent layers and embeddings. */

import type { RecurrentTwinAttributes } from "../../reference/sequences/recurrent.ts";
import * as twin from "../../reference/sequences/recurrent.ts";
import { type Case, row } from "../case.ts";

const gates = { simpleRNN: 1, lstm: 4, gru: 3 } as const;

/** @param sizes sequences, steps, features, units */
function recurrent(
  op: keyof typeof gates,
  [n, steps, features, units]: readonly [number, number, number, number],
  attributes: RecurrentTwinAttributes = {},
  hasBias = true,
): Case {
  const columns = gates[op] * units;
  const bias = op === "gru" && attributes.resetAfter !== false ? [2, columns] : [columns];
  return row({
    op,
    inputs: [
      { shape: [n, steps, features] },
      { shape: [features, columns] },
      { shape: [units, columns] },
      hasBias ? { shape: bias } : null,
    ],
    attributes,
    reference: (inputs) =>
      twin.recurrent(
        op,
        inputs.map((each) => each ?? undefined),
        attributes,
      ),
    referenceBackward: (dy, inputs) =>
      twin.recurrentBackward(
        op,
        dy,
        inputs.map((each) => each ?? undefined),
        attributes,
      ),
    tolerance: 2e-5,
  });
}

function embedding(count: readonly number[], rows: number, columns: number): Case {
  return row({
    op: "embedding",
    inputs: [{ shape: count, range: [0, rows], gradient: false }, { shape: [rows, columns] }],
    reference: ([ids, table]) => twin.embedding(ids!, table!),
    referenceBackward: (dy, [ids, table]) => [null, twin.embeddingBackward(dy, ids!, table!)],
    tolerance: 1e-6,
  });
}

export const recurrentCases: readonly Case[] = [
  ...(["simpleRNN", "lstm", "gru"] as const).flatMap((op) => [
    recurrent(op, [2, 3, 2, 4]),
    recurrent(op, [5, 4, 3, 5], { returnSequences: true }),
    recurrent(op, [1, 1, 1, 1], {}, false),
    recurrent(op, [3, 3, 2, 3], { goBackwards: true, returnState: true }),
    recurrent(op, [3, 3, 2, 3], { goBackwards: true, returnSequences: true, flipped: true }),
    recurrent(op, [2, 3, 2, 3], { activation: "sigmoid", returnSequences: true }, false),
  ]),
  recurrent("lstm", [2, 3, 2, 3], { recurrentActivation: "tanh", activation: "linear" }),
  recurrent("gru", [2, 3, 2, 5], { recurrentActivation: "tanh", activation: "linear" }),
  recurrent("gru", [2, 3, 2, 5], { resetAfter: false, returnSequences: true }),
  recurrent("gru", [3, 2, 2, 4], { resetAfter: false, returnState: true }, false),
  embedding([2, 5], 4, 3),
  embedding([7], 3, 17),
];

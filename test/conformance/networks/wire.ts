/** Cases and what Keras makes of them, as JSON: for the process that asks Keras, and for the sample that is kept. */
import { decoded, encoded, type Python } from "../python.ts";
import type { Case, Numbers, Results, Weight } from "./case.ts";
import { forKeras } from "./program.ts";

interface Sent {
  readonly shape: readonly number[];
  readonly data: string;
}

/** A case as JSON. */
export interface StoredCase {
  readonly index: number;
  readonly program: Case["program"];
  readonly x: Sent;
  readonly y: Sent;
  readonly labels: boolean;
  readonly second?: Sent;
  readonly ends?: readonly { readonly y: Sent; readonly labels: boolean }[];
  readonly sampleWeight?: string;
  readonly weights: readonly (Sent & Pick<Weight, "node" | "name">)[];
  readonly inferenceOnly: boolean;
}

/** Results as JSON. */
export interface StoredResults {
  readonly forward: string;
  readonly loss: string;
  readonly trainingLoss?: string;
  readonly gradients?: readonly (string | null)[];
  readonly updated?: readonly string[];
}

const sent = ({ shape, data }: Numbers): Sent => ({ shape, data: encoded(data) });
const received = ({ shape, data }: Sent): Numbers => ({ shape, data: decoded(data) });

export function storeCase(each: Case): StoredCase {
  const { sampleWeight, weights, second, ends, ...rest } = each;
  return {
    ...rest,
    ...(second && { second: sent(second) }),
    ...(ends && { ends: ends.map(({ y, labels }) => ({ y: sent(y), labels })) }),
    x: sent(each.x),
    y: sent(each.y),
    ...(sampleWeight && { sampleWeight: encoded(sampleWeight) }),
    weights: weights.map((weight) => ({ node: weight.node, name: weight.name, ...sent(weight) })),
  };
}

export function restoreCase(stored: StoredCase): Case {
  const { sampleWeight, second, ends, ...rest } = stored;
  return {
    ...rest,
    ...(second && { second: received(second) }),
    ...(ends && { ends: ends.map(({ y, labels }) => ({ y: received(y), labels })) }),
    x: received(stored.x),
    y: received(stored.y),
    ...(sampleWeight !== undefined && { sampleWeight: decoded(sampleWeight) }),
    weights: stored.weights.map((weight) => ({ ...weight, ...received(weight) })),
  };
}

export function restoreResults({ forward, loss, trainingLoss, gradients, updated }: StoredResults): Results {
  return {
    forward: decoded(forward),
    loss: decoded(loss)[0]!,
    ...(trainingLoss !== undefined && { trainingLoss: decoded(trainingLoss)[0]! }),
    ...(gradients && { gradients: gradients.map((data) => (data === null ? undefined : decoded(data))) }),
    ...(updated && { updated: updated.map(decoded) }),
  };
}

/** What Keras makes of a case. @param dtype float64 where float32 leaves a doubt @throws Error with Keras's own message */
export async function askKeras(
  python: Python,
  each: Case,
  dtype: "float32" | "float64" = "float32",
): Promise<StoredResults> {
  const question = { ask: "network", dtype, ...storeCase(each), program: forKeras(each.program) };
  const answer = await python.ask(question);
  if (typeof answer.error === "string") throw new Error(`Keras: ${answer.error}`);
  return answer as unknown as StoredResults;
}

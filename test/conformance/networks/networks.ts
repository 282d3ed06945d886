/** Runs random networks in both libraries, and makes the smallest program of one that they disagree about. */
import type { Engine } from "../../../src/autograd/engine.ts";
import { reasonOf } from "../../../src/errors.ts";
import type { Python } from "../python.ts";
import { type Case, drawCase, run } from "./case.ts";
import { beyond, type Deviations, deviations, type Quantity, quantities, tolerance } from "./deviation.ts";
import { printed } from "./program.ts";
import { shrunk } from "./shrink.ts";
import { askKeras, restoreResults, type StoredResults } from "./wire.ts";

/** A network that both libraries have run. */
export interface Compared {
  readonly each: Case;
  readonly keras: StoredResults | undefined;
  readonly deviations: Deviations;
  /** What is beyond the tolerance; "error" where one of them refused. */
  readonly beyond: readonly (Quantity | "error")[];
  readonly error?: string;
  /** It is rounding: Keras in float64 said so, from which the deviations are. */
  readonly settled?: boolean;
}

/**
 * Compares a case. Where they disagree, Keras in float64 decides, since its float32 is rounded, too: anygrad may be as far from
 * it as is allowed, or ten times as far as Keras's float32 itself is. The latter is more than 1e-5 only where a network
 * multiplies rounding, as a batch normalization of two numbers that are almost equal.
 */
export async function compare(each: Case, engine: Engine, python: Python): Promise<Compared> {
  try {
    const keras = await askKeras(python, each);
    const got = await run(each, engine);
    const found = deviations(each, got, restoreResults(keras));
    const off = beyond(found);
    if (off.length === 0) return { each, keras, deviations: found, beyond: off };
    const exact = restoreResults(await askKeras(python, each, "float64"));
    const settled = deviations(each, got, exact);
    const own = deviations(each, restoreResults(keras), exact);
    if (process.env.DEBUG_OWN)
      console.log(
        each.index,
        off.join(),
        "ours",
        JSON.stringify(settled),
        "keras32",
        JSON.stringify(own),
        each.program.nodes.map((n) => n.layer.type).join(" "),
        each.program.loss.type,
      );
    const isRounding = quantities.every(
      (name) => (settled[name] ?? 0) <= Math.max(tolerance, 10 * (own[name] ?? 0)),
    );
    if (isRounding) return { each, keras, deviations: settled, beyond: [], settled: true };
    return { each, keras, deviations: found, beyond: off };
  } catch (error) {
    return { each, keras: undefined, deviations: {}, beyond: ["error"], error: reasonOf(error) };
  }
}

/** What a reader needs of a disagreement: the smallest program that has it, in both languages. */
export async function explained(found: Compared, engine: Engine, python: Python): Promise<string> {
  const small = await shrunk(found, engine, (each) => compare(each, engine, python));
  const figures = Object.entries(small.deviations).map(
    ([name, value]) => `${name} ${value!.toExponential(1)}`,
  );
  return `network ${found.each.index}: ${small.beyond.join(", ")} (${small.error ?? figures.join(", ")})\n${printed(small.each.program)}`;
}

/** Networks from..to of a seed. @param said is told of each */
export async function compareAll(
  { seed, from, to }: { seed: number; from: number; to: number },
  engine: Engine,
  python: Python,
  said: (compared: Compared) => void = () => undefined,
): Promise<Compared[]> {
  const all: Compared[] = [];
  // Keras has the next one while anygrad runs this one
  let next = drawCase(seed, from, engine);
  for (let index = from; index < to; index++) {
    const each = await next;
    const comparing = compare(each, engine, python);
    if (index + 1 < to) next = comparing.then(() => drawCase(seed, index + 1, engine));
    const compared = await comparing;
    said(compared);
    all.push(compared);
  }
  return all;
}

/** `fit({ microBatch })`: how large the parts of a batch are, and what a step takes then. Imported where a run asks for it. */
import type { Graph } from "../network/graph.ts";
import type { Compiled } from "../training/context.ts";
import { differentiate } from "../training/differentiate.ts";
import { inParts } from "./parts.ts";
import { stepBytes } from "./stepBytes.ts";

type Pass = typeof differentiate;
type Sizes = WeakMap<Graph, Map<string, number>>;

/** Sizes of parts that were found of compiled models, by networks, which differ in their lengths. */
const found = new WeakMap<Compiled, Sizes>();

/**
 * `differentiate` in parts of at least so many examples, with less memory: the same bits.
 * @param compiled the model, whose kernels say what they need; undefined before compile
 */
export function microBatching(compiled: Compiled | undefined, size: number): Pass {
  const sizes: Sizes = (compiled && found.get(compiled)) ?? new WeakMap();
  if (compiled) found.set(compiled, sizes);
  return (graph, trained, gradients, inputs, wanted, draw, frees) => {
    const n = inputs[0]!.shape[0]!;
    if (size >= n) return differentiate(graph, trained, gradients, inputs, wanted, draw, frees);
    const known = sizes.get(graph) ?? new Map<string, number>();
    sizes.set(graph, known);
    const kind = `${n} ${size}`;
    const best =
      known.get(kind) ?? bestSize(graph, n, compiled && { ...trained, engine: compiled.engine }, size);
    known.set(kind, best);
    const pass = best >= n ? differentiate : inParts(best);
    return pass(graph, trained, gradients, inputs, wanted, draw, frees);
  };
}

/**
 * The size of parts by which a step takes least: the one that was asked for, or a larger one, of whole blocks of the examples that kernels sum
 * together: else a block's are kept until all have come.
 * @throws AnygradError UNSUPPORTED for a network that cannot be trained in parts
 */
function bestSize(
  graph: Graph,
  n: number,
  compiled: Pick<Compiled, "engine" | "heads" | "fused"> | undefined,
  size: number,
): number {
  const blocks = new Set<number>();
  let [best, least] = [n, stepBytes(graph, n, false, compiled)];
  const attempt = (part: number): void => {
    let failed: { readonly error: unknown } | undefined;
    const pass: Pass = (...step) => {
      try {
        return inParts(part, blocks)(...step);
      } catch (error) {
        failed = { error };
        throw error;
      }
    };
    const bytes = stepBytes(graph, n, false, compiled, pass);
    if (failed) throw failed.error;
    if (bytes < least) [best, least] = [part, bytes];
  };
  attempt(size);
  const larger = [...blocks].filter(Number.isInteger).map((block) => Math.ceil(size / block) * block);
  for (const part of new Set(larger)) if (part > size && part < n) attempt(part);
  return best;
}

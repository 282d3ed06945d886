/** Sums of products in Einstein's notation, put together from transposes, sums and products of matrices. */

import { checkTensors } from "../autograd/op.ts";
import { AnygradError, quote } from "../errors.ts";
import { formatShape, sizeOf } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { multiply } from "./arithmetic.ts";
import { matmul } from "./matmul.ts";
import { sum } from "./reduce.ts";
import { reshape } from "./reshape.ts";
import { slice } from "./slice.ts";
import { transpose } from "./transpose.ts";

/** A tensor whose axes have labels: letters, and for those that "..." stands for numbers counted from the last. */
interface Term {
  readonly x: Tensor;
  readonly labels: readonly string[];
}

/** @throws AnygradError INVALID_ARGUMENT */
function refuse(equation: string, fault: string): never {
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `einsum: ${fault} in ${quote(equation)}; write it as "ij,jk->ik"`,
  );
}

/** The labels of an operand or of the result. @param dots how many axes "..." stands for */
function labelsOf(equation: string, text: string, dots: number): string[] {
  const parts = text.split("...");
  const letters = parts.map((part) => [...part]);
  const odd = letters.flat().find((letter) => !/^[A-Za-z]$/.test(letter));
  if (odd !== undefined) refuse(equation, `${quote(odd)} is no letter`);
  if (parts.length > 2) refuse(equation, '"..." stands twice in one term');
  const between = parts.length === 2 ? Array.from({ length: dots }, (_, i) => String(dots - 1 - i)) : [];
  return [...letters[0]!, ...between, ...(letters[1] ?? [])];
}

/** The operands with their labels, and those of the result. */
function parse(equation: string, operands: readonly Tensor[]): { terms: Term[]; result: string[] } {
  if (typeof equation !== "string") refuse(String(equation), "there is no text");
  const [left = "", right, ...more] = equation.replace(/\s+/g, "").split("->");
  const texts = left.split(",");
  if (more.length > 0) refuse(equation, '"->" stands twice');
  if (texts.length !== operands.length)
    refuse(equation, `${operands.length} tensors were passed and ${texts.length} stand`);
  const terms = texts.map((text, i): Term => {
    const x = operands[i]!;
    const letters = text.replace("...", "").length;
    const dots = x.shape.length - letters;
    if (dots < 0 || (dots > 0 && !text.includes("...")))
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `einsum: ${quote(text)} names ${letters} axes and the tensor is ${formatShape(x.shape)}; name each, or write "..." for the others`,
      );
    return { x, labels: labelsOf(equation, text, dots) };
  });
  const all = terms.flatMap(({ labels }) => labels);
  const dots = Math.max(0, ...all.map((label) => (/\d/.test(label) ? Number(label) + 1 : 0)));
  // without "->" it is what stands once, in alphabetical order
  const once = all
    .filter((label) => !/\d/.test(label) && all.indexOf(label) === all.lastIndexOf(label))
    .sort();
  const result = labelsOf(equation, right ?? `...${once.join("")}`, dots);
  for (const label of result)
    if (!all.includes(label) || result.indexOf(label) !== result.lastIndexOf(label))
      refuse(equation, `the result names ${quote(label)}, which must be an operand's, once,`);
  if (right !== undefined && dots > 0 && !right.includes("..."))
    refuse(equation, 'the result lacks the "..." of the operands');
  return { terms, result };
}

/** Requires equal sizes of equal labels. Axes of "..." that have size 1 and are longer elsewhere are taken out. */
function fitted(equation: string, terms: readonly Term[]): Term[] {
  const sizes = new Map<string, number>();
  for (const { x, labels } of terms)
    labels.forEach((label, i) => {
      const n = x.shape[i]!;
      const known = sizes.get(label);
      if (known !== undefined && known !== n && !(/\d/.test(label) && (n === 1 || known === 1)))
        throw new AnygradError(
          "SHAPE_MISMATCH",
          `einsum: ${quote(label)} of ${quote(equation)} has size ${known} in one place and ${n} in another; make them equal`,
        );
      sizes.set(label, Math.max(n, known ?? 1));
    });
  return terms.map(({ x, labels }) => {
    const stays = labels.map((label, i) => x.shape[i] === sizes.get(label));
    return {
      x: reshape(
        x,
        x.shape.filter((_, i) => stays[i]),
      ),
      labels: labels.filter((_, i) => stays[i]),
    };
  });
}

/** The term with its axes in this order. */
function arranged({ x, labels }: Term, order: readonly string[]): Tensor {
  return order.every((label, i) => label === labels[i])
    ? x
    : transpose(
        x,
        order.map((label) => labels.indexOf(label)),
      );
}

/** The diagonals of axes that have the same label. */
function withoutRepeats(term: Term): Term {
  const twice = term.labels.find((label, i) => term.labels.indexOf(label) !== i);
  if (twice === undefined) return term;
  const { x, labels } = term;
  const [first, second] = [labels.indexOf(twice), labels.lastIndexOf(twice)];
  const others = labels.map((_, i) => i).filter((i) => i !== first && i !== second);
  const n = x.shape[first]!;
  const rest = others.map((i) => x.shape[i]!);
  // of [n, n] as one axis the diagonal is every (n + 1)-th
  const flat = reshape(transpose(x, [...others, first, second]), [...rest, n * n]);
  const diagonal = slice(flat, { strides: [...rest.map(() => 1), n + 1] });
  return withoutRepeats({ x: diagonal, labels: [...others.map((i) => labels[i]!), twice] });
}

/** The term summed over axes whose labels are not kept. */
function summed({ x, labels }: Term, kept: ReadonlySet<string>): Term {
  const axis = labels.flatMap((label, i) => (kept.has(label) ? [] : [i]));
  return axis.length === 0
    ? { x, labels }
    : { x: sum(x, { axis }), labels: labels.filter((label) => kept.has(label)) };
}

/** The product of two terms, summed over the labels that are not kept. */
function product(left: Term, right: Term, kept: ReadonlySet<string>): Term {
  const a = summed(left, new Set([...kept, ...right.labels]));
  const b = summed(right, new Set([...kept, ...left.labels]));
  const shared = a.labels.filter((label) => b.labels.includes(label));
  const batch = shared.filter((label) => kept.has(label));
  const inner = shared.filter((label) => !kept.has(label));
  const rows = a.labels.filter((label) => !shared.includes(label));
  const columns = b.labels.filter((label) => !shared.includes(label));
  const size = (term: Term, labels: readonly string[]): number[] =>
    labels.map((label) => term.x.shape[term.labels.indexOf(label)]!);
  const [m, k, n] = [size(a, rows), size(a, inner), size(b, columns)];
  const many = size(a, batch);
  const labels = [...batch, ...rows, ...columns];
  const leftPart = arranged(a, [...batch, ...rows, ...inner]);
  const rightPart = arranged(b, [...batch, ...inner, ...columns]);
  if (inner.length === 0) {
    const x = multiply(
      reshape(leftPart, [...many, ...m, ...n.map(() => 1)]),
      reshape(rightPart, [...many, ...m.map(() => 1), ...n]),
    );
    return { x, labels };
  }
  const stacked = batch.length > 0 ? [sizeOf(many)] : [];
  const y = matmul(
    reshape(leftPart, [...stacked, sizeOf(m), sizeOf(k)]),
    reshape(rightPart, [...stacked, sizeOf(k), sizeOf(n)]),
  );
  return { x: reshape(y, [...many, ...m, ...n]), labels };
}

/**
 * Sums of products in Einstein's notation, as Keras's and NumPy's: each axis has a letter, a letter that the result does not name is
 * summed over, one that stands twice in a term takes the diagonal, and "..." stands for any axes, which broadcast. "ij,jk->ik" is the
 * product of matrices, "bij,bjk->bik" that of many, "ii->" the trace, "ij->ji" the transpose, "i,j->ij" the outer product. Without
 * "->" the result has what stands once, in alphabetical order. More than two tensors are combined from the left, two at a time.
 * @param equation the letters of each tensor's axes, with commas, then "->" and those of the result
 * @param tensors as many as stand in the equation
 * @throws AnygradError INVALID_ARGUMENT for an equation that is none, SHAPE_MISMATCH for tensors that do not fit it
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * const a = engine.tensor([[1, 2], [3, 4]]);
 * const b = engine.tensor([10, 1]);
 * console.log(ops.einsum("ij,j->i", a, b).toArray()); // [12, 34]
 * console.log(ops.einsum("ii->", a).item()); // 5
 * ```
 */
export function einsum(equation: string, ...tensors: readonly Tensor[]): Tensor {
  checkTensors("einsum", ...tensors);
  const { terms, result } = parse(equation, tensors);
  const [first, ...others] = fitted(equation, terms).map(withoutRepeats);
  let current = first!;
  others.forEach((next, i) => {
    const later = others.slice(i + 1).flatMap(({ labels }) => labels);
    current = product(current, next, new Set([...result, ...later]));
  });
  return arranged(summed(current, new Set(result)), result);
}

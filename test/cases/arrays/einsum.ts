/** Rows for einsum: every number of the result is summed in float64 over all values of all letters. */
import { type Array64, array64, ravel, sizeOf, unravel } from "../../reference/array64.ts";
import { type Case, row } from "../case.ts";

type Shape = readonly number[];

/** Calls `visit` for all values of all letters, with the places of the operands and of the result. */
function walk(
  equation: string,
  inputs: readonly Array64[],
  visit: (places: readonly number[], out: number) => void,
): number[] {
  const [left, right] = equation.split("->") as [string, string];
  const terms = left.split(",");
  const sizes = new Map<string, number>();
  terms.forEach((term, i) => {
    [...term].forEach((letter, axis) => {
      sizes.set(letter, Math.max(sizes.get(letter) ?? 1, inputs[i]!.shape[axis]!));
    });
  });
  const letters = [...sizes.keys()];
  const extents = [...sizes.values()];
  const out = [...right].map((letter) => sizes.get(letter)!);
  for (let at = 0; at < sizeOf(extents); at++) {
    const values = new Map(unravel(extents, at).map((value, i) => [letters[i]!, value]));
    const place = (term: string, shape: Shape): number =>
      ravel(
        shape,
        [...term].map((letter, axis) => (shape[axis] === 1 ? 0 : values.get(letter)!)),
      );
    visit(
      terms.map((term, i) => place(term, inputs[i]!.shape)),
      place(right, out),
    );
  }
  return out;
}

function einsum64(equation: string, inputs: readonly Array64[]): Array64 {
  const sums = new Map<number, number>();
  const shape = walk(equation, inputs, (places, out) => {
    const term = places.reduce((product, place, i) => product * inputs[i]!.data[place]!, 1);
    sums.set(out, (sums.get(out) ?? 0) + term);
  });
  const y = array64(shape);
  for (const [place, value] of sums) y.data[place] = value;
  return y;
}

function einsumBackward(equation: string, dy: Array64, inputs: readonly Array64[]): Array64[] {
  const gradients = inputs.map(({ shape }) => array64(shape));
  walk(equation, inputs, (places, out) => {
    places.forEach((place, which) => {
      const others = places.reduce(
        (product, at, i) => (i === which ? product : product * inputs[i]!.data[at]!),
        1,
      );
      gradients[which]!.data[place]! += dy.data[out]! * others;
    });
  });
  return gradients;
}

/** @param explicit the equation without dots and with an arrow, where it differs */
function einsum(equation: string, shapes: readonly Shape[], explicit: string = equation): Case {
  const plain = explicit.replace(/\s/g, "");
  return row({
    op: "einsum",
    leading: [equation],
    inputs: shapes.map((shape) => ({ shape })),
    reference: (inputs) => einsum64(plain, inputs),
    referenceBackward: (dy, inputs) => einsumBackward(plain, dy, inputs),
    tolerance: 1e-5,
  });
}

export const einsumCases: readonly Case[] = [
  einsum("ij,jk->ik", [[5, 7], [7, 3]]), // biome-ignore format: a line a row
  einsum("ij, jk", [[5, 7], [7, 3]], "ij,jk->ik"), // biome-ignore format: a line a row
  einsum("ba,ca->cb", [[5, 7], [3, 7]]), // biome-ignore format: a line a row
  einsum("bij,bjk->bik", [[3, 5, 7], [3, 7, 2]]), // biome-ignore format: a line a row
  einsum("bhqd,bhkd->bhqk", [[2, 3, 5, 4], [2, 3, 6, 4]]), // biome-ignore format: a line a row
  einsum("bqhd,bkhd->bhqk", [[2, 5, 3, 4], [2, 6, 3, 4]]), // biome-ignore format: a line a row
  einsum("ijk,jil->kl", [[3, 4, 5], [4, 3, 2]]), // biome-ignore format: a line a row
  einsum("i,j->ij", [[5], [7]]), // biome-ignore format: a line a row
  einsum("i,i->", [[17], [17]]), // biome-ignore format: a line a row
  einsum("ij,ij->ij", [[5, 7], [5, 7]]), // biome-ignore format: a line a row
  einsum("ij,j->ji", [[5, 7], [7]]), // biome-ignore format: a line a row
  einsum("ab,cd->ac", [[3, 4], [5, 2]]), // biome-ignore format: a line a row
  einsum(",ij->ij", [[], [5, 7]]), // biome-ignore format: a line a row
  einsum("ij->ji", [[5, 7]]),
  einsum("ji", [[5, 7]], "ji->ij"),
  einsum("ijk->ik", [[3, 5, 7]]),
  einsum("ijk->", [[3, 5, 7]]),
  einsum("ii->i", [[7, 7]]),
  einsum("ii->", [[7, 7]]),
  einsum("ii", [[7, 7]], "ii->"),
  einsum("iji->ji", [[4, 3, 4]]),
  einsum("iii->i", [[4, 4, 4]]),
  einsum("ii,ij->j", [[4, 4], [4, 3]]), // biome-ignore format: a line a row
  einsum("...ij,...jk->...ik", [[2, 3, 4, 5], [2, 3, 5, 2]], "abij,abjk->abik"), // biome-ignore format: a line a row
  einsum("...ij,jk->...ik", [[2, 3, 4, 5], [5, 2]], "abij,jk->abik"), // biome-ignore format: a line a row
  einsum("...ij,...j->...i", [[2, 1, 4, 5], [3, 5]], "abij,bj->abi"), // biome-ignore format: a line a row
  einsum("...ii->...i", [[3, 5, 5]], "aii->ai"),
  einsum("i...->...", [[3, 4, 5]], "iab->ab"),
  einsum("ij,jk,kl->il", [[2, 3], [3, 4], [4, 5]]), // biome-ignore format: a line a row
  einsum("bi,bj,bk->ijk", [[4, 2], [4, 3], [4, 2]]), // biome-ignore format: a line a row
];

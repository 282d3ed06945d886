/**
 * How much work a kernel call is: FLOP of products and convolutions, as flop.ts counts them, and bytes of the arrays that it reads and
 * writes, each once however often the kernel goes through it, by the line of shapes in the kernel's doc comment.
 */
import {
  type Kernel,
  type KernelValues,
  type RecordValues,
  signatureOf,
} from "../../../src/kernels/kernel.ts";
import { facts, type KernelFacts } from "./facts.generated.ts";
import { flopOf } from "./flop.ts";

export interface KernelWork {
  readonly name: string;
  /** 0 for what is neither product nor convolution. */
  readonly flop: number;
  readonly bytes: number;
}

export function nameOf(kernel: Kernel<unknown>): string {
  return factsOf(kernel).name;
}

/** @param units how many the call has, for arrays that there is one of for each */
export function workOf(kernel: Kernel<unknown>, values: KernelValues, units: () => number): KernelWork {
  const { name, traffic } = factsOf(kernel);
  const record: RecordValues = Object.assign(
    {},
    ...Object.values(values).filter((value) => typeof value === "object"),
  );
  const numberOf = (word: string): number =>
    Number.isNaN(Number(word))
      ? (record[word] ?? (word === "units" ? units() : Number(values[word] ?? 0)))
      : Number(word);
  const numbers = traffic.map(([array, extents, accesses]) =>
    values[array] === 0
      ? 0
      : accesses * extents.split(",").reduce((product, extent) => product * sum(extent, numberOf), 1),
  );
  return { name, flop: flopOf(name)?.(values) ?? 0, bytes: 4 * numbers.reduce((total, n) => total + n, 0) };
}

function factsOf(kernel: Kernel<unknown>): KernelFacts {
  const { place } = signatureOf(kernel);
  return facts[typeof kernel === "string" ? `${place}` : `${kernel.family.name} ${place}`]!;
}

/** A sum of products, such as "before + n + after" or "c / groups". */
function sum(extent: string, numberOf: (word: string) => number): number {
  return extent
    .split("+")
    .map((product) => {
      const [first, ...others] = product.trim().split(/ *([*/]) */);
      let value = numberOf(first!);
      for (let i = 0; i < others.length; i += 2) {
        const factor = numberOf(others[i + 1]!);
        value = others[i] === "*" ? value * factor : value / factor;
      }
      return value;
    })
    .reduce((total, value) => total + value, 0);
}

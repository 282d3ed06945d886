/** A profile as a table, 80 columns wide. */

import { plain, type Style } from "../../../report/text/style.ts";
import { formatBytes } from "../../../src/math/bytes.ts";
import type { KernelRow, StepProfile } from "./result.ts";

/** Widths of the cells; the first is aligned left, the others right. */
const widths = [38, 6, 9, 7, 8, 9] as const;

export function profileText(profile: StepProfile, style: Style = plain): string {
  const { machine, runtime, date, network, batchSize, inputShape, variant, threads, parameters, step } =
    profile;
  const { compute, memory, kernels, typescript } = profile;
  const inKernels = kernels.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const head = line(["kernel", "calls", "ms", "share", "GFLOP", "MB"]);
  return [
    `${style.strong(machine.cpu)}, ${runtime}, ${date.slice(0, 16).replace("T", " ")} UTC`,
    `${style.strong(network)}: ${batchSize} × ${inputShape.join("×")}, ${parameters.toLocaleString("en")} parameters, ${variant}, ${threads} thread${threads === 1 ? "" : "s"}, ${formatBytes(profile.memoryBytes)}`,
    `${style.strong(`${step.toFixed(2)} ms a step`)}, calls at their least of ${profile.steps}; the median took ${profile.median.toFixed(2)} ms`,
    `${compute.toFixed(1)} GFLOP/s and ${memory.toFixed(1)} GB/s of a copy at most`,
    "",
    style.quiet(head),
    ...kernels.flatMap((row) => kernelLines(row, style)),
    line([
      "all kernels",
      `${sum(kernels, "calls")}`,
      inKernels.toFixed(2),
      percent(inKernels / step),
      giga(sum(kernels, "flop")),
      mega(sum(kernels, "bytes")),
    ]),
    line(["TypeScript", "", (typescript * step).toFixed(2), percent(typescript)]),
    "",
    style.quiet("GFLOP: nominal, of products and convolutions; MB: arrays once per read or write"),
    style.quiet("below each kernel: which limit binds it, and its share of that; caches and"),
    style.quiet("Winograd may take it past 100 %; then how much of its time each thread was at it"),
  ].join("\n");
}

function kernelLines(
  { name, calls, milliseconds, share, flop, bytes, limit, ofLimit, busy }: KernelRow,
  style: Style,
): string[] {
  const threads = busy.map(percent).join(", ");
  return [
    line([
      name,
      `${calls}`,
      milliseconds.toFixed(2),
      percent(share),
      flop > 0 ? giga(flop) : "",
      mega(bytes),
    ]),
    style.quiet(
      `  ${percent(ofLimit)} of ${limit === "compute" ? "the arithmetic" : "the copy"}; threads ${threads}`,
    ),
  ];
}

function line(cells: readonly string[]): string {
  return cells
    .map((cell, i) => (i === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[i] ?? 8)))
    .join("")
    .trimEnd();
}

function sum(rows: readonly KernelRow[], field: "calls" | "flop" | "bytes"): number {
  return rows.reduce((total, row) => total + row[field], 0);
}

const giga = (flop: number): string => (flop / 1e9).toFixed(3);
const mega = (bytes: number): string => (bytes / 1e6).toFixed(bytes < 1e7 ? 2 : 1);
const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

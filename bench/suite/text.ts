/**
 * A benchmark as text, 80 columns wide: a block for each group, a line for each task and build. Lines are made one at a
 * time with fixed widths, so that they can be shown while the benchmark runs.
 */

import { textWidth } from "../../report/text/lines.ts";
import { plain, type Style } from "../../report/text/style.ts";
import { shorten } from "../../report/text/table.ts";
import type { Absence, Benchmark, Build, CeilingRow, Profile, Row } from "./result.ts";

type Cells = readonly [
  name: string,
  build: string,
  ms: string,
  spread: string,
  rate: string,
  ceiling: string,
  scalar: string,
  thread: string,
];
/** Widths of the cells, in characters; the first two are aligned left, the others right. */
const widths = [17, 10, 9, 8, 8, 8, 8, 8] as const;

function line(cells: readonly string[]): string {
  const padded = cells.map((cell, i) => {
    const blanks = " ".repeat(Math.max(0, (widths[i] ?? 8) - textWidth(cell)));
    return i < 2 ? cell + blanks : blanks + cell;
  });
  return `  ${padded.join("")}`.trimEnd();
}

/** The machine, its ceilings, and what does not run on it. */
export function headText(
  {
    machine,
    runtime,
    date,
    absent,
    ceilings,
  }: Pick<Benchmark, "machine" | "runtime" | "date" | "absent" | "ceilings">,
  style: Style = plain,
): string {
  const load = machine.loadAverage === undefined ? "" : `, load ${machine.loadAverage.toFixed(2)}`;
  const cores = `${machine.cores} core${machine.cores === 1 ? "" : "s"}`;
  return [
    `${style.strong(machine.cpu)}, ${cores}, ${runtime}${load}, ${date.slice(0, 16).replace("T", " ")} UTC`,
    "",
    `${style.strong("ceiling")}   GFLOP/s in registers and on the L1 cache; GB/s of a copy`,
    style.quiet(line(["", "", "registers", "L1", "copy"])),
    ...ceilings.map(ceilingLine),
    ...absent.flatMap(({ variant, reason }: Absence) => wrapped(`${variant ?? "threads"}: ${reason}`, style)),
    ...ceilings.flatMap((row) => heldBack(row, ceilings)),
    "",
    style.quiet("ms: median of the calls, ± half the distance of the quartiles; ceiling: share of"),
    style.quiet("it, in turns; scalar, thread: times the speed of the scalar build, of one thread"),
  ].join("\n");
}

/** Share of what as many free cores would do; below it a warning is given. */
const free = 0.75;

/** A warning where others hold the cores: no load average shows what runs beside a virtual machine. */
function heldBack(row: CeilingRow, ceilings: readonly CeilingRow[]): string[] {
  const single = ceilings.find(({ variant, threads }) => variant === row.variant && threads === 1);
  const gain = single ? Math.max(row.chains, row.tile) / Math.max(single.chains, single.tile) : row.threads;
  if (gain >= free * row.threads) return [];
  return [`  warning: ${row.threads} threads do ${gain.toFixed(1)}× the work of one; others use the cores`];
}

function ceilingLine({ chains, tile, copy, ...build }: CeilingRow): string {
  return line(["", buildName(build), chains.toFixed(1), tile.toFixed(1), copy.toFixed(1)]);
}

/** The heading of a group: its name, and what the columns are. */
export function groupText(row: Row, style: Style = plain): string {
  const titles = line(["", "", "ms", "±", row.unit, "ceiling", "scalar", "thread"]).slice(2);
  const name = shorten(row.group, 34);
  return style.strong(name) + style.quiet(titles.slice(textWidth(name) - 2));
}

/** @param named with the task's name, which only the first of its builds has */
export function rowText(row: Row, named: boolean): string {
  const { median, spread, rate, ofCeiling, overScalar, overOneThread } = row;
  const cells: Cells = [
    named ? row.name : "",
    buildName(row),
    milliseconds(median),
    `±${milliseconds(spread)}`,
    rate < 9.95 ? rate.toFixed(2) : rate.toFixed(1),
    percent(ofCeiling),
    times(overScalar),
    times(overOneThread),
  ];
  return line(cells);
}

/** Rows with the headings of their groups. @param after the row that was shown before */
export function rowsText(rows: readonly Row[], style: Style = plain, after?: Row): string {
  let last = after;
  const lines: string[] = [];
  for (const row of rows) {
    const opens = row.group !== last?.group;
    if (opens) lines.push("", groupText(row, style));
    lines.push(rowText(row, opens || row.name !== last?.name));
    last = row;
  }
  return lines.join("\n");
}

/** Where the time of training steps goes. */
export function profilesText(profiles: readonly Profile[], style: Style = plain): string {
  if (profiles.length === 0) return "";
  const titles = line(["", "", "MiB", "ms", "GFLOP/s", "ceiling", "other", "script"]).slice(2);
  const heading = "training steps, 1 thread";
  const lines = profiles.map(({ network, variant, memoryBytes, products, shares }, i) =>
    line([
      network === profiles[i - 1]?.network ? "" : network,
      variant,
      (memoryBytes / 2 ** 20).toFixed(1),
      milliseconds(products.milliseconds),
      products.rate.toFixed(1),
      percent(products.ofCeiling),
      percent(shares.otherKernels),
      percent(shares.typescript),
    ]),
  );
  return [
    "",
    style.strong(heading) + style.quiet(titles.slice(heading.length - 2)),
    ...lines,
    style.quiet("  MiB: wasm memory; ms … ceiling: all GEMMs and convolutions of a step together"),
    style.quiet("  other, script: shares of the step in other kernels, in TypeScript"),
  ].join("\n");
}

/** The whole report. */
export function benchmarkText(benchmark: Benchmark, style: Style = plain): string {
  const { rows, profiles } = benchmark;
  return [headText(benchmark, style), rowsText(rows, style), profilesText(profiles, style)].join("\n");
}

/** The report as a Markdown file. */
export function benchmarkMarkdown(benchmark: Benchmark): string {
  const { machine, runtime, date, quick, seconds } = benchmark;
  return `# Benchmark

Written by \`npm run bench -- --write\` on ${date.slice(0, 10)}: ${machine.cpu}, ${machine.cores} cores, ${runtime}; batches of 64, Adam; ${quick ? "the quick selection, " : ""}${Math.round(seconds)} s.

- ms: median of the calls; ±: half the distance between their quartiles
- GFLOP/s: nominal, as im2col counts multiplications; Winograd multiplies less and may pass the ceiling
- ceiling: share of what the same build does on the same threads in registers and on the L1 cache, or of a copy, measured in turns with the task
- scalar, thread: times the speed of the scalar build on as many threads, and of the same build on one

\`\`\`text
${benchmarkText(benchmark)}
\`\`\`
`;
}

/** Prose at 80 columns, two blanks in front. */
function wrapped(text: string, style: Style): string[] {
  const lines = [""];
  for (const word of text.split(" "))
    if (textWidth(`${lines.at(-1)} ${word}`) <= 78) lines.push(`${lines.pop()} ${word}`.trimStart());
    else lines.push(word);
  return lines.map((each) => style.quiet(`  ${each}`));
}

function buildName({ variant, threads }: Build): string {
  return threads === 1 ? variant : `${variant} ×${threads}`;
}

/** A number with four digits. */
function milliseconds(value: number): string {
  return value.toFixed(value < 9.9995 ? 3 : value < 99.995 ? 2 : 1);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}

function times(factor: number | undefined): string {
  return factor === undefined ? "" : `${factor.toFixed(2)}×`;
}

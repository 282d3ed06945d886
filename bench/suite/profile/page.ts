/** A profile as a page: the table of kernels, and a step drawn as a flame chart. */
import { dataTable } from "../../../report/html/dataTable.ts";
import { chartFigure } from "../../../report/html/figure.ts";
import { html } from "../../../report/html/html.ts";
import { page } from "../../../report/html/page.ts";
import { formatCount } from "../../../report/text/numbers.ts";
import { formatBytes } from "../../../src/math/bytes.ts";
import { type FlamePart, flameChart } from "./flameChart.ts";
import type { KernelRow, Span, StepProfile } from "./result.ts";

/** Colours of the kernels that take longest; the others are grey. */
const colors = ["series-1", "series-2", "series-3", "series-4", "series-5", "series-6", "series-7"] as const;

export function profilePage(profile: StepProfile): string {
  const { network, step, batchSize, inputShape, variant, threads, kernels, typescript, machine } = profile;
  const slowest = kernels[0]!;
  return page({
    title: `A training step of ${network}`,
    headline: html`<strong>${step.toFixed(2)} ms</strong> for ${batchSize} × ${inputShape.join("×")}; most of it, ${percent(slowest.share)}, in <code>${slowest.name}</code>, which reaches ${percent(slowest.ofLimit)} of ${limitOf(slowest)}`,
    facts: [
      ["parameters", formatCount(profile.parameters)],
      ["kernels", variant],
      ["threads", `${threads}`],
      ["in kernels", percent(1 - typescript)],
      ["memory", formatBytes(profile.memoryBytes)],
      ["arithmetic, at most", `${profile.compute.toFixed(1)} GFLOP/s`],
      ["a copy", `${profile.memory.toFixed(1)} GB/s`],
    ],
    sections: [
      {
        id: "step",
        title: "The step",
        body: html`<p>One step of median length, from left to right: its parts, the ops with the shapes of their outputs, and the kernels that they call. The
names of narrow ones show under the pointer.</p>
${stepFigure(profile)}`,
      },
      {
        id: "kernels",
        title: "Kernels",
        body: html`<p>The least time of each call among ${profile.steps} steps, of which the median took ${profile.median.toFixed(2)} ms: what else the machine does can only lengthen one. GFLOP are nominal, those of products and convolutions; MB count each array once per read or write. The
limit is the one of arithmetic and traffic that takes longer at what this machine does at most, measured in turns with the steps; data in caches, and
Winograd's algorithm, may take a kernel past 100 %.</p>
${kernelTable(profile)}`,
      },
    ],
    footer: html`${machine.cpu}, ${machine.cores} cores, ${profile.runtime}, ${profile.date.slice(0, 16).replace("T", " ")} UTC. Written by anygrad.`,
  });
}

function stepFigure({ spans, kernels, network }: StepProfile): ReturnType<typeof chartFigure> {
  const end = spans.reduce((last, { began, milliseconds }) => Math.max(last, began + milliseconds), 0);
  const colorOf = new Map(colors.map((color, i) => [kernels[i]?.name, color]));
  const part = ({ kernel, began, milliseconds }: Span): FlamePart => ({
    name: kernel,
    start: began,
    length: milliseconds,
    color: colorOf.get(kernel) ?? "quiet",
  });
  const title = `A step of ${network}`;
  const description = `${spans.length} kernel calls in ${end.toFixed(2)} ms.`;
  const svg = flameChart({
    title,
    description,
    levels: [
      joined(spans, ({ phase }) => phase),
      joined(spans, ({ phase, op }) => `${phase}\n${op}`),
      spans.map(part),
    ],
    x: { most: end, format: (value) => `${value.toFixed(2)} ms` },
  });
  const table = {
    caption: "Kernel calls of the step",
    columns: [
      { head: "kernel", kind: "code" },
      { head: "op", kind: "text" },
      { head: "part", kind: "text" },
      { head: "begins, ms" },
      { head: "takes, ms" },
    ],
    rows: spans.map(({ kernel, op, phase, began, milliseconds }) => [
      kernel,
      op,
      phase,
      began.toFixed(3),
      milliseconds.toFixed(3),
    ]),
  } as const;
  return chartFigure({ name: "step", title, description, svg, table, wide: true });
}

/** Neighbours with the same name as one part, which is called by its last line. */
function joined(spans: readonly Span[], nameOf: (span: Span) => string): FlamePart[] {
  const parts: { name: string; start: number; length: number }[] = [];
  for (const span of spans) {
    const name = nameOf(span);
    const last = parts.at(-1);
    if (last?.name === name) last.length = span.began + span.milliseconds - last.start;
    else parts.push({ name, start: span.began, length: span.milliseconds });
  }
  return parts.map((part) => ({ ...part, name: part.name.split("\n").at(-1)! }));
}

function kernelTable({ kernels, threads }: StepProfile): ReturnType<typeof dataTable> {
  return dataTable({
    caption: "Kernels of a step, by their time",
    columns: [
      { head: "kernel", kind: "code" },
      { head: "calls" },
      { head: "ms" },
      { head: "share" },
      { head: "GFLOP" },
      { head: "MB" },
      { head: "limit", kind: "text" },
      { head: "of the limit" },
      ...Array.from({ length: threads }, (_, i) => ({ head: `thread ${i + 1} at it` })),
    ],
    rows: kernels.map((row) => [
      row.name,
      `${row.calls}`,
      row.milliseconds.toFixed(2),
      percent(row.share),
      row.flop > 0 ? (row.flop / 1e9).toFixed(3) : "–",
      (row.bytes / 1e6).toFixed(2),
      limitOf(row),
      percent(row.ofLimit),
      ...row.busy.map(percent),
    ]),
  });
}

const limitOf = ({ limit }: KernelRow): string => (limit === "compute" ? "arithmetic" : "a copy");
const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

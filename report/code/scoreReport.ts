/** The report of a network that tells no classes apart: its scores, its curves, its layers and its settings. */
import type { Evaluation } from "../../src/model/index.ts";
import { type FigureFile, standalone } from "../charts/svg.ts";
import { tableChart } from "../charts/tableChart.ts";
import { dataTable } from "../html/dataTable.ts";
import { figureGrid } from "../html/figure.ts";
import { html } from "../html/html.ts";
import { page } from "../html/page.ts";
import { architectureOf } from "../run/architecture.ts";
import { curveFigures, curveTexts } from "../run/curves.ts";
import { environmentFacts, settingFacts } from "../run/facts.ts";
import type { RunReport, RunReportInput } from "../run/runReport.ts";
import { formatCount, formatScore, formatSeconds } from "../text/numbers.ts";

export function scoreReport({
  run,
  summary,
  scores,
  withFiles = false,
}: Omit<RunReportInput, "train" | "test"> & { readonly scores: Evaluation }): RunReport {
  const { settings, history } = run;
  const architecture = architectureOf(summary);
  const text = {
    title: `Architecture of ${settings.preset}`,
    description: `${architecture.rows.length} layers, ${formatCount(settings.params.total)} parameters.`,
  };
  const curves = curveFigures(run);
  const figures: FigureFile[] = [
    { name: "architecture", svg: standalone(tableChart({ ...text, ...architecture }), text) },
    ...curves.map((figure) => ({ name: figure.name, svg: standalone(figure.svg, figure) })),
  ];
  const examples = formatCount(settings.dataset.test[0] ?? 0);
  const facts = (caption: string, rows: readonly (readonly [string, string])[]) =>
    dataTable({
      caption,
      columns: [
        { head: "name", kind: "text" },
        { head: "value", kind: "prose" },
      ],
      rows,
    });
  return {
    figures,
    html: page({
      title: `${settings.preset} on ${settings.dataset.name}`,
      headline: html`<strong>${formatScore(scores.loss)}</strong> loss on ${examples} test examples`,
      facts: [
        ...Object.entries(scores)
          .filter(([name]) => name !== "loss")
          .map(([name, value]) => [`test ${name}`, formatScore(value)] as const),
        ["parameters", formatCount(settings.params.total)],
        ["epochs", formatCount(history.epoch!.length)],
        ["training time", formatSeconds(settings.seconds)],
      ],
      sections: [
        {
          id: "learning",
          title: "Learning",
          body: html`${curves.length > 0 && figureGrid(curves)}
${curveTexts(run).map((text) => html`<p>${text}</p>\n`)}`,
        },
        {
          id: "network",
          title: "Network",
          body: dataTable({ caption: text.description, ...architecture }),
        },
        {
          id: "settings",
          title: "Settings and environment",
          body: html`${facts("Settings: what the result depends on", settingFacts(settings))}
${facts("Environment: what ran it, and how fast", environmentFacts(settings))}`,
        },
        {
          id: "weights",
          title: "Weights",
          body: html`<p>SHA-256 of the weights:</p>
<pre><code>${settings.digest}</code></pre>`,
        },
      ],
      footer: html`Made by anygrad ${settings.anygrad}. The page needs no network and runs no script${
        withFiles && html`; its figures are in <code>figures/</code> as SVG and PNG`
      }.`,
    }),
  };
}

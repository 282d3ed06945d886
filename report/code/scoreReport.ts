/** The report of a network that tells no classes apart: its scores, its curves, its layers and its settings. */
import type { Evaluation } from "../../src/model/index.ts";
import { type FigureFile, standalone } from "../charts/svg.ts";
import { tableChart } from "../charts/tableChart.ts";
import { dataTable } from "../html/dataTable.ts";
import { figureGrid } from "../html/figure.ts";
import { type Html, html } from "../html/html.ts";
import { page, type Section } from "../html/page.ts";
import { architectureOf } from "../run/architecture.ts";
import { curveFigures, curveTexts } from "../run/curves.ts";
import { settingsSection } from "../run/facts.ts";
import { footerOf, repeatSection } from "../run/repeat.ts";
import type { RunReport, RunReportInput } from "../run/runReport.ts";
import { formatCount, formatScore, formatSeconds, plural } from "../text/numbers.ts";

/** What the report tells of a kind of network besides. */
export interface OwnPart {
  /** Default: the loss. */
  readonly headline: Html;
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly sections: readonly Section[];
  readonly figures: readonly FigureFile[];
  /** Whether the list of contents stands at the side. Default false. */
  readonly sideNavigation?: boolean;
}

export function scoreReport({
  run,
  summary,
  scores,
  own,
  withFiles = false,
}: Omit<RunReportInput, "train" | "test"> & {
  readonly scores: Evaluation;
  readonly own?: OwnPart | undefined;
}): RunReport {
  const { settings, history } = run;
  const architecture = architectureOf(summary);
  const text = {
    title: `Architecture of ${settings.preset}`,
    description: `${plural(architecture.rows.length, "layer")}, ${plural(settings.params.total, "parameter")}.`,
  };
  const curves = curveFigures(run);
  const figures: FigureFile[] = [
    { name: "architecture", svg: standalone(tableChart({ ...text, ...architecture }), text) },
    ...curves.map((figure) => ({ name: figure.name, svg: standalone(figure.svg, figure) })),
    ...(own?.figures ?? []),
  ];
  const examples = plural(settings.dataset.test[0] ?? 0, "test example");
  return {
    figures,
    html: page({
      title: `${settings.preset} on ${settings.dataset.name}`,
      headline: own?.headline ?? html`<strong>${formatScore(scores.loss)}</strong> loss on ${examples}`,
      facts: [
        ...(own ? [...own.facts, ["test loss", formatScore(scores.loss)] as const] : []),
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
        ...(own?.sections ?? []),
        {
          id: "network",
          title: "Network",
          body: dataTable({ caption: text.description, ...architecture }),
        },
        settingsSection(settings),
        repeatSection(settings),
      ],
      sideNavigation: own?.sideNavigation ?? false,
      footer: footerOf(settings, withFiles),
    }),
  };
}

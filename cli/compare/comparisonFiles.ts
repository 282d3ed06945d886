/** The files of a comparison: report.html and every figure as SVG and PNG. */
import type { Rasterizer } from "../../report/charts/raster.ts";
import { standalone } from "../../report/charts/svg.ts";
import { type ClassSet, classSection, type Galleries } from "../../report/comparison/classSection.ts";
import { type Comparison, type ImageVerdict, withoutPlaces } from "../../report/comparison/comparison.ts";
import { comparisonFigures, listed } from "../../report/comparison/figures.ts";
import { comparisonPage } from "../../report/comparison/page.ts";
import { type Gallery, gallerySvg, type ShownImage } from "../../report/comparison/pictures.ts";
import { listedRegression, regressionFigures } from "../../report/comparison/regressionFigures.ts";
import { type RegressionSet, regressionSection } from "../../report/comparison/regressionSection.ts";
import { hasPictures, pictureOf } from "../../report/pictures/picture.ts";
import { formatCount } from "../../report/text/numbers.ts";
import { withoutFolders } from "../../report/text/paths.ts";
import { machine } from "../../runs/machine.ts";
import { exampleCount } from "../../src/data/dataset.ts";
import type { Source } from "../dataset/source.ts";
import { version } from "../process/packageRoot.ts";
import type { ComparedSet, NamedRun } from "./finishedRuns.ts";
import type { FailedRun } from "./runs.ts";

interface Content {
  readonly sets: readonly ComparedSet[];
  readonly failed: readonly FailedRun[];
  readonly command: string;
  /** The models in the order they were named in: each keeps its colour on all data sets. */
  readonly order: readonly string[];
}

/** The files by name: report.html, figures/NAME.svg, figures/NAME.png. */
export function comparisonFiles(
  { sets, failed, command, order }: Content,
  rasterize: Rasterizer,
): Record<string, string | Uint8Array> {
  const drawn = sets.map((set, place) => drawnSet(set, sets.length > 1 ? place : undefined, order));
  const files: Record<string, string | Uint8Array> = {
    "report.html": comparisonPage({
      sets: drawn.map((set) => ("galleries" in set ? classSection(set) : regressionSection(set))),
      failed,
      command,
      version: version(),
      machine: machineText(),
    }),
  };
  const add = (name: string, svg: string): void => {
    files[`figures/${name}.svg`] = svg;
    files[`figures/${name}.png`] = rasterize(svg);
  };
  for (const set of drawn) {
    const figures = "galleries" in set ? listed(set.figures) : listedRegression(set.figures);
    for (const figure of figures) add(figure.name, standalone(figure.svg, figure));
    if (!("galleries" in set)) continue;
    const { galleries, comparison } = set;
    for (const gallery of [galleries.hardest, ...galleries.confusions, ...galleries.alone])
      if (gallery.images.length > 0) add(gallery.name, gallerySvg(gallery, comparison.classNames));
  }
  return files;
}

function drawnSet(
  set: ComparedSet,
  place: number | undefined,
  order: readonly string[],
): ClassSet | RegressionSet {
  const { timing, runs } = set;
  const name = withoutFolders(set.comparison.dataset)
    .split(/[/\\]/)
    .at(-1)!
    .replace(/[^\w-]+/g, "-");
  // folders of one name, in different places
  const prefix =
    /^(digits|mnist|fashion-mnist)$/.test(name) || place === undefined ? name : `${name}-${place + 1}`;
  const options = { prefix, timing, look: (model: string) => Math.max(0, order.indexOf(model)) };
  if (set.kind === "numbers") {
    const comparison = withoutPlaces(set.comparison);
    return { comparison, timing, figures: regressionFigures(comparison, options), data: dataText(runs) };
  }
  const comparison = withoutPlaces(set.comparison);
  return {
    comparison,
    timing,
    figures: comparisonFigures(comparison, options),
    galleries: galleriesOf(prefix, comparison, set.source),
    data: dataText(runs, `, ${comparison.classNames.length} classes`),
  };
}

/** "9,000 training and 1,000 test examples of 28×28×1 or 14×14×1; built in." */
function dataText(runs: readonly NamedRun[], behind = ""): string {
  const { train, test, where } = runs[0]!.settings.dataset;
  const shapes = runs.map(({ settings }) => settings.dataset.test.slice(1).join("×"));
  return `${formatCount(train[0]!)} training and ${formatCount(test[0]!)} test examples of ${[...new Set(shapes)].join(" or ")}${behind}; ${withoutFolders(where)}.`;
}

function galleriesOf(prefix: string, comparison: Comparison, source: Source | undefined): Galleries {
  const test = source && hasPictures(source.test) && exampleCount(source.test) > 0 ? source.test : undefined;
  const shown = (verdicts: readonly ImageVerdict[]): ShownImage[] =>
    test ? verdicts.map((verdict) => ({ verdict, picture: pictureOf(test, verdict.example) })) : [];
  const gallery = (name: string, title: string, verdicts: readonly ImageVerdict[]): Gallery => ({
    name: `${prefix}-${name}`,
    title,
    images: shown(verdicts),
  });
  return {
    hardest: gallery(
      "hardest",
      `Images of ${comparison.dataset} that most models get wrong`,
      comparison.hardest,
    ),
    confusions: comparison.confusions.map(({ labelName, predictedName, examples }, place) =>
      gallery(`confused-${place + 1}`, `${labelName} taken for ${predictedName}`, examples),
    ),
    alone: comparison.alone.map(({ model, examples }, place) =>
      gallery(`alone-${place + 1}`, `Images that ${model} alone gets right`, examples),
    ),
  };
}

function machineText(): string {
  const { processor, cores } = machine();
  return `${processor}, ${cores} ${cores === 1 ? "core" : "cores"}, ${process.platform}`;
}

/** Models side by side on hand-made predictions: who wins, by how much, on which images, and the page that says so. */
import { DOMParser } from "@xmldom/xmldom";
import { describe, expect, it } from "vitest";
import { classSection } from "../../../report/comparison/classSection.ts";
import { type ComparedRun, type Comparison, compareModels } from "../../../report/comparison/comparison.ts";
import { comparisonFigures, listed } from "../../../report/comparison/figures.ts";
import { mcnemar, wilsonInterval } from "../../../report/comparison/noise.ts";
import { comparisonPage } from "../../../report/comparison/page.ts";
import { type Gallery, gallerySvg } from "../../../report/comparison/pictures.ts";
import { bestPlaces } from "../../../report/comparison/ranking.ts";
import { comparisonText, verdictOf } from "../../../report/comparison/text.ts";
import { type Surroundings, timingOf } from "../../../report/comparison/timing.ts";
import { fold } from "../../../report/text/lines.ts";

describe("noise", () => {
  // the binomial sums in exact fractions (Python)
  it.each([
    [0, 5, 0.0625],
    [1, 9, 0.021484375],
    [25, 10, 0.01667384780012071],
    [55, 272, 0],
    [700, 800, 0.010559255466711544],
    [3000, 3300, 0.00016475607669748032],
    [7, 7, 1],
    [0, 0, 1],
  ])("McNemar's test of %d against %d", (first, second, p) => {
    expect(mcnemar(first, second)).toBeCloseTo(p, 9);
    expect(mcnemar(second, first)).toBe(mcnemar(first, second));
  });

  it("Wilson's interval is that of his formula, and stays within 0 and 1", () => {
    const [low, high] = wilsonInterval(8, 10);
    expect(low).toBeCloseTo(0.4902, 4);
    expect(high).toBeCloseTo(0.9433, 4);
    const [all, none] = [wilsonInterval(10, 10)[1], wilsonInterval(0, 10)[0]];
    expect(all).toBeCloseTo(1, 12);
    expect(all).toBeLessThanOrEqual(1);
    expect(none).toBeCloseTo(0, 12);
    expect(none).toBeGreaterThanOrEqual(0);
  });
});

const classNames = ["cat", "dog & <co>", "owl"];
const labels = [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2];

function run(model: string, predicted: readonly number[], more: Partial<ComparedRun> = {}): ComparedRun {
  const right = predicted.filter((value, image) => value === labels[image]).length;
  return {
    model,
    preset: "mlp-64",
    seed: 1,
    parameters: 50_890,
    test: { loss: 0.5, accuracy: right / labels.length },
    seconds: 3,
    secondsPerEpoch: 1,
    stepMilliseconds: 0.5,
    digest: model.padEnd(64, "0"),
    command: `anygrad train ${model} --dataset 'a & b'`,
    recipe: "sgd 0.1",
    options: { optimizer: "sgd", "learning-rate": model === "good" ? "0.1" : "0.3" },
    judgedOn: "test",
    engine: { runtime: "node", variant: "simd", precision: "strict", threads: 1 },
    history: { loss: [1, 0.5], accuracy: [0.5, 0.7], val_loss: [1, 0.6], val_accuracy: [0.4, 0.6] },
    predictions: {
      labels,
      predicted,
      probabilities: predicted.map((value) => [0, 1, 2].map((c) => (c === value ? 0.8 : 0.1))),
    },
    ...more,
  };
}

const good = run("good", [0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 1]);
const fair = run("fair <b>", [0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2]);
const poor = run("poor", [1, 0, 1, 1, 2, 1, 0, 2, 2, 0, 2, 0]);
const comparison: Comparison = compareModels("digits", classNames, [poor, good, fair]);

describe("compareModels", () => {
  it("ranks by accuracy, equals by loss", () => {
    expect(comparison.models.map(({ model }) => model)).toEqual(["good", "fair <b>", "poor"]);
    const worse = { ...good, model: "first", test: { ...good.test, loss: 0.6 } };
    const tied = compareModels("digits", classNames, [worse, good]);
    expect(tied.models.map(({ model }) => model)).toEqual(["good", "first"]);
  });

  it("counts what one of the two best alone gets right", () => {
    // good alone: images 2 and 3; fair alone: image 11
    expect(comparison.duel).toMatchObject({ first: "good", second: "fair <b>", onlyFirst: 2, onlySecond: 1 });
    expect(comparison.duel).toMatchObject({ p: 1, clear: false });
  });

  it("finds the best of each class by F1, with the duel of that class", () => {
    expect(comparison.classWinners.map(({ name, model }) => [name, model])).toEqual([
      ["cat", "good"],
      ["dog & <co>", "good"],
      ["owl", "fair <b>"],
    ]);
    const [cat] = comparison.classWinners;
    expect(cat!.f1).toBe(1);
    expect(cat!.second).toEqual({ model: "fair <b>", f1: 4 / 6 });
    expect(cat!.duel).toMatchObject({ onlyFirst: 2, onlySecond: 0, clear: false });
  });

  it("leaves out a class without test examples: nothing is known of it", () => {
    const more = compareModels(
      "digits",
      [...classNames, "yak"],
      [
        // one takes an owl for a yak, which is no reason to call the yak the hardest
        { ...good, predictions: { ...good.predictions, probabilities: labels.map(() => [0, 0, 0, 1]) } },
        fair,
      ],
    );
    expect(more.classWinners.map(({ name }) => name)).toEqual(classNames);
    const { classes } = comparisonFigures(more, {
      prefix: "x",
      timing: timingOf([undefined], [1]),
      look: () => 0,
    });
    expect(classes.description).toMatch(
      /^The hardest class for all is (cat|dog|owl).* Without test examples, and not shown: yak[.]$/,
    );
    expect(classes.svg).not.toContain(">yak<");
    expect(classes.table.rows.map(([name]) => name)).toEqual(classNames);
    expect(comparisonText(more)).toMatch(/ of 3 /);
  });

  it("says a lead is clear where luck would rarely give it", () => {
    const many = Array.from({ length: 40 }, (_, i) => i % 3);
    const wide = (model: string, predicted: number[]): ComparedRun => ({
      ...run(model, predicted),
      test: { loss: 1, accuracy: predicted.filter((value, i) => value === many[i]).length / 40 },
      predictions: { labels: many, predicted, probabilities: many.map(() => [0, 0, 0]) },
    });
    const { duel } = compareModels("x", classNames, [
      wide("a", many),
      wide(
        "b",
        many.map((value, i) => (i < 10 ? (value + 1) % 3 : value)),
      ),
    ]);
    expect(duel).toMatchObject({ onlyFirst: 10, onlySecond: 0, clear: true });
    expect(duel.p).toBeCloseTo(2 / 1024, 12);
  });

  it("finds the images that most get wrong, the shared confusions and what one alone gets right", () => {
    // image 7: all three say owl; 2, 3: good alone is right; 11: fair alone
    expect(comparison.rightByCount).toEqual([1, 3, 4, 4]);
    expect(comparison.hardest[0]).toMatchObject({ example: 7, label: 1 });
    expect(comparison.hardest.map(({ example }) => example).sort((a, b) => a - b)).toEqual([2, 3, 7, 11]);
    const [first] = comparison.confusions;
    expect(first).toMatchObject({ label: 0, predicted: 1, total: 5, counts: [0, 2, 3] });
    expect(first!.examples.map(({ example }) => example)).toEqual([2, 3, 0]);
    expect(comparison.alone.map(({ model, count }) => [model, count])).toEqual([
      ["good", 2],
      ["fair <b>", 1],
      ["poor", 0],
    ]);
    expect(comparison.alone[0]!.examples[0]!.answers).toEqual([
      { model: "good", predicted: 0, probability: 0.8, right: true },
      { model: "fair <b>", predicted: 1, probability: 0.8, right: false },
      { model: "poor", predicted: 1, probability: 0.8, right: false },
    ]);
  });

  it("marks every best of a score", () => {
    expect([...bestPlaces([0.5, 0.9, 0.9])]).toEqual([1, 2]);
    expect([...bestPlaces([3, 1, 2], "lowest")]).toEqual([1]);
  });
});

describe("timingOf", () => {
  const alone: Surroundings = { jobs: 1, loadAverage: 0.31 };

  it("calls times comparable only where runs went alone on as many threads", () => {
    const fairly = timingOf([alone, { ...alone, loadAverage: 1.9 }], [2, 2]);
    expect(fairly.comparable).toBe(true);
    expect(fairly.note).toBe(
      "The runs went one after another, each alone on 2 threads. Load average of the machine when the runs began: 0.3 to 1.9; it counts the run before, too.",
    );
    expect(timingOf([alone, { ...alone, loadAverage: 9 }], [2, 2]).note).toMatch(/the times are unsteady\.$/);
    expect(timingOf([alone, { ...alone, jobs: 2 }], [2, 2])).toMatchObject({ comparable: false });
    expect(timingOf([alone, alone], [1, 2])).toMatchObject({ comparable: false });
    expect(timingOf([alone, undefined], [2, 2]).note).toMatch(/not known/);
  });
});

describe("comparisonText", () => {
  it("fits 80 columns with long names, each of which is written out once", () => {
    const name = "mlp-64 optimizer=momentum activation=sigmoid";
    const text = comparisonText(
      compareModels("digits", classNames, [
        { ...good, model: name },
        poor,
        { ...fair, model: `${name} l2=1` },
      ]),
    );
    for (const line of text.split("\n")) expect(Array.from(line).length, line).toBeLessThanOrEqual(80);
    expect(text).toContain(` 1 ${name}\n`);
    expect(text).toContain(` 2 ${name} l2=1\n`);
  });

  it("tells ranking, winners and confusions", () => {
    const text = comparisonText(comparison);
    expect(text).toMatch(/ 1 good +0\.8333 0\.5000 +50,890 +3\.0 s +0\.50 good00\n/);
    expect(text).toMatch(/good +2 of 3 {2}cat~ {2}dog & <co>~\n/);
    expect(text).toMatch(/poor +0 of 3 {2}none\n/);
    expect(text).toMatch(/cat +taken for {2}dog & <co> +5 × {2}0 \+ 2 \+ 3/);
    expect(text).toContain("within the noise of this test set");
  });

  it("says what a clear lead is, and that equal models are equal", () => {
    const duel = { first: "a", second: "b", onlyFirst: 30, onlySecond: 1, p: 1e-8, clear: true };
    expect(verdictOf(duel)).toBe(
      "a is ahead of b: a alone is right on 30 examples, b alone on 1 example (McNemar's exact test: p < 0.001).",
    );
    expect(verdictOf({ ...duel, onlyFirst: 0, onlySecond: 0, p: 1 })).toBe(
      "a and b are right on the same examples.",
    );
  });

  it("folds at blanks", () => {
    expect(fold("aa bb cc", 5)).toEqual(["aa bb", "cc"]);
  });
});

describe("the page", () => {
  const timing = timingOf([undefined], [1]);
  const figures = comparisonFigures(comparison, { prefix: "digits", timing, look: () => 0 });
  const picture = { pixels: Uint8Array.from([0, 255, 99, 7]), width: 2, height: 2, channels: 1 as const };
  const gallery = (name: string): Gallery => ({
    name,
    title: `Pictures of <${name}>`,
    images: comparison.hardest.map((verdict) => ({ verdict, picture })),
  });
  const none = { hardest: gallery("a"), confusions: [], alone: [] };
  const html = comparisonPage({
    sets: [
      classSection({
        comparison,
        timing,
        figures,
        galleries: { hardest: gallery("a"), confusions: [gallery("b")], alone: [gallery("c")] },
        data: "12 examples",
      }),
    ],
    failed: [{ model: "broken", dataset: "digits", reason: "<memory>" }],
    command: "anygrad compare a b",
    version: "1.2.3",
    machine: "a machine",
  });

  it("is well-formed, asks for nothing and runs nothing", () => {
    const voids = /<(meta|link|img)((?:"[^"]*"|[^">])*)>/g;
    const xml = html.replace("<!doctype html>", "").replace(voids, "<$1$2/>");
    const errors: string[] = [];
    new DOMParser({ onError: (_, message) => errors.push(message) }).parseFromString(xml, "text/xml");
    expect(errors).toEqual([]);
    expect(html).not.toMatch(/<script|\bon\w+="|@import/);
    for (const [, target] of html.matchAll(/(?:src|href)="([^"]*)"/g)) expect(target).toMatch(/^(data:|#)/);
  });

  it("has a place for every link, one element for every id, a text for every picture and chart", () => {
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of html.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
    for (const [image] of html.matchAll(/<img[^>]*>/g)) expect(image).toMatch(/alt="[^"]+"/);
    for (const [chart] of html.matchAll(/<svg[^>]*>/g))
      expect(chart).toMatch(/role="img" aria-label="[^"]+"/);
    expect(html.match(/<details>/g)).toHaveLength(listed(figures).length);
  });

  it("holds the numbers of the comparison, its failures and its commands, escaped", () => {
    for (const text of [
      "0.8333",
      "★ 0.8333",
      "broken",
      "&lt;memory&gt;",
      "fair &lt;b&gt;",
      "dog &amp; &lt;co&gt;",
    ])
      expect(html).toContain(text);
    expect(html).toContain("anygrad compare a b");
    expect(html).toContain("anygrad train good --dataset 'a &amp; b'");
    expect(html).not.toContain("fair <b>");
  });

  it("marks no time as the best where times do not compare", () => {
    const starred = (comparable: boolean): number => {
      const rest = { ...timing, comparable };
      const page = comparisonPage({
        sets: [classSection({ comparison, timing: rest, figures, galleries: none, data: "" })],
        failed: [],
        command: "anygrad compare a b --out /home/me/x",
        version: "1",
        machine: "m",
      });
      expect(page).not.toContain("/home");
      const [, table] = /<caption>Ranking(.*?)<\/table>/s.exec(page)!;
      return table!.match(/★/g)!.length;
    };
    expect(starred(true) - starred(false)).toBeGreaterThanOrEqual(2);
  });

  it("folds its long parts, which its side navigation names", () => {
    const parts = [...html.matchAll(/<details class="part"( open="")?><summary><h3>([^<]+)/g)];
    expect(parts.map(([, open, title]) => `${open ? "open" : "shut"}: ${title}`)).toEqual([
      "open: Learning curves",
      "open: Who wins where",
      "shut: Precision, recall and F1",
      "shut: Confusion matrices",
      "shut: Most common confusions",
      "shut: Examples that most models get wrong",
      "shut: Examples that one model alone gets right",
    ]);
    const [navigation] = /<nav.*?<\/nav>/s.exec(html)!;
    for (const [, , title] of parts) expect(navigation).toContain(`>${title}</a>`);
  });

  it("has figures of different names, and galleries that are SVG", () => {
    const names = listed(figures).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain("digits-val-accuracy");
    const svg = gallerySvg(gallery("x"), classNames);
    const root = new DOMParser({
      onError: (_, message) => {
        throw new Error(message);
      },
    }).parseFromString(svg, "image/svg+xml").documentElement!;
    expect(root.getElementsByTagName("image")).toHaveLength(comparison.hardest.length);
  });
});

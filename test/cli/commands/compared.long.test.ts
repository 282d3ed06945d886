/** `anygrad compare`: in parallel, from folders; and every wrong usage. */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { commandWithoutFolders } from "../../../report/text/paths.ts";
import { anygrad, temporaryFolder } from "../anygrad.ts";
import { type Comparison, candidates, common, compared, key } from "../comparison.ts";
import { served } from "../served.ts";

const folder = temporaryFolder();
const out = join(folder, "first");
const textOf = (...path: string[]): string => readFileSync(join(...path), "utf8");
const runOf = (path: string) => JSON.parse(textOf(path, "run.json"));

let first: Comparison;
beforeAll(async () => {
  first = await compared([...candidates, ...common, "--jobs", "3", "--out", out]);
}, 180_000);

describe("compare --out", () => {
  it("tells of each run what its run.json says, the most accurate first", () => {
    const [set] = first.datasets;
    expect(set).toMatchObject({ name: "digits", testExamples: 300 });
    expect(set!.models.map(({ model }) => model).sort()).toEqual([
      "mlp-64",
      "mlp-64 optimizer=momentum learning-rate=0.05",
      "softmax",
    ]);
    for (const model of set!.models) {
      const run = runOf(model.folder!);
      expect(model).toMatchObject({
        accuracy: run.test.accuracy,
        loss: run.test.loss,
        parameters: run.params.total,
        seconds: run.seconds,
        digest: run.digest,
      });
      expect(model.confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(300);
      const right = model.confusion.reduce((sum, counts, label) => sum + counts[label]!, 0);
      expect(right / 300).toBe(model.accuracy);
    }
    const accuracies = set!.models.map(({ accuracy }) => accuracy);
    expect(accuracies).toEqual(accuracies.toSorted((a, b) => b - a));
    const { duel, models } = set!;
    expect([duel.first, duel.second]).toEqual([models[0]!.model, models[1]!.model]);
    expect(duel.onlyFirst - duel.onlySecond).toBe(Math.round(300 * (accuracies[0]! - accuracies[1]!)));
    set!.classWinners.forEach(({ f1 }, classId) => {
      expect(f1).toBe(Math.max(...models.map((model) => model.perClass[classId]!.f1)));
    });
  });

  it("passes options on: those of all runs, and a model's own", () => {
    const momentum = runOf(join(out, "runs", "mlp-64_optimizer=momentum_learning-rate=0.05-digits"));
    expect(momentum.recipe).toMatchObject({ optimizer: "momentum", learningRate: 0.05, epochs: 2 });
    const plain = runOf(join(out, "runs", "mlp-64-digits"));
    expect(plain.recipe).toMatchObject({ optimizer: "sgd", epochs: 2 });
    for (const run of [momentum, plain]) expect(run).toMatchObject({ seed: 4, dataset: { limit: 300 } });
    expect(existsSync(join(out, "runs", "mlp-64-digits", "report.html"))).toBe(false);
  });

  it("says that times of parallel runs do not compare", () => {
    expect(first.datasets[0]!.timing).toMatchObject({ comparable: false });
    expect(first.datasets[0]!.timing.note).toMatch(/^Up to 3 runs went at a time/);
  });

  it("writes the report, the same record, and each figure as SVG and PNG", () => {
    expect(readdirSync(out).sort()).toEqual(["compare.json", "figures", "report.html", "runs"]);
    expect(JSON.parse(textOf(out, "compare.json"))).toEqual(first);
    const figures = readdirSync(join(out, "figures"));
    const names = (ending: string) =>
      figures.filter((name) => name.endsWith(ending)).map((name) => name.slice(0, -4));
    expect(names(".svg")).toEqual(names(".png"));
    for (const name of [
      "parameters",
      "seconds",
      "val-accuracy",
      "val-loss",
      "classes",
      "hardest",
      "confused-1",
    ])
      expect(names(".svg")).toContain(`digits-${name}`);
    expect(names(".svg").filter((name) => name.includes("confusion"))).toHaveLength(3);
    const html = textOf(out, "report.html");
    for (const { accuracy, digest } of first.datasets[0]!.models) {
      expect(html).toContain(accuracy.toFixed(4));
      expect(html).toContain(digest);
    }
    expect(html).toContain(commandWithoutFolders(first.command));
    expect(html).not.toContain(dirname(out));
    expect(html.match(/<img src="data:image\/png;base64,/g)!.length).toBeGreaterThan(20);
    expect(html).not.toMatch(/(src|href)="(?!data:|#)/);
  });

  it("finds the same figures with --runs, from the folders alone", async () => {
    const paths = ["softmax-digits", "mlp-64-digits"].map((name) => join(out, "runs", name));
    const record = await compared(["--runs", ...paths]);
    const both = key(first).filter(({ model }) => model === "softmax" || model === "mlp-64");
    expect(key(record)).toEqual(both);
    expect(record.out).toBeNull();
  });
});

describe("compare --no-report", () => {
  it("leaves no report, nor that of before, and the same command makes it without it", async () => {
    const copy = join(folder, "again", "first");
    cpSync(out, copy, { recursive: true });
    writeFileSync(join(copy, "figures", "mine.svg"), "<svg/>");
    const args = [...candidates, ...common, "--jobs", "3", "--out", copy];
    const ended = await anygrad(["compare", ...args, "--no-report"]);
    expect(ended).toMatchObject({ code: 0, stdout: "" });
    expect(ended.stderr).toMatch(
      /\nwritten: compare.json, runs in .*\nno report; the same command without --no-report writes it\n$/,
    );
    expect(readdirSync(copy).sort()).toEqual(["compare.json", "figures", "runs"]);
    expect(readdirSync(join(copy, "figures"))).toEqual(["mine.svg"]);
    expect(textOf(copy, "compare.json")).toBe(textOf(out, "compare.json").replaceAll(out, copy));

    await compared(args);
    expect(textOf(copy, "report.html")).toBe(textOf(out, "report.html"));
    const figures = readdirSync(join(out, "figures"));
    expect(readdirSync(join(copy, "figures")).sort()).toEqual([...figures, "mine.svg"].sort());
    for (const name of figures)
      expect(readFileSync(join(copy, "figures", name)).equals(readFileSync(join(out, "figures", name)))).toBe(
        true,
      );
  }, 120_000);
});

describe("compare --fair", () => {
  it("takes no run that was trained beside others", async () => {
    const { code, stderr } = await served(["compare", ...candidates, ...common, "--fair", "--out", out]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/holds a run that was not trained with --fair.*leave --fair out\n$/);
  });
});

describe("wrong usage ends in one line and exit code 2", () => {
  const runs = (...names: string[]): string[] => names.map((name) => join(out, "runs", name));
  const both = () => runs("softmax-digits", "mlp-64-digits");
  const damaged = (name: string, change: (path: string) => void): string => {
    const path = join(folder, name);
    cpSync(runs("softmax-digits")[0]!, path, { recursive: true });
    change(path);
    return path;
  };
  const cases: readonly [string, () => readonly string[], RegExp][] = [
    ["no model", () => [], /^compare: no models; name at least two/],
    ["one model", () => ["softmax"], /^compare: one model alone; name at least two/],
    ["an unknown preset", () => ["softmax", "mlp-46"], /^preset "mlp-46" is unknown; did you mean mlp-64\?/],
    [
      "a model twice",
      () => ["softmax", "softmax"],
      /^compare: softmax is named twice with the same settings/,
    ],
    [
      "a model twice in other words",
      () => ["softmax:seed=2", "softmax", "--seed", "2"],
      /^compare: softmax is named twice with the same settings/,
    ],
    [
      "an unknown option of a model",
      () => ["softmax", "mlp-64:optimiser=sgd"],
      /^mlp-64:optimiser=sgd: option "optimiser" is unknown; did you mean optimizer\? known are /,
    ],
    [
      "a wrong value",
      () => ["softmax", "mlp-64:optimizer=adm"],
      /^mlp-64:optimizer=adm: optimizer "adm" is unknown; did you mean adam\?/,
    ],
    [
      "no value",
      () => ["softmax", "mlp-64:dropout"],
      /^mlp-64:dropout: dropout has no value; write dropout=VALUE$/,
    ],
    ["an option twice", () => ["softmax", "mlp-64:l1=0,l1=1"], /^mlp-64:l1=0,l1=1: l1 is given twice/],
    ["an open quotation mark", () => ["softmax", 'mlp-64:init="he'], /a quotation mark is not closed/],
    [
      "an option that is for all",
      () => ["softmax", "mlp-64:limit=9"],
      /^mlp-64:limit=9: limit is not a model's own; .*--limit for all runs$/,
    ],
    [
      "an option without meaning",
      () => ["mlp-64", "softmax:dropout=0.5"],
      /^softmax: it has no hidden layer/,
    ],
    [
      "an unknown data set",
      () => ["softmax", "mlp-64", "--dataset", "digits,mnits"],
      /^--dataset "mnits" is unknown/,
    ],
    ["a data set twice", () => ["softmax", "mlp-64", "--dataset", "digits,digits"], /name digits once$/],
    ["an empty data set", () => ["softmax", "mlp-64", "--dataset", "digits,"], /put one name between commas/],
    [
      "no data",
      () => ["softmax", "mlp-64", "--dataset", "mnist", "--data", join(folder, "gone")],
      /^--data: .*gone is no folder/,
    ],
    [
      "--fair and --jobs",
      () => ["softmax", "mlp-64", "--fair", "--jobs", "4"],
      /^compare: --fair trains one run at a time, --jobs 4/,
    ],
    ["jobs 0", () => ["softmax", "mlp-64", "--jobs", "0"], /^--jobs is "0"/],
    [
      "no place to write",
      () => ["softmax", "mlp-64", "--out", "/proc/x"],
      /^--out: \/proc\/x: cannot be written/,
    ],
    [
      "other settings in the folder",
      () => ["softmax", "mlp-64", ...common, "--epochs", "3", "--out", out],
      /^compare: .*softmax-digits holds a run of "softmax --dataset digits --limit 300 --epochs 2 --seed 4"/,
    ],
    [
      "models and --runs",
      () => ["softmax", "--runs", ...both()],
      /--runs trains nothing, but softmax is a model/,
    ],
    ["options and --runs", () => ["--runs", ...both(), "--epochs", "3"], /--epochs has no meaning/],
    ["one folder", () => ["--runs", both()[0]!], /alone; name at least two folders$/],
    ["a folder twice", () => ["--runs", both()[0]!, `${both()[0]}/.`], /is named twice/],
    ["no folder", () => ["--runs", both()[0]!, join(folder, "gone")], /gone: no folder there/],
    ["a folder without a run", () => ["--runs", both()[0]!, folder], /no run\.json there/],
    [
      "a run of an earlier version",
      () => ["--runs", both()[0]!, damaged("old", (path) => rmSync(join(path, "predictions.csv")))],
      /old: no predictions\.csv there/,
    ],
    [
      "a damaged run.json",
      () => ["--runs", both()[0]!, damaged("json", (path) => writeFileSync(join(path, "run.json"), "{"))],
      /run\.json: damaged, no JSON \(.*\); bring the file back/,
    ],
    [
      "predictions of another run",
      () => [
        "--runs",
        both()[1]!,
        damaged("mixed", (path) =>
          cpSync(join(both()[1]!, "predictions.csv"), join(path, "predictions.csv")),
        ),
      ],
      /predictions\.csv: \d+ of 300 are right, but run\.json says 0\.\d+/,
    ],
    [
      "runs of different data",
      () => [
        "--runs",
        both()[1]!,
        damaged("other", (path) => {
          const run = runOf(path);
          const dataset = { ...run.dataset, name: "mnist" };
          writeFileSync(join(path, "run.json"), JSON.stringify({ ...run, dataset }));
        }),
        "--data",
        folder,
      ],
      /is the only run on .*, the others are on other data; compare at least two runs of a data set$/,
    ],
  ];
  it.each(cases)("%s", async (_, args, wanted) => {
    const ended = await served(["compare", ...args(), "--quiet"]);
    expect(ended).toMatchObject({ code: 2, stdout: "" });
    const lines = ended.stderr.trimEnd().split("\n");
    expect(lines, ended.stderr).toHaveLength(1);
    expect(lines[0]!.replace(/^anygrad: /, "")).toMatch(wanted);
  });
});

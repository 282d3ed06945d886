/** From what the user chose to a training set and a test set, and what is told of them. */
import {
  AnygradError,
  type Dataset,
  dataset,
  datasets,
  idxDataset,
  normalize,
  readIdx,
  readTable,
  split,
  type TrainTest,
  take,
} from "anygrad";
import { classesOf, planePointsOf } from "../data/toy.ts";
import { presetsFor } from "../network/presets.ts";
import type { DataChoice } from "../recipe/experiment.ts";
import type { ColumnFacts, DataSummary, OwnData, Pictures, PlanePoints } from "../training/messages.ts";

export interface Loaded {
  readonly train: Dataset;
  readonly test: Dataset;
  readonly summary: DataSummary;
}

/** Share of the user's own examples that is held out. */
const testShare = 0.2;

/** @throws AnygradError for what is no data set */
export async function loadData(choice: DataChoice, own: OwnData = {}): Promise<Loaded> {
  switch (choice.kind) {
    case "digits":
      return loaded(await datasets.digits({ train: choice.train, test: choice.test }));
    case "toy": {
      const { shape, count, noise } = choice;
      const parts = ([0, 1] as const).map((part) => planePointsOf(shape, count, noise, part));
      const [train, test] = parts.map((points) => planeSet(points, classesOf(shape)));
      return loaded({ train: train!, test: test! }, { toy: parts[0] });
    }
    case "idx":
      return loaded(await idxParts(own.files ?? [], choice.limit));
    case "table": {
      const table = await readTable(given(own.text), {
        name: choice.name,
        ...(choice.label !== undefined && { label: choice.label }),
      });
      const columns = table.columns.map(
        (column): ColumnFacts =>
          column.kind === "category"
            ? { name: column.name, kind: "category", categories: column.categories }
            : { name: column.name, kind: "number", mean: column.mean },
      );
      const { notes, label, target } = table;
      return loaded(table, { columns, notes, label, unit: target?.unit, task: table.task });
    }
    case "pictures": {
      const { x, y, classNames } = given(own.examples);
      const channels = choice.color === "rgb" ? 3 : 1;
      const shape = [y.length, choice.size, choice.size, channels];
      const normalization = { scale: 1 / 255, shift: 0 };
      const all = dataset({ x, shape, y, classNames: [...classNames], name: choice.name, normalization });
      return loaded(split(all, testShare, { seed: 1 }));
    }
  }
}

function given<Value>(value: Value | undefined): Value {
  if (value === undefined)
    throw new AnygradError("DATA_MISSING", "These data were in another page; choose the files again.");
  return value;
}

function planeSet({ x, y, label }: PlanePoints, classes: number): Dataset {
  const rows = new Float32Array(2 * x.length);
  for (let i = 0; i < x.length; i++) rows.set([x[i]!, y[i]!], 2 * i);
  const classNames = Array.from({ length: classes }, (_, i) => String.fromCharCode(65 + i));
  return dataset({ x: rows, shape: [x.length, 2], y: label, classNames, name: "points" });
}

/** Pictures and labels by the kinds of the files, the larger pair to train on; of one pair a part is held out. */
async function idxParts(files: readonly File[], limit: number): Promise<TrainTest> {
  const read = await Promise.all(
    files.map(async (file) => ({ name: file.name, ...(await readIdx(file, file.name)) })),
  );
  const sets = read
    .filter(({ shape }) => shape.length >= 3)
    .sort((a, b) => b.shape[0]! - a.shape[0]!)
    .map((images) => {
      const labels = read.find(({ shape }) => shape.length < 3 && shape[0] === images.shape[0]);
      if (labels) return idxDataset(images, labels, { name: images.name });
      throw new AnygradError(
        "DATA_MISSING",
        `${images.name} holds ${images.shape[0]} pictures, and no file beside it as many labels; drop both, such as train-images-idx3-ubyte and train-labels-idx1-ubyte`,
      );
    });
  const [train, test] = sets;
  if (!train)
    throw new AnygradError(
      "DATA_MISSING",
      "among these files are no pictures in the IDX format; MNIST's are called train-images-idx3-ubyte.gz",
    );
  const parts = test
    ? { train, test: take(test, Math.ceil(limit / 5)) }
    : split(take(train, limit), testShare, { seed: 1 });
  return normalize({ train: take(parts.train, limit), test: parts.test }, "simple");
}

function loaded(
  { train, test }: { readonly train: Dataset; readonly test: Dataset },
  facts: Partial<DataSummary> = {},
): Loaded {
  const inputShape = train.shape.slice(1);
  const task = facts.task ?? "classification";
  const most = task === "classification" ? Math.max(...Array.from(train.y), ...Array.from(test.y)) + 1 : 1;
  const classes = task === "classification" ? (train.classNames?.length ?? most) : 1;
  const classNames = train.classNames ?? Array.from({ length: classes }, (_, i) => String(i));
  const counts = new Array<number>(classes).fill(0);
  if (task === "classification") for (const label of train.y) counts[label]!++;
  const found = {
    inputShape,
    task,
    classes,
    classNames,
    counts,
    train: train.shape[0]!,
    test: test.shape[0]!,
    notes: [],
    ...(inputShape.length === 3 && { pictures: picturesOf(train, range(Math.min(30, train.shape[0]!))) }),
    ...facts,
  };
  return { train, test, summary: { ...found, presets: presetsFor(found) } };
}

/** Some of a set's pictures. */
export function picturesOf(
  { x, y, shape, classNames }: Dataset,
  places: readonly number[],
  captionOf: (place: number) => string = (place) => classNames?.[y[place]!] ?? String(y[place]),
): Pictures {
  const size = shape.slice(1).reduce((product, n) => product * n, 1);
  const data =
    x instanceof Uint8Array ? new Uint8Array(places.length * size) : new Float32Array(places.length * size);
  places.forEach((place, i) => {
    data.set(x.subarray(place * size, (place + 1) * size), i * size);
  });
  return { data, shape: [places.length, ...shape.slice(1)], captions: places.map(captionOf) };
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

/**
 * CIFAR: 60,000 colour photographs, 32 × 32 (Krizhevsky 2009, "Learning multiple layers of features from tiny images"), in the
 * binary version. A file is records of one label (of CIFAR-100 two, a coarse and a fine one) and 3072 bytes: all reds, all
 * greens, all blues.
 */
import { AnygradError } from "../../errors.ts";
import type { Dataset, TrainTest } from "../dataset.ts";
import { checkLabels } from "../given/labels.ts";
import type { FoundFile, NamedSet, SetFiles } from "./namedSet.ts";

const PIXELS = 32 * 32;

/** Ten classes. Size and hash: TensorFlow Datasets, url_checksums/cifar10.txt. */
export const cifar10: NamedSet = {
  name: "cifar-10",
  url: "https://www.cs.toronto.edu/~kriz",
  archive: {
    name: "cifar-10-binary.tar.gz",
    format: "tar.gz",
    folder: "cifar-10-batches-bin",
    bytes: 170052171,
    sha256: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
  },
  files: {
    train1: { name: "data_batch_1.bin" },
    train2: { name: "data_batch_2.bin" },
    train3: { name: "data_batch_3.bin" },
    train4: { name: "data_batch_4.bin" },
    train5: { name: "data_batch_5.bin" },
    test: { name: "test_batch.bin" },
  },
  classNames: ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"],
  read: (files, set) => readRecords(files, set.name, set.classNames!, 1),
};

/** A hundred classes, the fine labels. Size and hash: TensorFlow Datasets, url_checksums/cifar100.txt. */
export const cifar100: NamedSet = {
  name: "cifar-100",
  url: "https://www.cs.toronto.edu/~kriz",
  archive: {
    name: "cifar-100-binary.tar.gz",
    format: "tar.gz",
    folder: "cifar-100-binary",
    bytes: 168513733,
    sha256: "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec",
  },
  files: {
    train: { name: "train.bin" },
    test: { name: "test.bin" },
    names: { name: "fine_label_names.txt" },
  },
  read: ({ names, ...files }, set) => {
    const classNames = new TextDecoder().decode(names!.bytes).split(/\r?\n/).filter(Boolean);
    return readRecords(files, set.name, classNames, 2);
  },
};

function readRecords(
  { test, ...train }: SetFiles,
  name: string,
  classNames: readonly string[],
  labelBytes: number,
): TrainTest {
  const read = (files: readonly FoundFile[]): Dataset => {
    const set = records(files, labelBytes);
    checkLabels(set.y, classNames.length, name);
    return { ...set, classNames, name };
  };
  return { train: read(Object.values(train)), test: read([test!]) };
}

/** @throws AnygradError DATA_FORMAT for files that do not end with a record */
function records(files: readonly FoundFile[], labelBytes: number): Dataset {
  const size = labelBytes + 3 * PIXELS;
  for (const { path, bytes } of files)
    if (bytes.length === 0 || bytes.length % size !== 0)
      throw new AnygradError(
        "DATA_FORMAT",
        `${path}: ${bytes.length} bytes are not whole records of ${size}; it is cut off or another file: fetch it again`,
      );
  const n = files.reduce((sum, { bytes }) => sum + bytes.length / size, 0);
  const [x, y] = [new Uint8Array(n * 3 * PIXELS), new Uint8Array(n)];
  let example = 0;
  for (const { bytes } of files)
    for (let at = 0; at < bytes.length; at += size, example++) {
      y[example] = bytes[at + labelBytes - 1]!;
      for (let c = 0; c < 3; c++)
        for (let pixel = 0; pixel < PIXELS; pixel++)
          x[(example * PIXELS + pixel) * 3 + c] = bytes[at + labelBytes + c * PIXELS + pixel]!;
    }
  return { x, y, shape: [n, 32, 32, 3] };
}

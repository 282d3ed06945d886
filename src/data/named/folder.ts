/**
 * A user's own set: a folder with four IDX files, whatever they are called. Names tell training from test and images from labels:
 * `train-images-idx3-ubyte.gz`, `usps-test-labels.idx` and so on.
 */
import { AnygradError } from "../../errors.ts";
import type { TrainTest } from "../dataset.ts";
import { readIdxFiles } from "./idxSets.ts";
import type { DataHost, FoundFile, SetFiles } from "./namedSet.ts";

const idxName = /[.-]idx|[-.](?:ubyte|ubyte[.]gz)$/i;

/** @throws AnygradError DATA_MISSING where the folder does not hold one file for each of the four */
export async function readIdxFolder(host: DataHost, folder: string): Promise<TrainTest | undefined> {
  const names = ((await host.listFolder(folder)) ?? []).filter((name) => idxName.test(name));
  if (names.length === 0) return undefined;
  const isLabels = (name: string): boolean => /label|target|class/i.test(name);
  const isTest = (name: string): boolean => /test|t10k|valid|(?:^|[^a-z])val(?:[^a-z]|$)/i.test(name);
  const wanted = [
    ["trainImages", "images to train", false, false],
    ["trainLabels", "labels to train", false, true],
    ["testImages", "images to test", true, false],
    ["testLabels", "labels to test", true, true],
  ] as const;
  const files: Record<string, FoundFile> = {};
  for (const [part, what, test, labels] of wanted) {
    const fitting = names.filter((name) => isTest(name) === test && isLabels(name) === labels);
    // the same file, packed and unpacked
    const [name, other] = [...new Set(fitting.map((each) => each.replace(/[.]gz$/i, "")))];
    if (name === undefined || other !== undefined) throw unclear(folder, what, name, other, names);
    const path = `${folder}/${fitting[0]}`;
    files[part] = { path, bytes: (await host.readFile(path))! };
  }
  return readIdxFiles(files as SetFiles, { name: folder });
}

function unclear(
  folder: string,
  what: string,
  name: string | undefined,
  other: string | undefined,
  names: readonly string[],
): AnygradError {
  const got =
    name === undefined
      ? `none of its IDX files (${names.slice(0, 4).join(", ").slice(0, 160)}) has the ${what}`
      : `both ${name} and ${other} could be the ${what}`;
  return new AnygradError(
    "DATA_MISSING",
    `${folder}: ${got}; put four files there, with train or test and images or labels in their names`.slice(
      0,
      500,
    ),
  );
}

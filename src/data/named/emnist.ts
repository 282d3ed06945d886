/**
 * EMNIST: 814,255 handwritten letters and digits of NIST's forms, 28 × 28, in six selections (Cohen, Afshar, Tapson, van Schaik
 * 2017, arXiv:1702.05373). All are published in one zip. Its images have rows and columns exchanged; they are turned upright.
 */
import { sizeOf } from "../../math/shape.ts";
import type { Dataset } from "../dataset.ts";
import { readIdxFiles } from "./idxSets.ts";
import type { NamedSet } from "./namedSet.ts";

/** The selections of EMNIST. */
export type EmnistSplit = "balanced" | "byclass" | "bymerge" | "digits" | "letters" | "mnist";

const digits = "0123456789";
const capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/** Letters whose small and capital forms differ; the others are one class. */
const merged = `${digits}${capitals}abdefghnqrt`;

/** Classes by the mapping files in the archive; of "letters" each has the small form, too. */
const classes: Readonly<Record<EmnistSplit, string>> = {
  balanced: merged,
  byclass: `${digits}${capitals}${capitals.toLowerCase()}`,
  bymerge: merged,
  digits,
  letters: capitals,
  mnist: digits,
};

/** One set for each selection. Size and hash: TensorFlow Datasets, url_checksums/emnist.txt, the file that NIST has moved since. */
export const emnistSets: readonly NamedSet[] = /* @__PURE__ */ Object.entries(classes).map(
  ([split, names]) => ({
    name: `emnist-${split}`,
    folder: "emnist",
    url: "https://biometrics.nist.gov/cs_links/EMNIST",
    archive: {
      name: "gzip.zip",
      format: "zip",
      folder: "gzip",
      bytes: 561753746,
      sha256: "fb9bb67e33772a9cc0b895e4ecf36d2cf35be8b709693c3564cea2a019fcda8e",
      keeps: /^emnist-.*-ubyte[.]gz$/,
    },
    files: {
      trainImages: { name: `emnist-${split}-train-images-idx3-ubyte.gz` },
      trainLabels: { name: `emnist-${split}-train-labels-idx1-ubyte.gz` },
      testImages: { name: `emnist-${split}-test-images-idx3-ubyte.gz` },
      testLabels: { name: `emnist-${split}-test-labels-idx1-ubyte.gz` },
    },
    classNames: [...names],
    // the labels of "letters" begin with 1
    read: (files, set) => readIdxFiles(files, set, (part) => upright(part, split === "letters" ? 1 : 0)),
  }),
);

/** With rows and columns exchanged, and labels from 0. */
function upright(set: Dataset, firstLabel: number): Dataset {
  const [n = 0, height = 0, width = 0, channels = 1] = set.shape;
  const size = sizeOf(set.shape.slice(1));
  const x = new Uint8Array(set.x.length);
  for (let image = 0; image < n; image++)
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++)
        for (let c = 0; c < channels; c++)
          x[image * size + (column * height + row) * channels + c] =
            set.x[image * size + (row * width + column) * channels + c]!;
  // a label below the first is left below 0, to be refused
  const y = firstLabel === 0 ? set.y : Int32Array.from(set.y, (label) => label - firstLabel);
  return { ...set, x, y, shape: [n, width, height, channels] };
}

/** Sets in IDX files: MNIST and those that take its place. */
import { AnygradError } from "../../errors.ts";
import type { Dataset, TrainTest } from "../dataset.ts";
import { checkLabels } from "../given/labels.ts";
import { idxDataset, readIdx } from "../idx.ts";
import type { FoundFile, NamedSet, PublishedFile, SetFiles } from "./namedSet.ts";

const digits = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** 70,000 handwritten digits, 28 × 28 (LeCun, Cortes, Burges 1998). Licence: CC BY-SA 3.0. */
export const mnist: NamedSet = {
  name: "mnist",
  url: "https://storage.googleapis.com/cvdf-datasets/mnist",
  files: publishedFiles([
    [9912422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"],
    [28881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"],
    [1648877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"],
    [4542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"],
  ]),
  classNames: digits,
};

/**
 * 70,000 pictures of clothing, 28 × 28 (Xiao, Rasul, Vollgraf 2017, arXiv:1708.07747). Licence: MIT. Its authors' repository
 * has the files whose hashes these are, and unlike the bucket that they name has them over https.
 */
export const fashionMnist: NamedSet = {
  name: "fashion-mnist",
  url: "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion",
  files: publishedFiles([
    [26421880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"],
    [29515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"],
    [4422102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"],
    [5148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"],
  ]),
  classNames: [
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
  ],
};

/**
 * Kuzushiji-MNIST: 70,000 cursive Japanese characters, 28 × 28 (Clanuwat et al. 2018, arXiv:1812.01718). Licence: CC BY-SA 4.0.
 * Sizes and hashes: TensorFlow Datasets, url_checksums/kmnist.txt.
 */
export const kmnist: NamedSet = {
  name: "kmnist",
  url: "https://codh.rois.ac.jp/kmnist/dataset/kmnist",
  files: publishedFiles([
    [18165135, "51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4"],
    [29497, "e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17"],
    [3041136, "edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5"],
    [5120, "20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c"],
  ]),
  classNames: ["o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"],
};

/**
 * QMNIST: MNIST's digits drawn anew from NIST's forms, 60,000 + 60,000, 28 × 28 (Yadav, Bottou 2019, arXiv:1905.10498).
 * Licence: BSD 3-Clause. Its labels are eight numbers each, of which the first is the class. Hashes: torchvision,
 * prototype/datasets/_builtin/mnist.py; those of the labels, and their sizes, are checked against the repository.
 */
export const qmnist: NamedSet = {
  name: "qmnist",
  url: "https://raw.githubusercontent.com/facebookresearch/qmnist/master",
  files: {
    trainImages: {
      name: "qmnist-train-images-idx3-ubyte.gz",
      sha256: "9e26a7bf1683614e065d7b76460ccd52807165b3f22561fb782bd9f38c52b51d",
    },
    trainLabels: {
      name: "qmnist-train-labels-idx2-int.gz",
      bytes: 463024,
      sha256: "2c05dc77f6b916b38e455e97ab129a42a444f3dbef09b278a366f82904e0dd9f",
    },
    testImages: {
      name: "qmnist-test-images-idx3-ubyte.gz",
      sha256: "43fc22bf7498b8fc98de98369d72f752d0deabc280a43a7bcc364ab19e57b375",
    },
    testLabels: {
      name: "qmnist-test-labels-idx2-int.gz",
      bytes: 526800,
      sha256: "9fbcbe594c3766fdf4f0b15c5165dc0d1e57ac604e01422608bb72c906030d06",
    },
  },
  classNames: digits,
};

/** The sets that four IDX files hold. @throws AnygradError DATA_FORMAT, SHAPE_MISMATCH */
export async function readIdxFiles(
  files: SetFiles,
  set: Pick<NamedSet, "name" | "classNames">,
  change: (set: Dataset) => Dataset = (set) => set,
): Promise<TrainTest> {
  const read = async (images: FoundFile, labels: FoundFile): Promise<TrainTest["train"]> => {
    const [pixels, classes] = [
      await readIdx(images.bytes, images.path),
      await readIdx(labels.bytes, labels.path),
    ];
    if (pixels.shape[0] === 0)
      throw new AnygradError(
        "DATA_FORMAT",
        `${images.path}: 0 images; a set needs at least one to train and one to test`,
      );
    return change(idxDataset(pixels, classes, { name: set.name }));
  };
  const { classNames } = set;
  const [train, test] = [
    await read(files.trainImages!, files.trainLabels!),
    await read(files.testImages!, files.testLabels!),
  ];
  if (String(train.shape.slice(1)) !== String(test.shape.slice(1)))
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${set.name}: training images are ${train.shape.slice(1).join(" × ")}, test images ` +
        `${test.shape.slice(1).join(" × ")}; use files of one set`,
    );
  if (!classNames) return { train, test };
  for (const { y } of [train, test]) checkLabels(y, classNames.length, set.name);
  return { train: { ...train, classNames }, test: { ...test, classNames } };
}

function publishedFiles(
  sizesAndHashes: readonly [[number, string], [number, string], [number, string], [number, string]],
): NamedSet["files"] {
  const [trainImages, trainLabels, testImages, testLabels] = sizesAndHashes;
  const file = (name: string, [bytes, sha256]: [number, string]): PublishedFile => ({ name, bytes, sha256 });
  return {
    trainImages: file("train-images-idx3-ubyte.gz", trainImages),
    trainLabels: file("train-labels-idx1-ubyte.gz", trainLabels),
    testImages: file("t10k-images-idx3-ubyte.gz", testImages),
    testLabels: file("t10k-labels-idx1-ubyte.gz", testLabels),
  };
}

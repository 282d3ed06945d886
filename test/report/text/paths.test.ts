import { expect, it } from "vitest";
import { commandLine } from "../../../cli/options/commandLine.ts";
import { commandWithoutFolders, withoutFolders } from "../../../report/text/paths.ts";

it.each([
  ["built in", "built in"],
  ["/work/shared/data/fashion-mnist", "fashion-mnist"],
  ["downloaded to /home/Anna Maria/.cache/anygrad/mnist", "downloaded to mnist"],
  ["/home/a b/iris.csv, a fifth of it for the test", "iris.csv, a fifth of it for the test"],
  ["/x/iris-train.csv and iris-test.csv", "iris-train.csv and iris-test.csv"],
  ["C:\\Users\\Me Two\\photos", "photos"],
  ["\\\\server\\share\\set", "set"],
  ["../x/y.csv", "y.csv"],
  ["~/x/y", "y"],
  ["/home/me/photos/", "photos"],
  ["photos/", "photos"],
  ["data/iris.csv", "data/iris.csv"],
  ["./data/iris.csv", "./data/iris.csv"],
  ["https://a.b/c/mnist.gz", "https://a.b/c/mnist.gz"],
  ["T-shirt/top and/or a & b", "T-shirt/top and/or a & b"],
])("%s is shown as %s", (text, shown) => {
  expect(withoutFolders(text)).toBe(shown);
});

it.each([
  [["train", "--dataset", "/home/me/my data/iris.csv", "--limit", "6"], "train --dataset iris.csv --limit 6"],
  [["train", "--dataset", "/home/me/my own data"], "train --dataset 'my own data'"],
  [["train", "--dataset", "/home/o'neil/x.csv", "--seed", "1"], "train --dataset x.csv --seed 1"],
  [["train", "--data", "/work/data", "--out", "../runs/x"], "train --data data --out x"],
  [["compare", "mlp-64:data=/a/b", "--out", "runs/x"], "compare mlp-64:data=b --out runs/x"],
  [["train", "--augment", "shift=2,flip"], "train --augment shift=2,flip"],
  [["train", "--dataset", "made <up>"], "train --dataset 'made <up>'"],
])("a command without folders: %j", (args, shown) => {
  expect(commandWithoutFolders(commandLine(args))).toBe(`anygrad ${shown}`);
});

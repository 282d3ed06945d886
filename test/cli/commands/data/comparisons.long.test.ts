/** Comparisons and sweeps over data of one's own, by the program that was built. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { catsAndDogs, write } from "../../../node/images/pictures.ts";
import { anygrad, temporaryFolder } from "../../anygrad.ts";
import { housesCsv, quick } from "../../ownData.ts";
import { served } from "../../served.ts";

const root = temporaryFolder();
const photos = write(join(root, "photos"), catsAndDogs(10));
const env = { XDG_CACHE_HOME: join(root, "cache") };
const csv = join(root, "houses.csv");
writeFileSync(csv, housesCsv);

it("of pictures prepare all runs alike", async () => {
  const common = ["--dataset", photos, "--image-size", "8", "--color", "gray", "--epochs", "1", "--json"];
  const compared = await anygrad(
    ["compare", "softmax", "mlp-64", ...common, "--out", join(root, "compared")],
    { env },
  );
  expect(compared.code, compared.stderr).toBe(0);
  const again = await anygrad(
    [
      "compare",
      "--runs",
      ...["softmax-photos", "mlp-64-photos"].map((name) => join(root, "compared/runs", name)),
      "--json",
    ],
    { env },
  );
  expect(again.code, again.stderr).toBe(0);
  const tuned = await anygrad(
    ["tune", "softmax", ...common, "--search", "learning-rate=0.1,0.2", "--method", "grid"],
    { env },
  );
  expect(tuned.code, tuned.stderr).toBe(0);
  const refused = await served(["tune", "softmax", "--dataset", photos, "--search", "image-size=8,16"]);
  expect(refused.stderr).toContain("image-size cannot be searched");
});

it("of a regression go by R² and by the loss", async () => {
  const compared = await anygrad([
    "compare",
    "mlp-64",
    "softmax",
    "--dataset",
    csv,
    "--epochs",
    "3",
    ...quick.slice(0, -2),
    "--json",
  ]);
  const [set] = JSON.parse(compared.stdout).datasets;
  expect(set.models.map(({ r2 }: { r2: number }) => r2)).toEqual(
    set.models.map(({ r2 }: { r2: number }) => r2).toSorted((a: number, b: number) => b - a),
  );
  expect(set.models[0].rmse).toBeGreaterThan(100);
  const tuned = await anygrad([
    "tune",
    "mlp-64",
    "--dataset",
    csv,
    "--epochs",
    "2",
    "--search",
    "learning-rate=0.01,0.0001",
    "--method",
    "grid",
    "--optimizer",
    "adam",
    "--json",
  ]);
  const { best, test, task, metric } = JSON.parse(tuned.stdout);
  expect([task, metric, best.options["learning-rate"]]).toEqual(["regression", "val_r2", 0.01]);
  for (const name of ["val_r2", "val_rmse", "val_mae", "val_loss"])
    expect(best[name]).toEqual(expect.any(Number));
  expect("val_accuracy" in best).toBe(false);
  expect(tuned.stderr).toMatch(/trial +val R² +val loss/);
  expect(tuned.stderr).not.toContain("not finite");
  const { stderr } = await served([
    "tune",
    "mlp-64",
    "--dataset",
    csv,
    "--search",
    "seed=1,2",
    "--metric",
    "val_accuracy",
  ]);
  expect(stderr).toContain("numbers of");
  expect(stderr).toContain("pass val_r2 or val_rmse or val_mae or val_loss");
  expect(test.r2).toBeLessThanOrEqual(1);
});

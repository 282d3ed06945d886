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
  const { best, test, metric } = JSON.parse(tuned.stdout);
  expect([metric, best.options["learning-rate"]]).toEqual(["val_loss", 0.01]);
  expect(test.r2).toBeLessThanOrEqual(1);
});

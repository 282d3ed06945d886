/** Small data sets of one's own. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeIdx } from "../data/write-idx.ts";

/** A folder of IDX files in `folder`, train and test alike. */
export function idxFolder(folder: string, name: string, shape: number[], labels: number[]): string {
  const path = join(folder, name);
  mkdirSync(path);
  const size = shape.reduce((product, length) => product * length, 1);
  const images = Uint8Array.from({ length: labels.length * size }, (_, i) => (i * 37) % 256);
  for (const set of ["train", "t10k"]) {
    writeFileSync(join(path, `${set}-images-idx3-ubyte`), writeIdx("u8", [labels.length, ...shape], images));
    writeFileSync(join(path, `${set}-labels-idx1-ubyte`), writeIdx("u8", [labels.length], labels));
  }
  return path;
}
/** A table of 20 rows, four features and three classes. */
export function flowers(folder: string): string {
  const path = join(folder, "flowers.csv");
  writeFileSync(
    path,
    `label,a,b,c,d\n${Array.from({ length: 20 }, (_, i) => `${i % 3},${i},2,3,4`).join("\n")}`,
  );
  return path;
}

/** A table of prices to predict: size and town decide. */
const towns = ["Rome", "Oslo", "Bern"];
export const houses = Array.from({ length: 150 }, (_, i) => {
  const [size, town] = [30 + ((i * 37) % 120), towns[i % 3]!];
  return { id: i + 1, size, town, price: 1000.5 * size + 50_000 * (i % 3) };
});
/** Its text: semicolons, commas in numbers, units in the names. */
export const housesCsv: string = `id;"size (m²)";town;price (€)\n${houses.map(({ id, size, town, price }) => `${id};${String(size + 0.5).replace(".", ",")};${town};${String(price).replace(".", ",")}`).join("\n")}\n`;
/** Learns quickly. */
export const quick = [
  "--optimizer",
  "adam",
  "--learning-rate",
  "0.01",
  "--batch-size",
  "16",
  "--threads",
  "1",
];

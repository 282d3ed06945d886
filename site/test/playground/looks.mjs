/**
 * Screenshots compared with those that were looked at before: shrunk to 48 columns of grey, where letters blur, and a panel that is missing, a
 * column that has slipped or colours of the wrong scheme change much. Pixels themselves are not compared: they differ from one version of
 * Chromium to the next.
 *
 * `node site/test/run.mjs looks --update` writes looks.json anew, once the pictures of --shots=DIR have been looked at.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { decode } from "fast-png";

const file = fileURLToPath(new URL("looks.json", import.meta.url));
const columns = 48;
/** Of 255: what a cell of the same look may change by. */
const tolerance = 8;
/** Share of cells that may change by more: the two rooms that are most alike, Compare and Benchmark, differ in 5.1 %. */
const mostChanged = 0.025;

export class Looks {
  #known = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  #seen = {};
  #largest = 0;

  /** @returns what is wrong with the look, in words; undefined where it is as before */
  async compare(page, name) {
    await page.evaluate(() => scrollTo(0, 0));
    const cells = cellsOf(decode(await page.screenshot()));
    this.#seen[name] = Buffer.from(cells).toString("base64");
    if (updates) return undefined;
    const before = Buffer.from(this.#known[name] ?? "", "base64");
    if (before.length !== cells.length) return `${name} is not in looks.json; look at it, then --update`;
    const changed = cells.filter((cell, i) => Math.abs(cell - before[i]) > tolerance).length / cells.length;
    this.#largest = Math.max(this.#largest, changed);
    if (changed <= mostChanged) return undefined;
    return `${name} looks otherwise: ${(100 * changed).toFixed(1)} % of it; look at it with --shots=DIR, and --update if it is meant so`;
  }

  /** @returns a line to print */
  end() {
    if (updates) writeFileSync(file, `${JSON.stringify(this.#seen, undefined, 2)}\n`);
    return updates ? "looks.json is written anew" : `at most ${(100 * this.#largest).toFixed(1)} % changed`;
  }
}

const updates = process.argv.includes("--update");

/** Means of squares of a picture, as grey. */
export function cellsOf({ width, height, data, channels }) {
  const side = width / columns;
  const rows = Math.floor(height / side);
  const sums = new Float64Array(columns * rows);
  const counts = new Float64Array(columns * rows);
  for (let y = 0; y < Math.floor(rows * side); y++)
    for (let x = 0; x < width; x++) {
      const cell = Math.floor(y / side) * columns + Math.floor(x / side);
      const at = channels * (y * width + x);
      sums[cell] += 0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2];
      counts[cell]++;
    }
  return Uint8Array.from(sums, (sum, i) => Math.round(sum / counts[i]));
}

/**
 * What each row gave, kept beside the runtimes for one packed tarball: a row can be run again by itself, and the table
 * still names them all. Another tarball starts anew.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cache } from "../install.mjs";

export function outcomesOf({ shasum }) {
  const file = join(cache, "outcomes.json");
  const read = () => {
    const kept = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
    return kept.shasum === shasum ? kept : { shasum, rows: {} };
  };
  const write = (change) => {
    mkdirSync(cache, { recursive: true });
    const kept = read();
    change(kept);
    writeFileSync(file, JSON.stringify(kept));
  };
  return {
    keep: (id, outcome) =>
      write((kept) => {
        kept.rows[id] = outcome;
      }),
    keepFirstStep: (lines) =>
      write((kept) => {
        kept.firstStep = lines;
      }),
    get firstStep() {
      return read().firstStep;
    },
    /** By row id. */
    get rows() {
      return read().rows;
    },
  };
}

// What training steps and inference took in each release: history.json, of which RESULTS.md shows a column a release.
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const file = new URL("history.json", import.meta.url);
const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));

/**
 * Puts a benchmark into the history, in the place of an earlier one of this version.
 * @param benchmark what `anygrad bench --json` prints
 * @returns the history as Markdown
 */
export function historyWith(benchmark) {
  const releases = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  releases[version] = columnOf(benchmark);
  writeFileSync(file, `${JSON.stringify(releases, null, 2)}\n`);
  return historyText(releases);
}

/** The figures of a benchmark by what they are of. */
export function columnOf({ date, machine, runtime, ceilings, rows }) {
  const build = ({ variant, threads }) => `${variant} ×${threads}`;
  const figures = rows
    .filter(({ section }) => section !== "kernels")
    .map((row) => [`${row.group}, ${row.name}, ${build(row)}, ms`, significant(row.median)]);
  return {
    date: date.slice(0, 10),
    machine: `${machine.cpu}, ${machine.cores} cores, ${runtime}`,
    figures: {
      ...Object.fromEntries(
        ceilings.map((row) => [
          `ceiling, ${build(row)}, GFLOP/s`,
          significant(Math.max(row.chains, row.tile)),
        ]),
      ),
      ...Object.fromEntries(figures),
    },
  };
}

/** @param releases columns by version, in the order of the releases */
export function historyText(releases) {
  const columns = Object.entries(releases);
  const names = [...new Set(columns.flatMap(([, { figures }]) => Object.keys(figures)))];
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const head = ["", ...columns.map(([version]) => version)];
  const facts = ["date", "machine"].map((fact) => [fact, ...columns.map(([, column]) => column[fact])]);
  const body = names.map((name) => [name, ...columns.map(([, { figures }]) => figures[name] ?? "–")]);
  return `
## Releases

Times of one release are comparable with those of another where the machine is the same one; else compare them with its ceiling.

${[line(head), line(head.map(() => "---")), ...[...facts, ...body].map(line)].join("\n")}
`;
}

const significant = (value) => Number(value.toPrecision(4));

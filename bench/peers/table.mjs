// The results as tables: a row for a peer and a thread count, a column for a network. Text for a terminal, Markdown for
// RESULTS.md. A cell is ms per step and, in brackets, how many times anygrad's time that is: strict / fast, same threads.

import { networkNamed } from "./batch.mjs";
import { ratio } from "./measure.mjs";
import { baseline, fastBaseline } from "./peers.mjs";

const titles = {
  train:
    "Training step, ms (× anygrad strict / × anygrad fast, same number of threads; above 1: slower than anygrad)",
  infer: "Inference of a batch, ms (the same ratios)",
};

export function asText({ networks, rows }) {
  return modesOf(rows)
    .map((mode) => {
      const shown = rowsOf(rows, mode);
      const table = [["", "threads", ...networks], ...shown.map((row) => cells(rows, row, networks, mode))];
      const widths = table[0].map((_, i) => Math.max(...table.map((line) => line[i].length)));
      const lines = table.map((line) =>
        line
          .map((cell, i) => cell.padEnd(widths[i]))
          .join("  ")
          .trimEnd(),
      );
      const body = lines
        .slice(1)
        .flatMap((line, i) => [line, ...remarks(shown[i], mode).map((r) => `    ${r}`)]);
      return [titles[mode], lines[0], ...body].join("\n");
    })
    .join("\n\n");
}

export function asMarkdown({ machine, date, command, networks, rows, plan, load }) {
  const engines = [...new Set(rows.flatMap(({ engine }) => engine ?? []))];
  const sections = modesOf(rows).map((mode) => {
    const head = ["peer", "threads", ...networks, "remarks"];
    const body = rowsOf(rows, mode).map((row) => [
      ...cells(rows, row, networks, mode),
      remarks(row, mode).join("; "),
    ]);
    return `## ${titles[mode]}\n\n${markdown(head, body)}`;
  });
  const learners = rows.filter((row) => networks.some((name) => row.train?.[name]?.losses));
  const losses = learners.map((row) => [
    row.name,
    `${row.threads}`,
    ...networks.map((name) => lossCell(row.train[name])),
  ]);
  return `# anygrad and its peers

Written by \`${command}\` on ${date}; not edited by hand.
${machine.cpu}, ${machine.cores} cores, ${machine.memory}, ${machine.system}, Node ${machine.node}.
Load average ${load.before} before, ${load.after} after (the peers' own work is in the second).

Random inputs, Adam, sparse categorical cross-entropy from logits; a step is forward, backward and update, without loading
of data. Peers take turns in bursts of steps, ${plan.rounds} rounds; medians${plan.clock === "processor" ? " of processor time, summed over a peer's threads" : ""}.
What a peer cannot do is said in its own words, under remarks. *once*: one step after a warm-up step, where a step takes
seconds. *~*: a loop that the runner times around each round was a tenth slower than at its best, in spite of repeated rounds.

${markdown(
  ["network", "inputs", "batch", "of inference", "parameters"],
  networks.map((name) => {
    const { inputShape, batchSize, inferenceBatchSize, parameters } = networkNamed(name);
    return [name, inputShape.join(" × "), `${batchSize}`, `${inferenceBatchSize}`, `${parameters}`];
  }),
)}

${sections.join("\n\n")}

## Losses, first → last (number of steps): each of them trains

${markdown(["peer", "threads", ...networks], losses)}

## Engines

${engines.map((engine) => `- ${engine}`).join("\n")}
`;
}

/** A row that could not start is told once, in the first table. */
const rowsOf = (rows, mode) => (mode === modesOf(rows)[0] ? rows : rows.filter((row) => row[mode]));
const modesOf = (rows) => ["train", "infer"].filter((mode) => rows.some((row) => row[mode]));

function cells(rows, row, networks, mode) {
  return [row.name, `${row.threads}`, ...networks.map((network) => timeCell(rows, row, network, mode))];
}

function timeCell(rows, row, network, mode) {
  if (row.error !== undefined) return "–";
  const result = row[mode]?.[network];
  if (!result) return "–";
  if (result.error !== undefined) return "cannot";
  const against = [baseline, fastBaseline].map((name) => {
    const other = rows.find((r) => r.name === name && r.threads === row.threads);
    return other === row ? undefined : ratio(result, other?.[mode]?.[network]);
  });
  if (against.every((r) => r === undefined)) return milliseconds(result);
  return `${milliseconds(result)} (${against.map((r) => (r === undefined ? "–" : `${significant(r)}×`)).join(" / ")})`;
}

const milliseconds = ({ milliseconds, steps, disturbed }) =>
  `${disturbed ? "~" : ""}${significant(milliseconds)}${steps < 3 ? " once" : ""}`;

/** Three digits. */
function significant(value) {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function lossCell(result) {
  if (!result?.losses) return "–";
  const [first, last] = result.losses;
  return `${first.toFixed(3)} → ${last.toFixed(3)} (${result.steps})${result.fell === false ? " did not fall" : ""}`;
}

/** The row's own errors and notes, each once, with the networks that it is about. */
function remarks(row, mode) {
  if (row.error !== undefined) return [row.error];
  const found = new Map();
  for (const [network, { error, note, fell }] of Object.entries(row[mode] ?? {})) {
    if (error !== undefined) found.set(error, [...(found.get(error) ?? []), network]);
    if (fell === false)
      found.set("the loss did not fall", [...(found.get("the loss did not fall") ?? []), network]);
    if (note) found.set(note, []);
  }
  return [...found].map(([text, networks]) =>
    networks.length > 0 ? `${networks.join(", ")}: ${text}` : text,
  );
}

function markdown(head, body) {
  const line = (cells) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...body.map(line)].join("\n");
}

/** `anygrad predict` of many rows: in parts, so that the process holds little more than their predictions. */
import { closeSync, openSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { anygrad, temporaryFolder } from "../anygrad.ts";

const folder = temporaryFolder();
const run = join(folder, "run");
const rows = 300_000;
/** Told at the end of a process: the most that it has held. */
const told = join(folder, "told.cjs");
const paths = { csv: join(folder, "many.csv"), jsonl: join(folder, "many.jsonl") };

beforeAll(async () => {
  const line = (i: number): string => `${(i * 7919) % 1000},${(i * 104729) % 1000}`;
  const train = Array.from({ length: 200 }, (_, i) => `${line(i)},${i % 2 ? "odd" : "even"}\n`).join("");
  writeFileSync(join(folder, "train.csv"), `a,b,kind\n${train}`);
  const args = ["--dataset", join(folder, "train.csv"), "--label", "kind", "--epochs", "1", "--no-report"];
  const { code, stderr } = await anygrad(["train", "softmax", ...args, "--quiet", "--out", run]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  for (const [kind, path] of Object.entries(paths)) {
    const file = openSync(path, "w");
    if (kind === "csv") writeSync(file, "a,b\n");
    for (let at = 0; at < rows; at += 1000)
      writeSync(
        file,
        Array.from({ length: 1000 }, (_, i) => {
          const [a, b] = line(at + i).split(",");
          if (kind === "csv") return `${a},${b}\n`;
          return `{"b":${b},"a":${a}}\n`;
        }).join(""),
      );
    closeSync(file);
  }
  writeFileSync(
    told,
    'process.on("exit", () => require("node:fs").writeSync(2, "held " + Math.round(process.resourceUsage().maxRSS / 1024)));',
  );
}, 60_000);

it.each(Object.entries(paths))(
  "%s, as a table and as JSON",
  async (_, path) => {
    const ended = async (...more: string[]): Promise<string> => {
      const { code, stdout, stderr } = await anygrad(["predict", run, path, ...more], {
        env: { NODE_OPTIONS: `--require ${told}` },
      });
      expect(code, stderr).toBe(0);
      // of a million rows as a table it was 1,062 MiB for CSV and 725 for JSON lines when all was held, and 173 and 169 in parts
      expect(Number(/held (\d+)/.exec(stderr)?.[1])).toBeLessThan(220);
      return stdout;
    };
    const lines = (await ended()).trimEnd().split("\n");
    const { predictions } = JSON.parse(await ended("--json")) as {
      predictions: { row: number; class: string }[];
    };
    expect(predictions.map(({ row }) => row)).toEqual(Array.from({ length: rows }, (__, i) => i));
    expect(lines).toHaveLength(rows + 1);
    const same = predictions.every(({ row, class: name }) => lines[row + 1]!.includes(`${row + 1}  ${name}`));
    expect(same).toBe(true);
  },
  120_000,
);

/** What the logs of a run say, without what a clock has measured: equal for runs that have done the same. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { eventsIn, type ReadEvent } from "../runs/logs/events.ts";

/** The lines of a log. */
export function linesOf(file: string): string[] {
  const text = readFileSync(file, "utf8");
  if (file.endsWith(".jsonl"))
    return text
      .trimEnd()
      .split("\n")
      .map((line) => {
        const { time: _, seconds: __, examplesPerSecond: ___, ...rest } = JSON.parse(line);
        return JSON.stringify(rest);
      });
  const lines = text.split("\n").map((line) => line.split(","));
  const isTimed = lines[0]!.map((name) => name === "seconds" || name === "examplesPerSecond");
  return lines.map((line) => line.filter((_, column) => !isTimed[column]).join());
}

/** The curves in the folder of a `--log tensorboard`. */
export function curvesIn(folder: string): Record<string, ReadEvent[]> {
  return Object.fromEntries(
    ["train", "validation"].map((series) => [
      series,
      eventsIn(join(folder, series)).filter(
        ({ tag, start }) => start === undefined && !/second/.test(String(tag)),
      ),
    ]),
  );
}

/** All logs that train, compare or tune have kept in the folder of `--out`, by where they lie. */
export function logsIn(out: string): Record<string, unknown> {
  const names = existsSync(out) ? (readdirSync(out, { recursive: true }) as string[]) : [];
  return Object.fromEntries(
    names
      .filter((name) => /(^|[/\\])log[.](csv|jsonl)$|^logs[/\\]|(^|[/\\])train$/.test(name))
      .sort()
      .map((name) => [
        name,
        name.endsWith("train") ? curvesIn(join(out, name, "..")) : linesOf(join(out, name)),
      ]),
  );
}

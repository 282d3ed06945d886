/** The names of a sweep's files, and how they are read. */
import { AnygradError } from "../../src/errors.ts";
import { measuredJson } from "../../src/io/json.ts";
import { createHost } from "../../src/runtime/host.ts";

export const sweepFiles = {
  plan: "sweep.json",
  trials: "trials.jsonl",
  best: "best",
  report: "report.html",
} as const;

/** The text of a file; undefined: there is none. */
export async function textOf(path: string): Promise<string | undefined> {
  const bytes = await createHost().readFile(path);
  return bytes && new TextDecoder().decode(bytes);
}

/** What a file, or a line of it, holds as JSON. @throws AnygradError DATA_FORMAT */
export function parsed(text: string, path: string): unknown {
  return measuredJson(
    text,
    () => new AnygradError("DATA_FORMAT", `--out: ${path} is damaged; bring it back, or pass another folder`),
  );
}

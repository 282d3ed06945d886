/** Runs of `anygrad train` that are interrupted, and what they end with. */
import { readdirSync } from "node:fs";
import { expect } from "vitest";
import { anygrad, type Ended } from "./anygrad.ts";

export const training: readonly string[] =
  "train mlp-128-64 --limit 1500 --epochs 30 --seed 5 --dropout 0.3 --no-report --augment shift=1,rotation=10,elastic=8:4,mixup=0.2".split(
    " ",
  );
export const quiet = ["--json", "--quiet"];

export interface Run {
  digest: string;
  test: { loss: number; accuracy: number } | null;
  seconds: number;
  history: Record<string, number[]>;
}

export async function finished(...args: string[]): Promise<Run> {
  const { code, stdout, stderr } = await anygrad([...args, ...quiet]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout) as Run;
}

/** Ends the run by a signal after this many epochs. */
export function interrupted(args: readonly string[], signal: NodeJS.Signals, epochs: number): Promise<Ended> {
  let sent = false;
  return anygrad(args, {
    onError: (text, kill) => {
      if (sent || !text.includes(` ${epochs}/30 `)) return;
      sent = true;
      kill(signal);
    },
  });
}

/** Trains to the end into the one folder, and until Ctrl-C in the third epoch into the other. @returns the whole run */
export async function wholeAndStopped(whole: string, stopped: string): Promise<Run> {
  const wanted = await finished(...training, "--out", whole);
  const ended = await interrupted([...training, "--out", stopped], "SIGINT", 3);
  expect(ended.code).toBe(130);
  expect(ended.stderr.trimEnd().split("\n").at(-1)).toBe(
    `anygrad: stopped; anygrad train --resume ${stopped} goes on`,
  );
  expect(checkpointsOf(stopped).length).toBeGreaterThan(1);
  return wanted;
}

/** The names in a folder that holds an unfinished run and nothing else. */
export function checkpointsOf(folder: string): string[] {
  const names = readdirSync(folder).sort();
  for (const name of names) expect(name).toMatch(/^checkpoint-\d{4}(-step-\d{6})?[.]safetensors$/);
  return names;
}

/** All of a history but its times. */
export function comparable({ history }: Run): object {
  return { ...history, seconds: history.seconds?.length };
}

/** The command line as a process: `npm test` has compiled it to dist before. */
import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const script: string = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** An environment in which no data set is found and none is downloaded. */
export const environment: NodeJS.ProcessEnv = {
  PATH: process.env.PATH,
  // nothing can be made there, not even by root: a test that wrote into its home changed what others find
  HOME: "/dev/null/nowhere",
  NO_COLOR: "1",
};

/** Runs `anygrad ...args`. `onError` sees what came on stderr so far, and may send a signal. */
export function anygrad(
  args: readonly string[],
  options: {
    env?: NodeJS.ProcessEnv;
    onError?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
  } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [script, ...args], {
    env: { ...environment, ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
    options.onError?.(stderr, (signal) => child.kill(signal));
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** A fresh folder. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "anygrad-"));
}

/** Where a run is watched: stderr of Node, Deno and Bun, the console of pages and edge workers. */
import { hostGlobals } from "./capabilities.ts";

/** What can be written to. */
export interface Terminal {
  /** Columns now. */
  width(): number;
  /** Whether a line can be written over. */
  readonly isInteractive: boolean;
  /** Writes text; a console gets whole lines. */
  write(text: string): void;
}

/** That of this runtime. */
export function terminal(): Terminal {
  const stream = hostGlobals().process?.stderr;
  if (typeof stream?.write === "function")
    return {
      width: () => stream.columns ?? 80,
      isInteractive: stream.isTTY === true,
      write: (text) => void stream.write(text),
    };
  return { width: () => 80, isInteractive: false, write: (text) => console.log(text.trimEnd()) };
}

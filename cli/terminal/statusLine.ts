/** A line below the output that tells what is at work: on a terminal the next one replaces it, elsewhere there is none. */
import { shorten } from "../../report/text/table.ts";
import type { Terminal } from "./terminal.ts";

export interface StatusLine {
  show(text: string): void;
  clear(): void;
}

/** A status line on stderr. */
export function createStatusLine({ isInteractive, style, width }: Terminal): StatusLine {
  if (!isInteractive) return { show() {}, clear() {} };
  const clear = (): void => void process.stderr.write("\r\x1b[K"); // to the left, erase the line (ECMA-48)
  return {
    show(text) {
      clear();
      process.stderr.write(style.quiet(shorten(text, width() - 1)));
    },
    clear,
  };
}

/**
 * Where a command's words go: results to stdout, progress and prose to stderr.
 *
 * With `quiet`, nothing goes to stderr but warnings and the line of an error. Colours only on a terminal, and only where NO_COLOR
 * (no-color.org) is not set.
 */
import { once } from "node:events";
import { terminalColors } from "../../report/charts/palette.ts";
import { fold, shownWidth } from "../../report/text/lines.ts";
import { ansi, plain, type Style, withPartColors } from "../../report/text/style.ts";
import { printable, printableStyled } from "./printable.ts";

export interface Terminal {
  /** The result, to stdout; a line break is added. */
  result(text: string): void;
  /** A piece of a result, to stdout as it is: JSON, in which no control characters stand. Resolves when it has gone where that takes its time. */
  written(piece: string): Promise<void>;
  /** Lines of a result, to stdout as they come: more than should be held at once. */
  lines(lines: Iterable<string>): Promise<void>;
  /** A result with pictures by the terminal's own protocol, which are control characters. */
  drawn(text: string): void;
  /** Prose, to stderr; a line break is added. */
  note(text: string): void;
  /** What concerns the result, such as files that were left out: to stderr, also where it is quiet. */
  warn(text: string): void;
  readonly quiet: boolean;
  /** Whether stderr is a terminal that may be redrawn. */
  readonly isInteractive: boolean;
  /** Characters of a line on stderr; 80 where there is no terminal. */
  width(): number;
  /** Characters of a line on stdout; 80 where there is no terminal. */
  resultWidth(): number;
  /** Characters of a line on stdout, behind which a terminal would break it; infinitely many where there is none, which breaks none. */
  lineWidth(): number;
  /** For `note`. */
  readonly style: Style;
  /** For `result`. */
  readonly resultStyle: Style;
}

const PIECE = 1 << 16; // characters

/** What makes text safe to write: our own styles stay where there are some; elsewhere all that look like them are in names of others. */
function showing(style: Style): (text: string) => string {
  return style === plain ? printable : printableStyled;
}

export function createTerminal(options: { readonly quiet?: boolean } = {}): Terminal {
  const { stdout, stderr } = process;
  const quiet = options.quiet ?? false;
  const styleOf = (stream: NodeJS.WriteStream): Style =>
    stream.isTTY && !process.env.NO_COLOR && process.env.TERM !== "dumb"
      ? withPartColors(ansi, terminalColors)
      : plain;
  const style = styleOf(stderr);
  const resultStyle = styleOf(stdout);
  const noteText = showing(style);
  const resultText = showing(resultStyle);
  const written = async (piece: string): Promise<void> => {
    if (!stdout.write(piece)) await once(stdout, "drain");
  };
  return {
    result: (text) => void stdout.write(`${resultText(text)}\n`),
    written,
    async lines(lines) {
      let piece = "";
      for (const line of lines) {
        piece += `${resultText(line)}\n`;
        if (piece.length < PIECE) continue;
        await written(piece);
        piece = "";
      }
      await written(piece);
    },
    drawn: (text) => void stdout.write(`${text}\n`),
    note: (text) => {
      if (!quiet) stderr.write(`${broken(noteText(text), stderr.columns)}\n`);
    },
    warn: (text) => void stderr.write(`${broken(noteText(text), stderr.columns)}\n`),
    quiet,
    isInteractive: Boolean(stderr.isTTY) && !quiet && process.env.TERM !== "dumb",
    width: () => stderr.columns || 80,
    resultWidth: () => stdout.columns || 80,
    lineWidth: () => stdout.columns || Number.POSITIVE_INFINITY,
    style,
    resultStyle,
  };
}

/** Prose broken between words where a terminal would break it within them; what follows is as far from the left as its line. */
export function broken(text: string, width: number | undefined): string {
  if (!width) return text;
  return text
    .split("\n")
    .map((line) => {
      if (shownWidth(line) <= width) return line;
      const [left = ""] = /^ */.exec(line) ?? [];
      return fold(line.slice(left.length), Math.max(20, width - left.length))
        .map((part) => left + part)
        .join("\n");
    })
    .join("\n");
}

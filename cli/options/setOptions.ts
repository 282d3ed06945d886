/** The value of `--set`: options of a model file's own function, as "units=32,depth=2". */
import { AnygradError } from "../../src/errors.ts";

/** By name; what reads as a number, true or false is one. */
export type SetOptions = Readonly<Record<string, string | number | boolean>>;

/** @param before what an earlier `--set` of the command gave @throws AnygradError INVALID_ARGUMENT */
export function parseSet(text: string, before: SetOptions = {}): SetOptions {
  const options: Record<string, string | number | boolean> = { ...before };
  for (const piece of text.split(",")) {
    const [, name, value] = /^\s*([A-Za-z_$][\w$]*)\s*=(.*)$/s.exec(piece) ?? [];
    if (name === undefined || value === undefined || value.trim() === "")
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `--set is "${text}"; write NAME=VALUE with commas between, as in units=32,depth=2`,
      );
    if (Object.hasOwn(options, name))
      throw new AnygradError("INVALID_ARGUMENT", `--set: ${name} is given twice; give it once`);
    options[name] = readValue(value.trim());
  }
  return options;
}

/** As `parseSet` reads it again. */
export function setText(options: SetOptions): string {
  return Object.entries(options)
    .map(([name, value]) => `${name}=${value}`)
    .join(",");
}

function readValue(text: string): string | number | boolean {
  if (text === "true" || text === "false") return text === "true";
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}

/** Options that say how a run is kept: they do nothing without the folder of `--out`. */
import { AnygradError } from "../../src/errors.ts";
import { dashed } from "../process/flags.ts";

/** The options by their flags, and what they do in the folder. */
const uses: Readonly<Record<string, string>> = {
  checkpoint: "keeps the run",
  keep: "keeps checkpoints",
  "keep-best": "keeps a model",
  "stop-after": "keeps the run",
  overwrite: "replaces a run",
};

/**
 * @param options by their names in code or on the command line: keepBest, keep-best
 * @param folder undefined: nothing outlives the command
 * @throws AnygradError INVALID_ARGUMENT
 */
export function checkFolder(options: object, folder: unknown): void {
  if (folder !== undefined) return;
  const homeless = Object.keys(options)
    .map(dashed)
    .find((flag) => uses[flag] !== undefined);
  if (homeless !== undefined)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `--${homeless} ${uses[homeless]} in a folder; pass --out DIR too`,
    );
}

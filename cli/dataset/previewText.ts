/** A data set as this terminal shows it best: the sheet where it shows pictures, else text, with samples in characters. */
import type { ClassPictures, DatasetFacts } from "../../report/dataset/facts.ts";
import { datasetText, onePictureAClass, sampleRows } from "../../report/dataset/text.ts";
import { blockColors, type PictureMode, pictureMode } from "../terminal/pictureMode.ts";
import type { Terminal } from "../terminal/terminal.ts";

const WIDEST = 200; // characters; on a wider terminal it grows no more

/** The preview as text to write to stdout. */
export async function showDataset(
  facts: DatasetFacts,
  pictures: readonly ClassPictures[] | undefined,
  picture: PictureMode | "auto",
  terminal: Terminal,
): Promise<string> {
  const width = Math.min(terminal.resultWidth(), WIDEST);
  const mode = picture === "auto" ? pictureMode(terminal) : picture;
  if (mode === "kitty" || mode === "iterm" || mode === "sixel") {
    const { sheetInTerminal } = await import("./sheetFile.ts");
    return sheetInTerminal(facts, pictures, mode, width);
  }
  const options = { style: terminal.resultStyle, width };
  if (!pictures || mode === "none") return datasetText(facts, options);
  const drawn =
    mode === "blocks"
      ? sampleRows(facts, pictures, { ...options, colors: blockColors() })
      : onePictureAClass(facts, pictures, options);
  return datasetText(facts, options, drawn);
}

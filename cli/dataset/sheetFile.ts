/** The sheet of a data set as bytes: for a file, or for a terminal that shows pictures. */

import { openRasterizer } from "../../node/rasterFiles.ts";
import { standalone } from "../../report/charts/svg.ts";
import type { ClassPictures, DatasetFacts } from "../../report/dataset/facts.ts";
import { datasetSheet } from "../../report/dataset/sheet.ts";
import { itermPicture, kittyPicture, sixelPicture } from "../../report/pictures/inlinePicture.ts";

type Pictures = readonly ClassPictures[] | undefined;

const ZOOM = 2; // sharp on a dense screen, and whole: pixels of samples stay squares
const CHARACTER = 9; // pixels of a usual terminal: sixel knows no characters

/** @param ending ".svg", or ".png" */
export async function sheetFile(
  facts: DatasetFacts,
  pictures: Pictures,
  ending: string,
): Promise<Uint8Array | string> {
  const svg = drawing(facts, pictures);
  return ending.toLowerCase() === ".svg" ? svg : (await openRasterizer())(svg, { zoom: ZOOM });
}

/** @param columns how wide it is shown, in characters */
export async function sheetInTerminal(
  facts: DatasetFacts,
  pictures: Pictures,
  protocol: "kitty" | "iterm" | "sixel",
  columns: number,
): Promise<string> {
  const svg = drawing(facts, pictures);
  const rasterize = await openRasterizer();
  if (protocol === "sixel") return sixelPicture(rasterize(svg, { width: columns * CHARACTER }));
  const png = rasterize(svg, { zoom: ZOOM });
  return protocol === "kitty" ? kittyPicture(png, columns) : itermPicture(png, columns);
}

function drawing(facts: DatasetFacts, pictures: Pictures): string {
  const title = `${facts.name}: samples, balance and values`;
  return standalone(datasetSheet(facts, pictures), { title, description: "" });
}

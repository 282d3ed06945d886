/** What a saved model takes and gives, in words: all of it from the model's own file. */

import { fold } from "../../report/text/lines.ts";
import { plural } from "../../report/text/numbers.ts";
import type { Model } from "../../src/model/index.ts";
import { shownInput, shownOutput } from "../../src/model/network/graph.ts";
import { shapeText } from "../models/examples.ts";

const WIDTH = 78; // characters, as the summary's table has about

/** Lines such as "takes   32×32×3, pixels 0 to 255 times 0.003922". */
export function inputText(net: Model): string {
  const { normalization, classNames, preparation } = net;
  const { image, columns, window, target } = preparation ?? {};
  const facts: [string, string][] = [["takes", `examples of ${shapeText(shownInput(net.graph))}`]];
  if (image)
    facts.push([
      "pictures",
      `of any size, made ${image.height}×${image.width} (${image.fit}), ${image.color === "gray" ? "gray" : "red, green and blue"}`,
    ]);
  if (columns)
    facts.push([
      "columns",
      columns
        .map((column) => {
          if (column.kind === "category") return `${column.name} (${column.categories.join(", ")})`;
          return column.unit === undefined ? column.name : `${column.name} (${column.unit})`;
        })
        .join(", "),
    ]);
  if (window)
    facts.push([
      "windows",
      `of ${plural(window.steps, "row")}, one every ${window.stride}, horizon ${window.horizon}`,
    ]);
  if (normalization) {
    const { scale, shift } = normalization;
    const short = (value: number): string => String(Number(value.toPrecision(4)));
    facts.push(["pixels", `bytes, times ${short(scale)}${shift === 0 ? "" : ` plus ${short(shift)}`}`]);
  }
  if (target)
    facts.push(["predicts", target.unit === undefined ? target.name : `${target.name} (${target.unit})`]);
  else if (classNames) facts.push([`${classNames.length} classes`, classNames.join(", ")]);
  else
    facts.push(["gives", `${shapeText(shownOutput(net.graph))} numbers; the file has no names of classes`]);
  const room = Math.max(...facts.map(([name]) => name.length)) + 2;
  return facts
    .map(([name, text]) =>
      fold(text, WIDTH - room)
        .map((line, i) => `${(i === 0 ? name : "").padEnd(room)}${line}`)
        .join("\n"),
    )
    .join("\n");
}

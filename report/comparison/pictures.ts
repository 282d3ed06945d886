/** Test images with what each model said of them: as a list of a page, and as an SVG file. */
import { pictureChart } from "../charts/pictureChart.ts";
import { standalone } from "../charts/svg.ts";
import { type Html, html, type Part } from "../html/html.ts";
import type { Picture } from "../pictures/picture.ts";
import { pngUri } from "../pictures/sheet.ts";
import type { ImageVerdict } from "./comparison.ts";

export interface Gallery {
  /** Name of the files. */
  readonly name: string;
  readonly title: string;
  readonly images: readonly ShownImage[];
}

export interface ShownImage {
  readonly picture: Picture;
  readonly verdict: ImageVerdict;
}

/** The answers of all models, those that agree together: "Coat" by two of them, "Shirt" by one. */
function answersOf({ answers }: ImageVerdict): { predicted: number; right: boolean; models: string }[] {
  const classes = [...new Set(answers.map(({ predicted }) => predicted))];
  return classes.map((predicted) => {
    const agreeing = answers.filter((answer) => answer.predicted === predicted);
    const models = agreeing.map(({ model, probability }) => `${model} ${percent(probability)}`).join(", ");
    return { predicted, right: agreeing[0]!.right, models };
  });
}

function percent(probability: number): string {
  return `${(100 * probability).toFixed(0)} %`;
}

/** The images in a grid, each with its answers below. */
export function galleryList({ images }: Gallery, classNames: readonly string[]): Html {
  const answer = ({ predicted, right, models }: ReturnType<typeof answersOf>[number]): Part =>
    html`<span>${right ? "✓" : "✗"} ${classNames[predicted]}: ${models}</span>`;
  return html`<ul class="pictures wide">
${images.map(
  ({
    picture,
    verdict,
  }) => html`<li><img src="${pngUri(picture)}" alt="Test image ${verdict.example}: ${classNames[verdict.label]}">
<span><strong>${classNames[verdict.label]}</strong> no. ${verdict.example}</span>${answersOf(verdict).map(answer)}</li>
`,
)}</ul>`;
}

/** The pictures as an SVG file. */
export function gallerySvg({ title, images }: Gallery, classNames: readonly string[]): string {
  const text = { title, description: "Each with what it is, and what each model took it for." };
  const pictures = images.map(({ picture, verdict }) => ({
    picture,
    lines: [
      `${classNames[verdict.label]} (no. ${verdict.example})`,
      ...answersOf(verdict).map(
        ({ predicted, right, models }) => `${right ? "✓" : "✗"} ${classNames[predicted]}: ${models}`,
      ),
    ],
  }));
  return standalone(pictureChart({ ...text, pictures, columns: 6, size: 140 }), text);
}

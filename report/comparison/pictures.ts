/** Test images with what each model said of them: as a list of a page, and as an SVG file. */
import { type Html, html, type Part } from "../html/html.ts";
import type { Picture } from "../pictures/picture.ts";
import { pictureSheet, pngUri } from "../pictures/sheet.ts";
import { shorten } from "../text/table.ts";
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
  return html`<ul class="pictures">
${images.map(
  ({
    picture,
    verdict,
  }) => html`<li><img src="${pngUri(picture)}" alt="Test image ${verdict.example}: ${classNames[verdict.label]}">
<span><strong>${classNames[verdict.label]}</strong> no. ${verdict.example}</span>${answersOf(verdict).map(answer)}</li>
`,
)}</ul>`;
}

const CELL = 150; // pixels of the SVG from picture to picture
const SIDE = 112; // of a picture
const LINE = 14;
const ACROSS = 6;

/** The pictures as an SVG of its own, on paper; captions are cut to their width. */
export function gallerySvg({ title, images }: Gallery, classNames: readonly string[]): string {
  const captions = images.map(({ verdict }) => [
    `${classNames[verdict.label]} (no. ${verdict.example})`,
    ...answersOf(verdict).flatMap(({ predicted, right, models }) => [
      `${right ? "✓" : "✗"} ${classNames[predicted]}`,
      ...models.split(", ").map((model) => `    ${model}`),
    ]),
  ]);
  const lines = Math.max(...captions.map((caption) => caption.length));
  const row = SIDE + LINE * lines + 26;
  const [across, down] = [Math.min(ACROSS, images.length), Math.ceil(images.length / ACROSS)];
  return html`<svg xmlns="http://www.w3.org/2000/svg" width="${CELL * across}" height="${row * down}" viewBox="0 0 ${CELL * across} ${row * down}" font-family="'Open Sans', system-ui, sans-serif" font-size="11" role="img" aria-label="${title}"><title>${title}</title><rect width="100%" height="100%" fill="#ffffff"/>
${images.map(({ picture }, i) => {
  const [left, top] = [CELL * (i % ACROSS) + 8, row * Math.floor(i / ACROSS) + 8];
  const large = pictureSheet([picture], { scale: Math.max(1, Math.round(SIDE / picture.height)) });
  return html`<image x="${left}" y="${top}" width="${SIDE}" height="${SIDE}" href="${pngUri(large)}"/>
${captions[i]!.map(
  (text, line) =>
    html`<text x="${left}" y="${top + SIDE + 14 + LINE * line}" fill="#16191d" xml:space="preserve"${line === 0 && html` font-weight="600"`}>${shorten(text, 24)}</text>
`,
)}`;
})}</svg>
`.text;
}

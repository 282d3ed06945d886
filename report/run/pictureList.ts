/** Pictures as a list of a page: they wrap as there is room, each with its text. */
import { type Html, html } from "../html/html.ts";
import { pngUri } from "../pictures/sheet.ts";
import type { CaptionedPicture, ClassSamples } from "./examples.ts";

export function pictureList(pictures: readonly CaptionedPicture[]): Html {
  return html`<ul class="pictures">
${pictures.map(
  ({
    picture,
    lines: [first, ...others],
    alt,
  }) => html`<li><img src="${pngUri(picture)}" width="${picture.width}" height="${picture.height}" alt="${alt}"><span><b>${first}</b>${others.map(
    (line) => html`<br>${line}`,
  )}</span></li>
`,
)}</ul>`;
}

/** A row a class: its name, then its pictures. @param single whether the rows stand in one column */
export function sampleRows(classes: readonly ClassSamples[], single: boolean): Html {
  return html`<ul class="samples${single && " single"}">
${classes.map(
  ({ name, pictures, alts }) => html`<li><b>${name}</b><span>${
    pictures.length === 0
      ? html`<small class="quiet">no example</small>`
      : pictures.map(
          (picture, i) =>
            html`<img src="${pngUri(picture)}" width="${picture.width}" height="${picture.height}" alt="${alts[i]}">`,
        )
  }</span></li>
`,
)}</ul>`;
}

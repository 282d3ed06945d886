/** Pictures as a list of a page: they wrap as there is room, each with its text. */
import { type Html, html } from "../html/html.ts";
import { pngUri } from "../pictures/sheet.ts";
import type { CaptionedPicture } from "./examples.ts";

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

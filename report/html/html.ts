/**
 * HTML as text, safe by construction: `html` escapes what stands in its places, unless it is HTML itself.
 *
 * ```ts
 * html`<p>${"a < b"}</p>`;                       // <p>a &lt; b</p>
 * html`<ul>${names.map((name) => html`<li>${name}</li>`)}</ul>`;
 * ```
 */

/** Text that is HTML already. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

/** What a template may hold: texts and numbers are escaped, lists joined, false and undefined left out. */
export type Part = string | number | Html | false | undefined | readonly Part[];

export function html(fixed: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let text = fixed[0]!;
  for (const [i, part] of parts.entries()) text += textOf(part) + fixed[i + 1]!;
  return new Html(text);
}

/** Marks text as HTML: for what another program wrote, such as a chart's SVG. */
export function trusted(text: string): Html {
  return new Html(text);
}

function textOf(part: Part): string {
  if (part === false || part === undefined) return "";
  if (part instanceof Html) return part.text;
  if (typeof part === "object") return part.map(textOf).join("");
  return escapeHtml(String(part));
}

/** Escapes a text, or the value of an attribute in double quotes; characters that HTML and XML forbid become U+FFFD. */
function escapeHtml(text: string): string {
  return (
    text
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that must not get through
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
  );
}

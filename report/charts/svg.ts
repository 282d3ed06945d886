/**
 * Charts as SVG text, without a browser: Observable Plot draws into the small document of xmldom.
 *
 * Plot (ISC) has the marks, scales and ticks; xmldom (MIT, no packages below it) has the few DOM calls that Plot makes
 * and writes well-formed XML, which escapes whatever names the data bring. Coordinates are rounded to a hundredth of a
 * pixel, so that the last bits of a host's `Math.log` change no byte.
 */
import { type PlotOptions, plot } from "@observablehq/plot";
import { DOMImplementation, XMLSerializer } from "@xmldom/xmldom";
import { light, type Palette } from "./palette.ts";

/** What a chart says to those who do not see it. */
export interface ChartText {
  /** Title, in a few words. */
  readonly title: string;
  /** What the chart shows, in a sentence or two with its figures. */
  readonly description: string;
}

/** Pixels, before a page or a PNG scales the chart. */
export const FONT_SIZE = 12;

const SVG = "http://www.w3.org/2000/svg";
const geometry =
  /^(x|y|[xy][12]|c[xy]|r|d|dx|dy|width|height|points|viewBox|transform|opacity|(fill|stroke)-opacity)$/;

/**
 * Draws a plot, to be put into a page: `role="img"` with its text, colours as variables of the page (palette.ts).
 * The same options give the same text, byte for byte.
 */
export function drawPlot(options: PlotOptions, text: ChartText): string {
  // xmldom's types are its own; Plot asks for those of the page
  const svg = plot({ ...options, document: newDocument() as never }) as SVGElement | HTMLElement;
  svg.removeChild(svg.firstChild!); // Plot's <style>, the same for every chart: the page has it
  return serialize(svg, text);
}

/** An SVG drawn by hand, element by element, that becomes text as plots do. */
export function svgDocument(
  width: number,
  height: number,
): {
  /** @param hint what a page shows of it under the pointer */
  element(
    name: string,
    attributes: Readonly<Record<string, string | number>>,
    text?: string,
    hint?: string,
  ): void;
  finish(text: ChartText): string;
} {
  const document = newDocument();
  const svg = document.documentElement as never as SVGElement;
  for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` }))
    svg.setAttribute(name, rounded(String(value)));
  return {
    element(name, attributes, text, hint) {
      const element = svgElement(document as never, name, attributes, text);
      if (hint !== undefined) element.appendChild(svgElement(document as never, "title", {}, hint));
      svg.appendChild(element);
    },
    finish: (text) => serialize(svg, text),
  };
}

/** An element of a chart, for what Plot has no mark for. */
export function svgElement(
  document: Document,
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  text?: string,
): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  if (text !== undefined) element.textContent = text;
  return element as SVGElement;
}

function newDocument(): ReturnType<DOMImplementation["createDocument"]> {
  return new DOMImplementation().createDocument(SVG, "svg", null);
}

function serialize(svg: Element, { title, description }: ChartText): string {
  for (const name of ["aria-label", "aria-description", "class"]) svg.removeAttribute(name);
  tidy(svg);
  const attributes = {
    class: "chart",
    role: "img",
    "aria-label": `${title}. ${description}`,
    "font-family": "'Open Sans', system-ui, sans-serif",
    "font-size": String(FONT_SIZE),
  };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  return new XMLSerializer().serializeToString(svg as never);
}

// Within role="img" nothing is read out: labels of its parts are weight. Walked by hand: xmldom has no TreeWalker.
function tidy(element: Element): void {
  for (const name of ["aria-label", "aria-hidden", "aria-description"])
    if (element.hasAttribute(name)) element.removeAttribute(name);
  for (const { name, value } of Array.from(element.attributes))
    if (geometry.test(name)) element.setAttribute(name, rounded(value));
  for (let child = element.firstChild; child; child = child.nextSibling)
    if (child.nodeType === 1) tidy(child as Element);
}

function rounded(value: string): string {
  return value.replace(/-?\d+[.]\d{3,}(e-?\d+)?/g, (number) => String(Number(Number(number).toFixed(2))));
}

/** A chart as a file of its own: with a title, on paper, with plain colours for programs that know no variables. */
export function standalone(svg: string, { title, description }: ChartText): string {
  const [, head, body] = /^(<svg[^>]*>)(.*)$/s.exec(svg)!;
  const ground = `<rect width="100%" height="100%" fill="${light.paper}"/>`;
  const text = `<title>${escapeXml(title)}</title><desc>${escapeXml(description)}</desc>`;
  const colored = `${head}${ground}${body}`
    .replace(/var\(--([\w-]+)\)/g, (_, name: keyof Palette) => light[name])
    .replaceAll("currentColor", light.ink);
  return `${colored.replace(ground, text + ground)}\n`;
}

/** A figure as a file. */
export interface FigureFile {
  /** Name without an ending. */
  readonly name: string;
  readonly svg: string;
}

/** The figures of a page as files. */
export function figureFiles(
  figures: readonly (ChartText & { readonly name: string; readonly svg: string })[],
): FigureFile[] {
  return figures.map((figure) => ({ name: figure.name, svg: standalone(figure.svg, figure) }));
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

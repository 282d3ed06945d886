/**
 * How figures look: the colours of anygrad's reports, as CSS variables `--vis-…` that a page may set otherwise.
 *
 * Each is a pair by `light-dark()`, so a figure follows the page's `color-scheme`: light where the page says nothing. The style
 * sheet is made by script, which a page's content security policy allows without "unsafe-inline".
 */
import { dark, light, type Palette } from "../report/charts/palette.ts";

/** The name of a colour, such as "series-1". */
export type ColorName = keyof Palette;

const styled = /* @__PURE__ */ new WeakSet<Node>();

/** Gives the page, or the shadow root, that an element stands in the style sheet of figures, once. */
export function adoptStyle(element: HTMLElement): void {
  const root = element.getRootNode() as Document | ShadowRoot;
  if (styled.has(root) || !("adoptedStyleSheets" in root)) return;
  styled.add(root);
  const sheet = new (element.ownerDocument.defaultView as Window & typeof globalThis).CSSStyleSheet();
  sheet.replaceSync(css());
  root.adoptedStyleSheets.push(sheet);
}

/** The colour that a name has here and now, as `rgb(…)`: a canvas knows no variables. */
export function colorIn(element: Element, name: ColorName): string {
  const probe = element.ownerDocument.createElement("i");
  probe.style.color = `var(--vis-${name})`;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** Red, green and blue of such a colour, each 0 to 255. */
export function rgbIn(element: Element, name: ColorName): readonly [number, number, number] {
  const [red = 0, green = 0, blue = 0] =
    colorIn(element, name)
      .match(/[\d.]+/g)
      ?.map(Number) ?? [];
  return [red, green, blue];
}

/** The series' colours, of which the ninth is the first again. */
export function seriesName(index: number): ColorName {
  return `series-${(index % 8) + 1}` as ColorName;
}

function css(): string {
  const names = Object.keys(light) as ColorName[];
  const pairs = names.map((name) => `--vis-${name}:light-dark(${light[name]},${dark[name]})`).join(";");
  const plain = names.map((name) => `--vis-${name}:${light[name]}`).join(";");
  return `:where(.vis){${plain}}@supports(color:light-dark(#000,#fff)){:where(.vis){${pairs}}}${rules}`;
}

const rules = `
.vis{margin:0 0 16px;color:var(--vis-ink);font:13px/1.4 system-ui,sans-serif;max-width:100%}
.vis figcaption{font-weight:600;margin:0 0 6px}
.vis>div{overflow-x:auto;position:relative}
.vis canvas{display:block}
.vis table{border-collapse:collapse;font-variant-numeric:tabular-nums}
.vis th{font-weight:500;color:var(--vis-quiet);text-align:left}
.vis td,.vis th{padding:3px 8px}
.vis-table td{border-top:1px solid var(--vis-rule)}
.vis-table .number{text-align:right}
.vis-matrix td{text-align:center;min-width:22px;height:26px;padding:0 2px;border:1px solid var(--vis-paper)}
.vis-matrix thead th{text-align:center;vertical-align:bottom}
.vis-matrix thead th:first-child{font-weight:400;font-size:11px;text-align:left;max-width:80px;padding-left:0}
.vis-matrix thead th.long{writing-mode:vertical-rl;transform:rotate(180deg);text-align:left;padding:8px 3px}
.vis-grid{display:flex;flex-wrap:wrap;gap:8px}
.vis-grid>div{text-align:center;color:var(--vis-quiet);font-size:12px}
.vis-grid canvas,.vis-surface canvas,.vis-heat canvas{image-rendering:pixelated}
.vis-grid canvas{border:2px solid transparent;box-sizing:content-box}
.vis-grid .right canvas{border-color:var(--vis-right)}
.vis-grid .wrong canvas{border-color:var(--vis-wrong)}
.vis-names{display:flex;flex-wrap:wrap;gap:4px 14px;color:var(--vis-quiet);font-size:12px;margin-top:6px}
.vis-names i{display:inline-block;width:10px;height:10px;border-radius:5px;margin-right:5px}
.uplot,.uplot *{box-sizing:border-box}
.uplot{width:min-content;font-family:inherit}
.uplot canvas{position:relative;width:100%;height:100%}
.u-wrap{position:relative;user-select:none}
.u-over,.u-under,.u-axis,.u-select{position:absolute}
.u-under{overflow:hidden}
.u-legend{margin:2px 0 0 8px;font-size:12px}
.u-inline,.u-inline tr{display:block}
.u-inline tr{display:inline-block;margin-right:14px}
.u-legend th,.u-legend td{display:inline-block;padding:2px}
.u-legend th>*{display:inline-block;vertical-align:middle}
.u-legend .u-marker{width:10px;height:10px;margin-right:5px;background-clip:padding-box}
.u-series th{cursor:pointer;color:var(--vis-ink)}
.u-legend .u-off>*{opacity:.35}
.u-cursor-x,.u-cursor-y,.u-cursor-pt{position:absolute;left:0;top:0;pointer-events:none}
.u-cursor-pt{border:0 solid;border-radius:50%;background-clip:padding-box}
.u-cursor-x{height:100%;border-right:1px dashed var(--vis-quiet)}
.u-cursor-y{width:100%;border-bottom:1px dashed var(--vis-quiet)}
.u-select{pointer-events:none}
.vis .u-off:not(.u-series){display:none}
`;

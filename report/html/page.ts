/**
 * The frame of a report: one HTML file that asks for nothing else, with no script; light and dark as the reader's system
 * has it, one column on a phone, black on white in print.
 */
import { paletteCss } from "../charts/palette.ts";
import { html, type Part, trusted } from "./html.ts";

export interface Section {
  /** Id of the heading, which the list of contents links to. */
  readonly id: string;
  readonly title: string;
  readonly body: Part;
}

export interface Page {
  /** Title of the window, and text of the heading. */
  readonly title: string;
  /** A sentence under the heading: what was reached. */
  readonly headline: Part;
  /** Small facts in a row below the headline. */
  readonly facts?: readonly (readonly [name: string, value: Part])[];
  readonly sections: readonly Section[];
  /** Text of the footer. */
  readonly footer: Part;
}

/** The report as a whole HTML document. */
export function page({ title, headline, facts = [], sections, footer }: Page): string {
  return `${html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="anygrad">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>
${trusted(`${paletteCss()}\n${style}`)}
</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p class="headline">${headline}</p>
${
  facts.length > 0 &&
  html`<dl class="facts">
${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`)}</dl>
`
}<nav aria-label="Contents"><ul>
${sections.map(({ id, title: name }) => html`<li><a href="#${id}">${name}</a></li>\n`)}</ul></nav>
</header>
<main>
${sections.map(
  ({ id, title: name, body }) => html`<section aria-labelledby="${id}">
<h2 id="${id}">${name}</h2>
${body}
</section>
`,
)}</main>
<footer>${footer}</footer>
</body>
</html>`}\n`;
}

// What may be wide (tables, large matrices) scrolls in a box of its own, never the page.
const style = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0 auto;max-width:70rem;padding:1.5rem 1.25rem 3rem;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Open Sans",sans-serif;overflow-wrap:anywhere}
h1{font-size:1.7rem;line-height:1.2;margin:0 0 .5rem}
h2{font-size:1.25rem;line-height:1.3;margin:2.75rem 0 1rem;padding-top:1rem;border-top:1px solid var(--rule)}
h3{font-size:1rem;margin:1.5rem 0 .5rem}
p{margin:.5rem 0 1rem;max-width:42rem}
a{color:var(--link)}
a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:2px solid var(--link);outline-offset:2px}
.headline{font-size:1.15rem}
.headline strong{font-size:1.5rem;font-variant-numeric:tabular-nums}
.quiet,footer{color:var(--quiet)}
footer{margin-top:3rem;padding-top:1rem;border-top:1px solid var(--rule);font-size:.875rem}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:1rem 0 0;padding:0;list-style:none}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.75rem;margin:1.25rem 0}
.facts div{background:var(--raised);border-radius:.5rem;padding:.6rem .8rem}
dt{color:var(--quiet);font-size:.85rem}
dd{margin:0;font-variant-numeric:tabular-nums}
.facts dd{font-weight:600}
.figures{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:2rem}
figure{margin:0;min-width:0;break-inside:avoid}
figure.wide{grid-column:1/-1}
figcaption{margin-bottom:.5rem;color:var(--quiet);font-size:.925rem}
figcaption strong{display:block;color:var(--ink);font-size:1rem}
.chart{display:block;width:100%;height:auto;max-width:34rem;color:var(--ink)}
.wide>.drawing{overflow-x:auto}
.wide .chart{max-width:none;min-width:38rem}
.chart text{white-space:pre}
details{margin:.5rem 0}
summary{cursor:pointer;color:var(--quiet);font-size:.9rem}
.scroll{overflow:auto;margin:0 0 1rem}
details .scroll{max-height:34rem}
table{border-collapse:collapse;font-size:.9rem;overflow-wrap:normal}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.caption{color:var(--quiet);font-size:.9rem;margin:.5rem 0}
th,td{padding:.25rem .6rem;text-align:left;white-space:nowrap;border-bottom:1px solid var(--rule);vertical-align:top}
thead th{background:var(--raised);position:sticky;top:0;vertical-align:bottom}
tbody th,tfoot th{font-weight:500}
tfoot td,tfoot th{border-top:2px solid var(--rule);font-weight:600}
.number{text-align:right;font-variant-numeric:tabular-nums}
.prose{white-space:normal;overflow-wrap:anywhere;min-width:11rem}
.code,code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.875em}
pre{background:var(--raised);padding:.75rem 1rem;border-radius:.5rem;white-space:pre-wrap;overflow-wrap:anywhere}
.pictures{display:grid;grid-template-columns:repeat(auto-fill,minmax(6.5rem,1fr));gap:1rem;margin:1rem 0;padding:0;list-style:none}
.pictures img{display:block;width:100%;height:auto;max-width:9rem;image-rendering:pixelated;background:#000;border-radius:.25rem}
.pictures span{display:block;font-size:.85rem;line-height:1.35;margin-top:.3rem}
@media screen and (max-width:52rem){.figures{grid-template-columns:minmax(0,1fr)}}
@media (max-width:30rem){body{padding:1rem .9rem 2rem}h1{font-size:1.4rem}}
@media print{
@page{margin:15mm}
body{max-width:none;padding:0;font-size:10.5pt}
nav,details{display:none}
a{color:inherit;text-decoration:none}
h2{break-after:avoid}
.scroll{overflow:visible;max-height:none}
.facts div,pre,thead th{border:1px solid var(--rule);background:none}
thead th{position:static}
tr,.pictures li{break-inside:avoid}
.figures{gap:1.25rem}
.pictures{grid-template-columns:repeat(8,1fr);gap:.6rem}
.pictures span{font-size:.7rem}
tfoot{display:table-row-group}
.wide .chart{min-width:0}
}`;

/**
 * The frame of a report: one HTML file that asks for nothing else, with no script; light and dark as the reader's system
 * has it, one column on a phone, black on white in print.
 */
import { paletteCss } from "../charts/palette.ts";
import { type Html, html, type Part, trusted } from "./html.ts";

export interface Section {
  /** Id of the heading, which the list of contents links to. */
  readonly id: string;
  readonly title: string;
  readonly body: Part;
  /** Parts below the body, each of which a click opens or closes; print has all of them open. */
  readonly parts?: readonly SectionPart[];
}

export interface SectionPart {
  readonly id: string;
  readonly title: string;
  readonly body: Part;
  /** Whether it is open at first. Default true. */
  readonly open?: boolean;
}

export interface Page {
  /** Title of the window, and text of the heading. */
  readonly title: string;
  /** A sentence under the heading: what was reached. */
  readonly headline: Part;
  /** Small facts in a row below the headline. */
  readonly facts?: readonly (readonly [name: string, value: Part])[];
  readonly sections: readonly Section[];
  /** Whether the list of contents, parts included, stays in sight at the left of a wide screen. Default false. */
  readonly sideNavigation?: boolean;
  /** Text of the footer. */
  readonly footer: Part;
}

/** The report as a whole HTML document. */
export function page({
  title,
  headline,
  facts = [],
  sections,
  sideNavigation = false,
  footer,
}: Page): string {
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
<body${sideNavigation && trusted(' class="with-side"')}>
<header>
<h1>${title}</h1>
<p class="headline">${headline}</p>
${
  facts.length > 0 &&
  html`<dl class="facts">
${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`)}</dl>
`
}</header>
<nav aria-label="Contents"><ul>
${sections.map(
  ({ id, title: name, parts = [] }) => html`<li><a href="#${id}">${name}</a>${
    sideNavigation &&
    parts.length > 0 &&
    html`<ul>
${parts.map((part) => html`<li><a href="#${part.id}">${part.title}</a></li>\n`)}</ul>`
  }</li>
`,
)}</ul></nav>
<main>
${sections.map(
  ({ id, title: name, body, parts = [] }) => html`<section aria-labelledby="${id}">
<h2 id="${id}">${name}</h2>
${body}
${parts.map(sectionPart)}</section>
`,
)}</main>
<footer>${footer}</footer>
</body>
</html>`}\n`;
}

// The id is inside: a browser that follows a link to it opens what it is in.
function sectionPart({ id, title, body, open = true }: SectionPart): Html {
  return html`<details class="part"${open && trusted(` open=""`)}><summary><h3>${title}</h3></summary>
<div id="${id}">
${body}
</div></details>
`;
}

// What may be wide (tables, large matrices) scrolls in a box of its own, never the page.
const style = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0 auto;max-width:72rem;padding:1.5rem 1.25rem 3rem;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Open Sans",sans-serif;overflow-wrap:anywhere}
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
nav>ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:1rem 0 0;padding:0;list-style:none}
nav ul ul{display:none}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.75rem;margin:1.25rem 0}
.facts div{background:var(--raised);border-radius:.5rem;padding:.6rem .8rem}
dt{color:var(--quiet);font-size:.85rem;overflow-wrap:normal}
dd{margin:0;font-variant-numeric:tabular-nums}
.facts dd{font-weight:600}
.figures{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:2rem}
figure{margin:0;min-width:0;break-inside:avoid}
figure.wide{grid-column:1/-1}
.beside>div{min-width:0}
figcaption{margin-bottom:.5rem;color:var(--quiet);font-size:.925rem}
figcaption strong{display:block;color:var(--ink);font-size:1rem}
.chart{display:block;width:100%;height:auto;max-width:40rem;color:var(--ink)}
.wide>.drawing{overflow-x:auto}
.wide .chart{max-width:none;min-width:38rem}
.chart text{white-space:pre}
details{margin:.5rem 0}
summary{cursor:pointer}
details:not(.part)>summary{color:var(--quiet);font-size:.9rem}
.part{border-top:1px solid var(--rule);margin:0;padding:.75rem 0}
.part>summary h3{display:inline;margin:0;font-size:1.05rem}
.part>div{scroll-margin-top:3.5rem;padding-top:.75rem}
.scroll{overflow:auto;margin:0 0 1rem}
details:not(.part) .scroll{max-height:34rem}
table{border-collapse:collapse;font-size:.9rem;overflow-wrap:normal}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.caption{color:var(--quiet);font-size:.9rem;margin:.5rem 0}
th,td{padding:.25rem .6rem;text-align:left;white-space:nowrap;border-bottom:1px solid var(--rule);vertical-align:top}
thead th{white-space:normal;overflow-wrap:normal;background:var(--raised);position:sticky;top:0;vertical-align:bottom}
tbody th,tfoot th{font-weight:500}
tfoot td,tfoot th{border-top:2px solid var(--rule);font-weight:600}
.number{text-align:right;font-variant-numeric:tabular-nums}
.prose{white-space:normal;overflow-wrap:anywhere;min-width:11rem}
.code,code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.875em}
.text{white-space:normal;overflow-wrap:anywhere;min-width:6rem;max-width:22rem}
.short{white-space:nowrap;min-width:0}
td small,th small{display:block;font-weight:400;line-height:1.3}
td.code{white-space:normal;word-break:break-all;min-width:8rem}
pre{background:var(--raised);padding:.75rem 1rem;border-radius:.5rem;white-space:pre-wrap;overflow-wrap:anywhere}
.pictures{display:grid;grid-template-columns:repeat(auto-fill,minmax(7.5rem,1fr));gap:1rem;margin:1rem 0;padding:0;list-style:none}
img,image{image-rendering:pixelated}
.pictures img{display:block;width:100%;height:auto;max-width:9rem;background:#000;border-radius:.25rem}
.pictures span{display:block;font-size:.85rem;line-height:1.35;margin-top:.3rem}
.pictures.wide{grid-template-columns:repeat(auto-fill,minmax(10rem,1fr))}
.samples{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,20rem),1fr));gap:.3rem 2.5rem;margin:1rem 0;padding:0;list-style:none}
.samples.single{grid-template-columns:minmax(0,1fr)}
.samples li{display:grid;grid-template-columns:minmax(5rem,9rem) minmax(0,1fr);gap:.75rem;align-items:center}
.samples b{font-size:.9rem;line-height:1.2;font-weight:500}
.samples span{display:flex;gap:3px}
.samples img{flex:0 1 3.4rem;min-width:0;height:auto;border-radius:2px}
.samples.large{grid-template-columns:repeat(auto-fill,minmax(min(100%,34rem),1fr));gap:.6rem 2.5rem}
.samples.large img{flex-basis:6.5rem}
.legend span{margin-right:1.2rem;white-space:nowrap}
.legend i{display:inline-block;width:.8rem;height:.8rem;margin-right:.35rem;border:1px solid var(--rule);vertical-align:-1px;print-color-adjust:exact}
@media (min-width:75rem){
body{max-width:88rem}
.beside{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0 3rem;align-items:start}
.with-side{display:grid;grid-template-columns:15rem minmax(0,1fr);gap:0 2.5rem;max-width:94rem}
.with-side>header,.with-side>footer{grid-column:1/-1}
.with-side>nav{position:sticky;top:0;align-self:start;max-height:100vh;overflow:auto;padding:1.5rem 0;font-size:.925rem}
.with-side>nav ul{display:block;margin:0;padding:0;list-style:none}
.with-side>nav ul ul{padding:.1rem 0 .6rem .9rem}
.with-side>nav li{margin:.3rem 0;line-height:1.3}
.with-side>nav a{text-decoration:none}
.with-side>nav a:hover{text-decoration:underline}
.with-side>main{min-width:0}
}
@media screen and (max-width:52rem){.figures{grid-template-columns:minmax(0,1fr)}}
@media screen and (max-width:30rem){
table{font-size:.8rem}
th,td{padding:.25rem .3rem}
.text{min-width:4.5rem}
.prose{min-width:6.5rem}
body{padding:1rem .9rem 2rem}
h1{font-size:1.4rem}
.pictures:not(.wide){grid-template-columns:repeat(3,minmax(0,1fr));gap:.75rem}
.pictures:not(.wide) span{font-size:.78rem}
.samples li{grid-template-columns:minmax(0,1fr);gap:.15rem}
}
@media print{
@page{margin:14mm}
body,.with-side{display:block;max-width:none;padding:0;font-size:9pt;line-height:1.35}
nav,details:not(.part){display:none}
details::details-content{content-visibility:visible;block-size:auto}
.part{break-inside:auto}
a{color:inherit;text-decoration:none}
h1{font-size:1.5rem}
h2{margin:.8rem 0 .3rem;padding-top:.4rem}
footer{display:none}
pre{padding:.4rem .6rem;margin:.5rem 0}
h2,h3,h4,summary,.caption{break-after:avoid}
p{orphans:3;widows:3}
h2+p{break-after:avoid}
.scroll{overflow:visible;max-height:none}
.facts{grid-template-columns:repeat(auto-fit,minmax(5.75rem,1fr));gap:.4rem;margin:.75rem 0}
.facts div{padding:.3rem .5rem}
.facts div,pre,thead th{border:1px solid var(--rule);background:none}
thead th{position:static}
table{font-size:8pt}
th,td{padding:.12rem .45rem;white-space:normal;overflow-wrap:break-word}
tr:last-child{break-before:avoid}
.number{white-space:nowrap}
.prose{min-width:0}
tr,li,pre,figure{break-inside:avoid}
.figures{gap:.9rem 1.5rem}
.figures .chart{max-width:100%}
.beside{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0 1.5rem;align-items:start}
.beside.stacked{display:flex;flex-wrap:wrap}
.beside.stacked>:first-child{width:min-content}
.beside.stacked>:last-child{flex:1 1 16rem}
.beside.stacked small{white-space:nowrap}
.beside .chart{max-width:19rem}
.beside.stacked .chart{max-width:24rem}
.figures>.data{grid-column:1/-1}
.pictures{grid-template-columns:repeat(8,1fr);gap:.5rem}
.pictures.wide{grid-template-columns:repeat(6,1fr)}
.pictures span{font-size:7pt}
.samples li{grid-template-columns:5rem minmax(0,1fr);gap:.4rem}
.samples b{font-size:8pt}
tfoot{display:table-row-group}
.wide .chart{min-width:0}
}`;

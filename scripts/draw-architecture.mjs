// Draws docs/pictures/architecture.svg: the floors of scripts/dependency-cruiser.cjs as rows, their folders as rooms, and at the right a line
// from each floor to those that its files import. A line that ran up would be red.
// Made for a phone's width. Usage: node scripts/draw-architecture.mjs [--check]
//   --check writes nothing and fails where the drawing is not that of the sources
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { cruise } from "dependency-cruiser";

const config = createRequire(import.meta.url)("./dependency-cruiser.cjs");
const file = new URL("../docs/pictures/architecture.svg", import.meta.url);
process.chdir(fileURLToPath(new URL("..", import.meta.url)));

/** The parts of the repository that have floors, and their colours. */
const parts = {
  cli: "#3b6fb6",
  bench: "#7a5fb0",
  node: "#a8527e",
  report: "#2a8c82",
  runs: "#5b8c2a",
  src: "#b4552d",
};

const all = config.forbidden
  .filter(({ name }) => name.startsWith("down-only: "))
  .map(({ from }) => ({ pattern: new RegExp(from.path), rooms: [], below: new Set() }));
const floorOf = (path) => all.find(({ pattern }) => pattern.test(path));

const { output } = await cruise(["cli", "bench/suite", "node", "report", "runs", "src"], config.options);
for (const { source, dependencies } of output.modules) {
  const floor = floorOf(source);
  if (!floor) continue; // a package, or a compiled kernel
  const room = roomOf(source, floor.pattern);
  if (!floor.rooms.includes(room)) floor.rooms.push(room);
  for (const target of dependencies.map(({ resolved }) => floorOf(resolved)))
    if (target && target !== floor) floor.below.add(target);
}

const floors = all.filter(({ rooms }) => rooms.length > 0);

/** What of a path a floor's pattern names: a folder, or a file; files that it does not tell apart are their folder. */
function roomOf(path, pattern) {
  return pattern.source.includes("[^") ? `${dirname(path)}/` : pattern.exec(path)[0];
}

const width = 390;
const margin = 6;
const strip = 18; // the part's name, upright
const left = margin + strip + 4;
const right = 262; // of the building; lines are beyond
const height = 23;
const gap = 2; // between the rooms of a floor
const ceiling = 4; // between floors
const letter = 6.4; // pixels, of a 12 pixel letter on average

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const round = (value) => Math.round(value * 10) / 10;

/** Rooms side by side, in as many lines as they need, each line as wide as the building. */
function linesOf(rooms) {
  const lines = [[]];
  for (const room of rooms.toSorted()) {
    const wanted = (names) => names.reduce((sum, name) => sum + label(name).length * letter + 12, 0);
    if (lines.at(-1).length > 0 && wanted([...lines.at(-1), room]) > right - left) lines.push([]);
    lines.at(-1).push(room);
  }
  return lines;
}

/** A folder without the part it is in, where that stands beside it. */
function label(room) {
  const [part, ...path] = room.replace(/[/]$/, "").split("/");
  const alone = floors.filter(({ rooms }) => partOf(rooms[0]) === part).length === 1;
  return path.length === 0 || alone ? [part, ...path].join("/") : path.join("/");
}

function partOf(room) {
  return room.split("/")[0];
}

const shapes = [];
let y = margin;
let part;
const ends = {};
for (const floor of floors) {
  const own = partOf(floor.rooms[0]);
  if (part !== undefined && own !== part) y += ceiling;
  part = own;
  const lines = linesOf(floor.rooms);
  floor.top = y;
  for (const rooms of lines) {
    const letters = rooms.map((room) => label(room).length + 2);
    const free = right - left - gap * (rooms.length - 1);
    let x = left;
    rooms.forEach((room, i) => {
      const wide = (free * letters[i]) / letters.reduce((a, b) => a + b);
      shapes.push(
        `<rect x="${round(x)}" y="${y}" width="${round(wide)}" height="${height}" rx="3" fill="${parts[own]}" fill-opacity="0.13"/>`,
        `<text x="${round(x + wide / 2)}" y="${y + 16}" text-anchor="middle">${escaped(label(room))}</text>`,
      );
      x += wide + gap;
    });
    y += height + gap;
  }
  y -= gap;
  floor.middle = (floor.top + y) / 2;
  ends[own] = { top: ends[own]?.top ?? floor.top, bottom: y };
  y += ceiling;
}

for (const [name, { top, bottom }] of Object.entries(ends)) {
  const middle = (top + bottom) / 2;
  shapes.push(
    `<rect x="${margin}" y="${top}" width="${strip}" height="${bottom - top}" rx="3" fill="${parts[name]}"/>`,
  );
  if (bottom - top > 3 * height)
    shapes.push(
      `<text x="${margin + strip / 2}" y="${middle}" fill="#fff" font-weight="600" text-anchor="middle" dominant-baseline="central" transform="rotate(-90 ${margin + strip / 2} ${middle})">${name}</text>`,
    );
}

y += ceiling;
shapes.push(
  `<rect x="${margin}" y="${y}" width="${right - margin}" height="${height + 8}" rx="3" fill="#333"/>`,
  `<text x="${(margin + right) / 2}" y="${y + 20}" fill="#fff" text-anchor="middle">assembly: the kernels, WebAssembly</text>`,
);
const bottom = y + height + 8 + margin;

const span = floors.at(-1).middle - floors[0].middle;
const lines = floors.flatMap((from) =>
  floors
    .filter((floor) => from.below.has(floor))
    .map((to) => {
      const up = to.middle < from.middle;
      const reach =
        8 + (width - margin - right - 8) * 1.3 * (Math.abs(to.middle - from.middle) / span) ** 0.75;
      const x = right + 3;
      const color = up ? "#d00" : parts[partOf(from.rooms[0])];
      return `<path d="M${x} ${round(from.middle)}C${round(x + reach)} ${round(from.middle)} ${round(x + reach)} ${round(to.middle)} ${x} ${round(to.middle)}" stroke="${color}"${up ? ' stroke-opacity="1"' : ""}/>`;
    }),
);

const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${bottom}" width="${width}" height="${bottom}" role="img" font-family="Open Sans, system-ui, sans-serif" font-size="12" fill="#222">
<title>The floors of anygrad: each imports only what is drawn below it</title>
<rect width="${width}" height="${bottom}" fill="#fff"/>
<g fill="none" stroke-width="0.9" stroke-opacity="0.45">
${lines.join("\n")}
</g>
<g font-size="11" text-anchor="end"><text x="${width - margin}" y="17">imports</text><text x="${width - margin}" y="31">run down only</text></g>
${shapes.join("\n")}
</svg>
`;

if (!process.argv.includes("--check")) writeFileSync(file, svg);
else if (readFileSync(file, "utf8") !== svg) {
  console.error(
    "docs/pictures/architecture.svg is not that of the sources: node scripts/draw-architecture.mjs",
  );
  process.exitCode = 1;
}

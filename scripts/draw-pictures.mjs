// Draws the pictures of README.md and docs from real runs, each with the command that it was made by and the digest of
// what that gave in its PNG (tEXt). After npm run build: node scripts/draw-pictures.mjs [NAME …]
// --check draws nothing: it runs the commands and fails where a picture, the text beside it and what the command gives
// today disagree. Pictures of published data need ANYGRAD_DATA, drawing some needs Chromium; what is skipped is named.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const root = fileURLToPath(new URL("..", import.meta.url));
const options = { check: { type: "boolean", default: false } };
const { values: asked, positionals: names } = parseArgs({ options, allowPositionals: true });
const folder = mkdtempSync(join(tmpdir(), "anygrad-pictures-"));
const chromium = [process.env.ANYGRAD_CHROMIUM, "/usr/bin/chromium", "/usr/bin/google-chrome"].find(
  (path) => path && existsSync(path),
);

/** `command` stands in `page` as it is, or as `typed`; `digests` are what it gives, `draw` gives the PNG. */
const pictures = [
  {
    name: "train",
    page: "README.md",
    command: "anygrad train",
    typed: "npm start",
    digests: () => [JSON.parse(anygrad(["train", "--json", "--quiet"])).digest],
    draw: () => screenshot(terminalPage("npm start", inTerminal(["train"])), { width: 780, scale: 1.5 }),
  },
  {
    name: "report",
    page: "docs/guide/report.md",
    command: "anygrad train cnn-32-32 --dataset fashion-mnist --limit 6000 --epochs 3 --out runs/fashion",
    published: true,
    digests: (args, out) => [JSON.parse(anygrad([...args, "--out", out, "--json", "--quiet"])).digest],
    draw: (out) => screenshot(join(out, "report.html"), { width: 1240, height: 2120, scale: 1 }),
  },
  {
    name: "compare",
    page: "docs/guide/compare.md",
    command:
      "anygrad compare softmax mlp-128-64 cnn-32-32 --dataset mnist,fashion-mnist --limit 5000 --epochs 3 --seed 1 --fair --out DIR",
    published: true,
    digests: (args, out) => {
      anygrad([...args, "--out", out, "--quiet"]);
      const runs = readdirSync(join(out, "runs")).filter((run) => run.endsWith("fashion-mnist"));
      return runs.map((run) => JSON.parse(readFileSync(join(out, "runs", run, "run.json"), "utf8")).digest);
    },
    draw: (out) => readFileSync(join(out, "figures/fashion-mnist-classes.png")),
  },
  {
    name: "data-preview",
    page: "docs/guide/data.md",
    command: "anygrad data preview digits --out digits.png",
    // the sheet is the same bytes everywhere: it is its own digest
    digests: (_, out) => {
      anygrad(["data", "preview", "digits", "--out", `${out}.png`]);
      return [
        createHash("sha256")
          .update(readFileSync(`${out}.png`))
          .digest("hex"),
      ];
    },
    unnamed: true,
    draw: (out) => readFileSync(`${out}.png`),
  },
];

const HEADER = 8 + 25; // bytes of a PNG before the chunks behind IHDR
let failed = 0;
try {
  for (const picture of pictures)
    if (names.length === 0 || names.includes(picture.name)) {
      const problem = treat(picture);
      if (problem) failed++;
      console.error(`docs/pictures/${picture.name}.png: ${problem ?? (asked.check ? "ok" : "drawn")}`);
    }
} finally {
  rmSync(folder, { recursive: true });
}
process.exitCode = failed === 0 ? 0 : 1;

/** What is wrong, or undefined. */
function treat({ name, page, command, typed = command, published, unnamed, digests, draw }) {
  if (published && !process.env.ANYGRAD_DATA) {
    console.error(`docs/pictures/${name}.png: SKIPPED, ANYGRAD_DATA is not set`);
    return undefined;
  }
  const out = join(folder, name);
  const args = command
    .replace(/ --out .*/, "")
    .split(" ")
    .slice(1);
  const given = digests(args, out).sort();
  const file = join(root, "docs/pictures", `${name}.png`);
  const text = readFileSync(join(root, page), "utf8");
  const untold = unnamed ? [] : given.filter((digest) => !text.includes(digest.slice(0, 6)));
  if (!text.includes(typed)) return `${page} does not have its command, ${typed}`;
  if (untold.length > 0) return `${page} does not name what the command gives: ${untold.join(", ")}`;
  if (!asked.check) {
    const png = draw(out);
    if (png) writeFileSync(file, withText(png, { Command: command, Digest: given.join(" ") }));
    else console.error(`docs/pictures/${name}.png: SKIPPED, there is no Chromium`);
    return undefined;
  }
  const said = textOf(readFileSync(file));
  if (said.Command !== command) return `was made by "${said.Command}"; draw it again`;
  if (said.Digest !== given.join(" ")) return `shows ${said.Digest}, the command gives ${given.join(" ")}`;
  return undefined;
}

function anygrad(args, flags = [], settings = {}) {
  const program = [...flags, join(root, "dist/cli/main.js"), ...args];
  return execFileSync(process.execPath, program, { encoding: "utf8", stdio: "pipe", ...settings });
}

/** What a command prints on a terminal of 80 columns, colours included, without the bar that it takes away again. */
function inTerminal(args) {
  const terminal = "data:text/javascript,process.stderr.isTTY=true;process.stderr.columns=80;";
  const program = ["--import", terminal, join(root, "dist/cli/main.js"), ...args];
  const shell = [process.execPath, ...program].map((word) => `'${word}'`).join(" ");
  const env = { ...process.env, TERM: "xterm-256color", NO_COLOR: "" };
  const printed = execFileSync("sh", ["-c", `${shell} 2>&1`], { encoding: "utf8", env });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these move the cursor
  const colorsOnly = printed.replace(/\x1b\[[\d;?]*[A-Za-ln-z]/g, "");
  return colorsOnly.split(/\r?\n/).filter((line) => !/[━─╸]{3}/.test(line));
}

/** The lines as a page that looks like a terminal. */
function terminalPage(typed, lines) {
  const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const styles = {
    1: "font-weight:600;color:#fff",
    2: "color:#8f98a3",
    32: "color:#7ee787",
    31: "color:#ff7b72",
  };
  const colors = { 32: "#0087d7", 36: "#00af87", 172: "#d78700" }; // of xterm's 256
  const html = lines.map((line) => {
    let text = "";
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is how colours begin
    for (const [, codes, words] of `\x1b[0m${line}`.matchAll(/\x1b\[([\d;]*)m([^\x1b]*)/g)) {
      const style = codes.startsWith("38;5;") ? `color:${colors[codes.slice(5)]}` : (styles[codes] ?? "");
      text += `<span style="${style}">${escaped(words)}</span>`;
    }
    return text;
  });
  const file = join(folder, "terminal.html");
  writeFileSync(
    file,
    `<!doctype html><meta charset="utf-8"><style>body{margin:0;background:#0d1117;color:#c9d1d9}
pre{margin:0;padding:16px 22px;font:15px/19px "DejaVu Sans Mono",monospace}</style>
<pre><span style="color:#8f98a3">$ ${typed}</span>\n${html.join("\n").trimEnd()}</pre>`,
  );
  terminalPage.height = 19 * (lines.length + 1) + 32;
  return file;
}

/** The upper part of a page as PNG; undefined where there is no Chromium. */
function screenshot(file, { width, height = terminalPage.height, scale }) {
  if (!chromium) return undefined;
  const png = join(folder, "screenshot.png");
  const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", `--screenshot=${png}`];
  const size = [`--window-size=${width},${height}`, `--force-device-scale-factor=${scale}`];
  execFileSync(chromium, [...flags, ...size, pathToFileURL(file).href], { stdio: "ignore" });
  return readFileSync(png);
}

/** The PNG with these texts (Latin-1) as tEXt chunks. */
function withText(png, texts) {
  const chunks = Object.entries(texts).map(([key, text]) => {
    const body = Buffer.from(`tEXt${key}\0${text}`, "latin1");
    const chunk = Buffer.alloc(body.length + 8);
    chunk.writeUInt32BE(body.length - 4, 0);
    body.copy(chunk, 4);
    chunk.writeUInt32BE(crc32(body), body.length + 4);
    return chunk;
  });
  return Buffer.concat([png.subarray(0, HEADER), ...chunks, png.subarray(HEADER)]);
}

function textOf(png) {
  const texts = {};
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString("latin1", at + 4, at + 8) !== "tEXt") continue;
    const [key, text] = png.toString("latin1", at + 8, at + 8 + png.readUInt32BE(at)).split("\0");
    texts[key] = text;
  }
  return texts;
}

/** The check sum of PNG's chunks (ISO 3309); zlib's own came with Node 22. */
function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

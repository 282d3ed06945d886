// Writes the lists in docs/kernels.md from assembly/: between "<!-- kernels FILE -->" and "<!-- end -->" the kernels that a file
// exports, between "<!-- record NAME -->" and "<!-- end -->" the fields of a record. What a kernel computes is the first paragraph of
// its doc comment. Fails where a kernel or a record has no place on the page. After npm run build: node scripts/list-kernels.mjs
// [--check], which compares and writes nothing.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { declarationOf, exportedFunctions, isKernel, recordsOf } from "./build/kernel-interface.mjs";
import { families } from "./build/kernel-modules.mjs";
import { firstParagraph } from "./build/kernel-traffic.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const page = join(root, "docs/kernels.md");
const folder = join(root, "assembly");
const sources = new Map(
  readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => [file, readFileSync(join(folder, file), "utf8")]),
);
const text = [...sources.values()].join("\n");
const wasms = ["simd", ...families.map((family) => `${family}-simd`)].map((name) =>
  readFileSync(join(root, `dist/kernels/${name}.wasm`)),
);
const functions = new Map(wasms.flatMap(exportedFunctions).map((name) => [name, declarationOf(name, text)]));
const kernels = new Set([...functions.values()].filter(isKernel).map(({ name }) => name));
const records = new Map(recordsOf(text).map((record) => [record.name, record]));
const lists = { kernels: kernelList, record: fieldList };

const missing = new Set([...kernels, ...records.keys()]);
const written = readFileSync(page, "utf8");
const listed = written.replaceAll(
  /(<!-- (kernels|record) (\S+) -->\n).*?(<!-- end -->)/gs,
  (_, begin, kind, name, end) => `${begin}\n${lists[kind](name).join("\n")}\n\n${end}`,
);
if (missing.size > 0) fail(`docs/kernels.md has no place for ${[...missing].join(", ")}`);
if (!process.argv.includes("--check")) writeFileSync(page, listed);
else if (listed !== written)
  fail("docs/kernels.md is not that of the sources: node scripts/list-kernels.mjs");

/** A row a kernel: how it is called, what it computes, what its units follow from. */
function kernelList(file) {
  const source = sources.get(file) ?? "";
  const names = [...source.matchAll(/^export function (\w+)/gm)].map(([, name]) => name);
  const rows = names.filter((name) => kernels.has(name)).map((name) => kernelRow(name, source));
  if (rows.length === 0) fail(`docs/kernels.md lists assembly/${file}, which exports no kernel`);
  return ["| kernel | computes | units follow from |", "|---|---|---|", ...rows];
}

function kernelRow(name, source) {
  missing.delete(name);
  const parameters = functions
    .get(name)
    .parameters.map(([parameter, type]) =>
      /^(usize|i32)$/.test(type) ? parameter : `${parameter}: ${type}`,
    );
  const units = functions.get(`${name}_units`)?.parameters.map(([parameter]) => `\`${parameter}\``);
  return `| \`${name}(${parameters.join(", ")})\` | ${meaningOf(name, source)} | ${units?.join(", ") ?? "serial"} |`;
}

/** The first paragraph of the doc comment, without tags, in a cell of a table. */
function meaningOf(name, source) {
  const paragraph = firstParagraph(name, source);
  if (!paragraph) fail(`${name} has no doc comment`);
  return paragraph
    .replaceAll("|", "\\|")
    .replaceAll(/\n(?=Serial:)|(?<![.,;:])\n(?=[A-Z\d`])/g, "<br>") // behind the line of shapes something else begins
    .replaceAll("\n", " ");
}

/** A row a comment of a record: the fields that it stands before, with their places. */
function fieldList(name) {
  const record = records.get(name);
  if (!record) fail(`docs/kernels.md lists ${name}, which is no record`);
  missing.delete(name);
  const body = new RegExp(`export class ${name} \\{([^}]*)\\}`).exec(text)[1];
  const rows = body
    .split("/**")
    .slice(1)
    .map((part) => {
      const [comment, fields] = part.split("*/");
      const names = [...fields.matchAll(/(\w+): i32;/g)].map(([, field]) => field);
      const bytes = names.map((field) => 4 * record.fields.indexOf(field));
      return `| ${bytes.join(", ")} | ${names.map((field) => `\`${field}\``).join(" ")} | ${comment.trim()} |`;
    });
  return ["| byte | field | |", "|---|---|---|", ...rows];
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

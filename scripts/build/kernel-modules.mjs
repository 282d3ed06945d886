// Which modules the kernels are compiled to, of which sources, and where their constants lie. A family is a folder of assembly/
// with an index.ts, which lists what its module exports: nothing else has to name it.
import { existsSync, readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../assembly/", import.meta.url));

/** Bytes of memory for the constants of each module: the core's, which begin at 1,024 and end below this, then the families'. */
const SLOT = 2048;

/** The names of the families, in alphabetical order. */
export const families = readdirSync(folder)
  .filter((name) => existsSync(join(folder, name, "index.ts")))
  .sort();

/**
 * The builds of a family. An engine of the relaxed build runs the simd build of most, over the relaxed core; convolutions are products of
 * their own, whose tiles have six rows where products are fused.
 */
export const buildsOf = (family) =>
  family === "conv2d" ? ["scalar", "simd", "relaxed"] : ["scalar", "simd"];

/**
 * The families whose simd build is a file of its own, imported with the core where a network may need it: too large to be in the code that
 * calls it. It is packed behind the core, with which it has products in common.
 */
export const isLate = (family) => family === "conv2d";

/** The first byte behind all constants: what engines use of their memory begins there. */
export const heapBase = SLOT * (families.length + 1);

/** All sources; generated/ is made of them. */
export const assemblySources = readdirSync(folder, { recursive: true })
  .filter((file) => file.endsWith(".ts") && !file.startsWith("generated"))
  .sort()
  .map((file) => join(folder, file));

/** Where a module's constants may begin. @param family none for the core */
export function slotOf(family) {
  return SLOT * (families.indexOf(family) + 1);
}

/** The sources that a module may be made of: of families its own folder alone. @param family none for the core */
export function sourcesOf(family) {
  return assemblySources.filter((file) => {
    const [place] = file.slice(folder.length).split(sep);
    return !families.includes(place) || place === family;
  });
}

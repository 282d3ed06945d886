/**
 * The kernels' interface as a whole: every kernel either says how its work is split, or says why it is not. The rest of the
 * engine knows no kernel by name, so what is forgotten here would silently run on one thread, or without scratch.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { open } from "../../bench/suite/builds.ts";
import {
  kernelNames as ceilingNames,
  kernels as ceilings,
} from "../../bench/suite/kernels/ceiling.generated.ts";
import { ceilingKernels } from "../../bench/suite/kernels/ceiling.ts";
import { kernelNames, kernels, recordFields } from "../../src/kernels/abi.generated.ts";
import { signatureOf } from "../../src/kernels/kernel.ts";
import { loadKernels } from "../../src/kernels/load.ts";
import { Heap } from "../../src/memory/heap.ts";
import { embedded } from "../embedded.ts";
import { allKernels, families, nameOf } from "../families.ts";

const build = { variant: "simd", threads: 1 } as const;
const fileOf = (name: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(readFileSync(new URL(`../../dist/kernels/${name}.wasm`, import.meta.url)));
/** The library's core, the benchmark's module and the families: each as a file, which has names, as what is run, and its kernels. */
const modules = [
  { module: "kernels", file: fileOf("simd"), exports: (await open(build)).exports, kernels, kernelNames },
  {
    module: "ceilings",
    file: ceilingKernels("simd"),
    exports: (await open(build, ceilingKernels("simd"))).exports,
    kernels: ceilings,
    kernelNames: ceilingNames,
  },
  ...(await Promise.all(
    families.map(async ({ name, family, kernels: own, kernelNames: names }) => {
      const { code, families: given } = await embedded("simd");
      const heap = new Heap(new WebAssembly.Memory({ initial: 1, maximum: 65536 }));
      const core = (await loadKernels(code, heap.memory)).exports;
      const host = { exports: core, heap, variant: "simd", families: given } as const;
      const exports = family.exportsIn(host);
      return { module: name, file: fileOf(`${name}-simd`), exports, kernels: own, kernelNames: names };
    }),
  )),
].map((each) => ({
  ...each,
  functions: WebAssembly.Module.exports(new WebAssembly.Module(each.file))
    .filter(({ kind }) => kind === "function")
    .map(({ name }) => name),
}));
const records = [recordFields, ...families.map((each) => each.recordFields)].flatMap(Object.values);
const questions = /_(units|workspace_bytes)$/;

const folder = new URL("../../assembly/", import.meta.url);
const source = (readdirSync(folder, { recursive: true }) as string[])
  .filter((file) => file.endsWith(".ts"))
  .map((file) => readFileSync(new URL(file, folder), "utf8"))
  .join("\n");

/** The comment that stands right before an exported function. */
function commentOf(name: string): string {
  const at = source.search(new RegExp(`^export function ${name}\\b`, "m"));
  const before = source.slice(0, at).trimEnd();
  return before.endsWith("*/") ? before.slice(before.lastIndexOf("/**")) : "";
}

describe.each(modules)("the exports of $module", ({ exports, functions, kernels, kernelNames: names }) => {
  it("are kernels, their questions, and what tells of the module", () => {
    const others = functions.filter((name) => !names.includes(name) && !questions.test(name));
    expect(others).toEqual(["build_variant", "heap_base"]);
  });

  it("hold no question without its kernel", () => {
    for (const name of functions.filter((each) => questions.test(each)))
      expect(names, name).toContain(name.replace(questions, ""));
  });

  it("are in one order in the file and in the module inside the package, which has no names", () => {
    expect(functions.length).toBe(exports.filter((each) => typeof each === "function").length);
    expect(kernels.map((kernel) => functions[signatureOf(kernel).place])).toEqual(names);
  });
});

it("is that of kernels of different names", () => {
  const names = allKernels.map(nameOf);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

const rows = modules.flatMap(({ kernels, kernelNames: names, exports, functions }) =>
  kernels.map((kernel, i) => ({
    ...signatureOf(kernel),
    name: names[i]!,
    kernel: exports[signatureOf(kernel).place]!,
    /** The functions of the module by name. */
    functions: Object.fromEntries(functions.map((name, place) => [name, exports[place]!])),
  })),
);

describe.each(rows)("$name", ({ name, names: parameters, units, workspace, fields, kernel, functions }) => {
  const ranged = units.length > 0;

  it("has a range and counts its units, or says why it is serial", () => {
    expect(typeof functions[`${name}_units`]).toBe(ranged ? "function" : "undefined");
    const says = /Serial: \S/.test(commentOf(name));
    expect(says, `${name}: a comment "Serial: why" for a kernel without a range, and for no other`).toBe(
      !ranged,
    );
  });

  it("takes what it asks for from its own parameters", () => {
    const asked = (question: string): number | undefined => functions[`${name}_${question}`]?.length;
    expect(asked("units")).toBe(ranged ? units.length : undefined);
    expect(asked("workspace_bytes")).toBe(workspace < 0 ? undefined : units.length + 1);
  });

  it("takes as many numbers as its constant says", () => {
    expect(kernel.length).toBe(parameters.length + (ranged ? 2 : 0));
  });

  it("begins with a line of shapes", () => {
    expect(commentOf(name), name).toMatch(/\w+(\[[^\]]+\]|\[\])/);
  });

  it("takes its geometry as a record", () => {
    if (parameters.includes("geometry") || parameters.includes("shape"))
      expect(records).toContain(fields.join(" "));
    expect(parameters.length, `${name}: more parameters than one can read`).toBeLessThanOrEqual(14);
  });
});

/**
 * The kernels' interface as a whole: every kernel either says how its work is split, or says why it is not. The rest of the
 * engine knows no kernel by name, so what is forgotten here would silently run on one thread, or without scratch.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { open } from "../../bench/suite/builds.ts";
import { kernels as ceilings } from "../../bench/suite/kernels/ceiling.generated.ts";
import { ceilingKernels } from "../../bench/suite/kernels/ceiling.ts";
import { kernels, recordFields } from "../../src/kernels/abi.generated.ts";
import { signatureOf } from "../../src/kernels/kernel.ts";
import { loadKernels } from "../../src/kernels/load.ts";
import { Heap } from "../../src/memory/heap.ts";
import { embedded } from "../embedded.ts";
import { allKernels, families } from "../families.ts";

const build = { variant: "simd", threads: 1 } as const;
/** The library's core, the benchmark's module and the families, each with its kernels. */
const modules = [
  { module: "kernels", exports: { ...(await open(build)).exports }, kernels },
  {
    module: "ceilings",
    exports: { ...(await open(build, ceilingKernels("simd"))).exports },
    kernels: ceilings,
  },
  ...(await Promise.all(
    families.map(async ({ name, family, kernels: own }) => {
      const { code, families: given } = await embedded("simd");
      const heap = new Heap(new WebAssembly.Memory({ initial: 1, maximum: 65536 }));
      const core = (await loadKernels(code, heap.memory)).exports;
      const host = { exports: core, heap, variant: "simd", families: given } as const;
      return { module: name, exports: family.exportsIn(host), kernels: own };
    }),
  )),
];
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

describe.each(modules)("the exports of $module", ({ exports, kernels }) => {
  const names = new Set(kernels.map((kernel) => signatureOf(kernel).name));
  const functions = Object.entries(exports)
    .filter(([, value]) => typeof value === "function")
    .map(([name]) => name);

  it("are kernels, their questions, and what tells of the module", () => {
    const others = functions.filter((name) => !names.has(name) && !questions.test(name));
    expect(others.sort()).toEqual(["build_variant", "heap_base"]);
  });

  it("hold no question without its kernel", () => {
    for (const name of functions.filter((each) => questions.test(each)))
      expect(names, name).toContain(name.replace(questions, ""));
  });
});

it("is that of kernels of different names", () => {
  const names = allKernels.map((kernel) => signatureOf(kernel).name);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

const rows = modules.flatMap(({ kernels, exports }) =>
  kernels.map((kernel) => ({
    ...signatureOf(kernel),
    exports: exports as Readonly<Record<string, unknown>>,
  })),
);

describe.each(rows)("$name", ({ name, names: parameters, units, workspace, fields, exports }) => {
  const ranged = units.length > 0;

  it("has a range and counts its units, or says why it is serial", () => {
    expect(typeof exports[`${name}_units`]).toBe(ranged ? "function" : "undefined");
    const says = /Serial: \S/.test(commentOf(name));
    expect(says, `${name}: a comment "Serial: why" for a kernel without a range, and for no other`).toBe(
      !ranged,
    );
  });

  it("takes what it asks for from its own parameters", () => {
    const asked = (question: string): number | undefined =>
      (exports[`${name}_${question}`] as { length: number } | undefined)?.length;
    expect(asked("units")).toBe(ranged ? units.length : undefined);
    expect(asked("workspace_bytes")).toBe(workspace < 0 ? undefined : units.length + 1);
  });

  it("takes as many numbers as its constant says", () => {
    const { length } = exports[name] as (...values: number[]) => void;
    expect(length).toBe(parameters.length + (ranged ? 2 : 0));
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

import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { expect, it } from "vitest";
import { supportsRelaxedSimd, supportsSimd } from "../../src/runtime/simd.ts";

const kernels = (build: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(readFileSync(new URL(`../../dist/kernels/${build}.wasm`, import.meta.url)));

function compiles(build: string): boolean {
  try {
    new WebAssembly.Module(kernels(build));
    return true;
  } catch {
    return false;
  }
}

// Node 20 has relaxed SIMD behind this flag, off unless it is given
const isFlag = process.versions.node.startsWith("20.");
const setRelaxed = (wanted: boolean): void =>
  setFlagsFromString(`--${wanted ? "" : "no-"}experimental-wasm-relaxed-simd`);

it("tells what the runtime really compiles", () => {
  expect(supportsSimd()).toBe(compiles("simd"));
  expect(supportsSimd()).toBe(true); // each runtime that has Node's versions
  expect(supportsRelaxedSimd()).toBe(compiles("relaxed"));
});

it.runIf(isFlag)("follows the flag for relaxed SIMD", () => {
  // without it first: V8 gives again what it has compiled once
  for (const wanted of [false, true]) {
    setRelaxed(wanted);
    expect(supportsRelaxedSimd()).toBe(wanted);
    expect(compiles("relaxed")).toBe(wanted);
    expect(supportsSimd()).toBe(true);
  }
});

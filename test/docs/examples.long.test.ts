/**
 * The `@example` blocks of the doc comments in src run as they are, on the built package, and print what they say they print.
 * A comment that stands behind a call of `console.log` is what it prints, white space aside; "…" stands for anything.
 */
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const run = promisify(execFile);

interface Example {
  /** File and line in which the doc comment begins. */
  place: string;
  /** What the doc comment tells about: the declaration behind it, or where it is the file's own comment, the file's folder. */
  name: string;
  code: string;
}

/** The examples of a file's doc comments. */
function examplesOf(file: string): Example[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/\/\*\*(.*?)\*\/(?=\s*([^\n]*(?:\n[^\n]*)?))/gs)].flatMap((comment) => {
    const [, body = "", declaration = ""] = comment;
    return [...body.matchAll(/@example[^\n]*\n[ *]*```js\n(.*?)```/gs)].map(([, lines]) => ({
      place: `${file}:${text.slice(0, comment.index).split("\n").length}`,
      name: (!body.includes("@packageDocumentation") && declaredName(declaration)) || basename(dirname(file)),
      code: lines!.replaceAll(/^ *\* ?/gm, ""),
    }));
  });
}

function declaredName(declaration: string): string | undefined {
  return /^(?:export )?(?:async )?(?:function |const |class |interface |\* as )?([A-Za-z]\w*)/.exec(
    declaration,
  )?.[1];
}

/** What the comments behind `console.log` say. */
function promised(code: string): string[] {
  return [...code.matchAll(/^\s*console[.]log\(.*\); *\/\/ (.*)$/gm)].map(([, text]) => text!);
}

/** "[[1, 2]]" as Node prints it, "[ [ 1, 2 ] ]", is the same. */
function asPattern(lines: readonly string[]): RegExp {
  const escaped = lines.map((line) =>
    line
      .replaceAll(/\s/g, "")
      .replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")
      .replaceAll("…", ".*"),
  );
  return new RegExp(`^${escaped.join("")}$`, "s");
}

const examples = ["src", "node"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .flatMap((name) => examplesOf(`${folder}/${name}`)),
);

describe("examples in doc comments", () => {
  it.concurrent.each(examples)("$name ($place)", async ({ code }) => {
    const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", code]);
    const lines = promised(code);
    expect(lines.length, "an example prints something, and says what").toBeGreaterThan(0);
    expect(stdout.replaceAll(/\s/g, "")).toMatch(asPattern(lines));
  });

  it.each([
    "createEngine",
    "valueAndGrad",
    "variable",
    "sequential",
    "model",
    "input",
    "load",
    "digits",
    "readCsv",
    "readIdx",
    "dataset",
    "split",
    "normalize",
    "oneHot",
    "conv2d",
    "matmul",
    "augmentation",
    "layers",
    "ops",
    "losses",
    "metrics",
    "optimizers",
    "schedules",
    "callbacks",
    "tensorBoard",
  ])("%s has one", (name) => {
    expect(examples.map((example) => example.name)).toContain(name);
  });
});

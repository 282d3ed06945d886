/**
 * The module of a user's own network, imported: `import … from "anygrad"` in it finds the package where the user has it, and
 * the command line's own copy where there is none, as with npx. What is wrong with it is told in one line, with the place.
 */
import { spawnSync } from "node:child_process";
import { stat } from "node:fs/promises";
import { createRequire, register } from "node:module";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { packageFile } from "../../node/packageFile.ts";
import { AnygradError } from "../../src/errors.ts";
import { checkRegular } from "../../src/runtime/regularFiles.ts";
import { placeOf } from "../process/places.ts";

/** All that a module exports. @throws AnygradError INVALID_ARGUMENT */
export async function importModule(path: string): Promise<{ readonly default?: unknown }> {
  const place = placeOf(path);
  const { href } = pathToFileURL(resolve(place));
  await checkRegular({ stat }, place).catch((error: unknown) => {
    if (error instanceof AnygradError) throw error; // what is not there at all, the import tells
  });
  provideAnygrad(href);
  return ofUser(path, () => import(href) as Promise<{ default?: unknown }>);
}

/** The default export of a module. @throws AnygradError INVALID_ARGUMENT */
export async function importDefault(path: string): Promise<unknown> {
  const module = await importModule(path);
  if (module.default !== undefined) return module.default;
  const named = Object.keys(module);
  throw refusal(
    path,
    `it has no default export${named.length > 0 ? ` but ${named.slice(0, 5).join(", ")}` : ""}; write export default with a model, a list of layers, or a function that makes one`,
  );
}

/**
 * Runs what the user wrote: an error in it names the line, and what it prints goes to stderr, for stdout may hold JSON.
 *
 * @throws AnygradError INVALID_ARGUMENT
 */
export async function ofUser<T>(path: string, work: () => T | Promise<T>): Promise<T> {
  const write = process.stdout.write;
  process.stdout.write = process.stderr.write.bind(process.stderr) as typeof write;
  try {
    return await work();
  } catch (error) {
    throw refusal(path, reasonOf(error, path), error);
  } finally {
    process.stdout.write = write;
  }
}

/** For whatever is wrong with a model file. */
export function refusal(path: string, reason: string, cause?: unknown): AnygradError {
  return new AnygradError("INVALID_ARGUMENT", `${path}: ${reason}`, { cause });
}

let isProvided = false;

/** Where the folder has no anygrad, imports of it are answered with this copy. */
function provideAnygrad(module: string): void {
  if (isProvided) return;
  try {
    createRequire(module).resolve("anygrad");
  } catch {
    if (typeof register !== "function") return; // the import says that there is no such package
    const own = pathToFileURL(packageFile("package.json")).href;
    // a package finds itself by its name: what this file's own folder would import is the command line's copy
    const hook = `export async function resolve(specifier, context, next) {
  return /^anygrad(\\/|$)/.test(specifier) ? next(specifier, { ...context, parentURL: ${JSON.stringify(own)} }) : next(specifier, context);
}`;
    register(`data:text/javascript,${encodeURIComponent(hook)}`);
    isProvided = true;
  }
}

function reasonOf(error: unknown, path: string): string {
  const { code, message, stack } = asError(error);
  const advice = code === undefined ? undefined : adviceFor(code, message, path);
  if (advice !== undefined) return advice;
  const place = placeIn(stack) ?? (error instanceof SyntaxError ? syntaxPlace(path) : undefined);
  const known = error instanceof Error ? error.name : "Error";
  const name = known === "Error" || known === "AnygradError" ? "" : `${known}: `;
  return `${name}${message.split("\n")[0]}${place === undefined ? "" : ` (${place})`}`;
}

function adviceFor(code: string, message: string, path: string): string | undefined {
  if (code === "ERR_UNKNOWN_FILE_EXTENSION" && /[.][cm]?ts$/.test(path))
    return `Node ${process.versions.node} reads no TypeScript; use Node 22.18 or later, or pass the .mjs that it is compiled to`;
  if (code !== "ERR_MODULE_NOT_FOUND" && code !== "MODULE_NOT_FOUND") return undefined;
  const [, missing] = /Cannot find (?:package|module) '([^']+)'/.exec(message) ?? [];
  return `it imports ${missing?.startsWith("/") ? `${missing}, which is not there` : `"${missing}", which is not installed beside it`}; check the import`;
}

function asError(error: unknown): { code?: string; message: string; stack: string } {
  if (typeof error !== "object" || error === null)
    return { message: `it throws ${String(error)}`, stack: "" };
  const { code, message, stack } = error as { code?: unknown; message?: unknown; stack?: unknown };
  return {
    ...(typeof code === "string" && { code }),
    message: typeof message === "string" && message !== "" ? message : "it throws an error without a message",
    stack: typeof stack === "string" ? stack : "",
  };
}

/** The first place of a stack that is not in Node or in a package: "mine.mjs:3". */
function placeIn(stack: string): string | undefined {
  const own = pathToFileURL(packageFile("dist/")).href;
  for (const [, url = "", line] of stack.matchAll(/(file:\/\/[^\s()]+?):(\d+):\d+/g)) {
    if (url.startsWith(own) || url.includes("/node_modules/")) continue;
    return `${shortName(url)}:${line}`;
  }
  return undefined;
}

/** Where Node's own check finds the error: `import()` does not say. */
function syntaxPlace(path: string): string | undefined {
  const { stderr } = spawnSync(process.execPath, ["--check", path], { encoding: "utf8", timeout: 10_000 });
  const [, line] = /^[^\n]*:(\d+)\n/.exec(stderr) ?? [];
  return line === undefined ? undefined : `${shortName(path)}:${line}`;
}

function shortName(place: string): string {
  const path = place.startsWith("file:") ? fileURLToPath(place) : place;
  return path.split(/[/\\]/).at(-1)!;
}

/**
 * Commands as processes that are simulated: all in this one, each with an instance of the program of its own, its own `process`, and a view of
 * the file system that faults.cjs can get at. One that dies does nothing from then on that anybody could see: what it waits for never
 * comes, its files are closed, those that it has started lose their link. To start a real process takes ten times the work of a
 * run as short as these. What is behind the views is real: the files, the training, the links between processes are made of events.
 *
 * The program is what main.js of the package is, as one script, which is compiled once. Its PNG files have the bytes of the SVG: they are
 * written as ever, but not drawn, which took more than all else that compare and tune do here. The parts with real processes draw them.
 */
import { EventEmitter } from "node:events";
import * as files from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { Script } from "node:vm";
import { rolldown } from "rolldown";

const require = createRequire(import.meta.url);
const { injectFaults } = require("./faults.cjs");

/** Numbers that no process of the machine has (Linux gives at most 2²²). */
const FIRST_PID = 2 ** 23;
const never = new Promise(() => {});
/** Thrown where a dead process does something that waits for nothing. */
class Dead extends Error {}

// what a dead one leaves unhandled nobody sees; of a live one it would be the end
process.on("unhandledRejection", (error) => {
  if (!(error instanceof Dead)) throw error;
});
shareCompiledKernels();

/**
 * @param folder with the package, as copyPackage makes it
 * @returns as `anygrad` of commands.mjs, without `killAfter`
 */
export async function simulatedMachine(folder) {
  const main = join(folder, "dist/cli/main.js");
  const script = await scriptOf(main);
  const running = new Map();
  let lastPid = FIRST_PID;

  function start(args, env, cwd, link) {
    const pid = ++lastPid;
    const state = { dead: false, children: new Set(), closers: new Map(), end: undefined };
    const ended = new Promise((resolve) => {
      state.end = resolve;
    });
    const own = processOf({ pid, env, cwd, args: [process.execPath, main, ...args], running, link });
    const over = (code, signal) => {
      if (!running.delete(pid)) return;
      state.dead = true;
      for (const close of state.closers.values()) close();
      for (const child of state.children) child.lose();
      for (const stream of [own.stdout, own.stderr]) {
        stream.end();
        stream.write = () => true; // what the dead says nobody hears
      }
      state.end({ code, signal });
    };
    const die = () => {
      over(null, "SIGKILL");
      throw new Dead();
    };
    running.set(pid, () => over(null, "SIGKILL"));
    const { fs, counted } = viewOf(state, die, env, pid);
    const fork = (file, rest, options) => {
      if (state.dead) throw new Dead();
      if (file !== main) throw new Error(`${file} is not ${main}`);
      const child = startChild(rest, options.env, cwd);
      state.children.add(child);
      child.once("exit", () => state.children.delete(child));
      return child;
    };
    const modules = { fs, "fs/promises": fs.promises, child_process: { fork }, process: own };
    const requireOwn = (name) => modules[name.replace(/^node:/, "")] ?? require(name);
    const module = { exports: {} };
    const imported = async (name) => requireOwn(name);
    script(module.exports, requireOwn, module, main, dirname(main), own, globalsWith(own), imported);
    own.ended.then((code) => {
      if (state.dead) return;
      own.emit("exit", code);
      if (counted) counted();
      over(code, null);
    });
    return { pid, own, ended, kill: () => running.get(pid)?.() };
  }

  /** As `fork` gives it. */
  function startChild(args, env, cwd) {
    const child = Object.assign(new EventEmitter(), { connected: true });
    const link = {
      send: (message) => setImmediate(() => child.connected && child.emit("message", message)),
    };
    const { pid, own, ended, kill } = start(args, env, cwd, link);
    const disconnect = () => {
      if (!child.connected) return;
      child.connected = false;
      own.connected = false;
      setImmediate(() => own.emit("disconnect"));
    };
    ended.then(({ code, signal }) => setImmediate(() => child.emit("exit", code, signal)));
    return Object.assign(child, {
      pid,
      stdout: own.stdout,
      stderr: own.stderr,
      disconnect,
      kill,
      lose: disconnect,
    });
  }

  return async function anygrad(args, { fault, cwd = process.cwd() } = {}) {
    const env = {
      PATH: process.env.PATH,
      HOME: "/dev/null/nowhere",
      NO_COLOR: "1",
      ...(fault && { ANYGRAD_CRASH: JSON.stringify(fault) }),
    };
    const { own, ended } = start(args, env, cwd);
    const [{ code, signal }, stdout, stderr] = await Promise.all([ended, text(own.stdout), text(own.stderr)]);
    return { code, signal, stdout, stderr };
  };
}

/** What report/charts/raster.ts uses of resvg. */
const undrawn = `
export const initWasm = async () => {};
export class Resvg {
  constructor(svg) {
    this.svg = svg;
  }
  render() {
    return { asPng: () => new TextEncoder().encode(this.svg), free() {} };
  }
  free() {}
}`;

/** The program as a function of what modules of CommonJS are given, and of `process` and `globalThis`. */
async function scriptOf(main) {
  const rasterizer = join(dirname(main), "../packages/@resvg/resvg-wasm.js");
  let isUndrawn = false;
  const build = await rolldown({
    input: main,
    platform: "node",
    logLevel: "silent",
    plugins: [
      {
        name: "one script",
        transform(code, id) {
          if (id === rasterizer) {
            isUndrawn = true;
            return undrawn;
          }
          const placed = code.replaceAll(
            /\bimport\.meta\b/g,
            `({url:${JSON.stringify(pathToFileURL(id).href)}})`,
          );
          // CommonJS knows no await outside of functions
          return id === main ? placed.replace(/process\.exitCode ?= ?await /, "process.ended = ") : placed;
        },
      },
    ],
  });
  const { output } = await build.generate({ format: "cjs", codeSplitting: false });
  if (!isUndrawn) throw new Error(`${main} draws its figures by another module than ${rasterizer}`);
  const code = output[0].code.replace(/^#!/, "//").replaceAll(/\bimport\(/g, "imported("); // what is left is Node's own
  return new Script(
    `(function (exports, require, module, __filename, __dirname, process, globalThis, imported) {${code}\n})`,
    { filename: join(dirname(main), "program.cjs") },
  ).runInThisContext();
}

/** `process` of one that is simulated. @param link to who has started it, as one of several */
function processOf({ pid, env, cwd, args, running, link }) {
  const events = new EventEmitter();
  const own = Object.create(process);
  for (const name of ["on", "once", "off", "emit", "removeListener", "listeners", "listenerCount"])
    own[name] = events[name].bind(events);
  const kill = (other, signal) => {
    if (other < FIRST_PID) return process.kill(other, signal);
    if (!running.has(other)) throw Object.assign(new Error("kill ESRCH"), { code: "ESRCH" });
    if (signal !== 0) running.get(other)();
    return true;
  };
  const fields = {
    pid,
    env,
    argv: args,
    kill,
    cwd: () => cwd,
    stdout: new PassThrough(),
    stderr: new PassThrough(),
    connected: link !== undefined,
    channel: { unref() {} },
    send: link?.send,
    exit: () => running.get(pid)?.(),
  };
  for (const [name, value] of Object.entries(fields))
    Object.defineProperty(own, name, { value, writable: true, configurable: true });
  return own;
}

/** The globals, with another process. */
function globalsWith(own) {
  return new Proxy(globalThis, {
    get: (target, name) => (name === "process" ? own : Reflect.get(target, name)),
  });
}

/** The file system as a process sees it: until it is dead. */
function viewOf(state, die, env, pid) {
  const fs = { ...files, promises: { ...files.promises } };
  const { openSync, closeSync } = fs;
  const { open } = fs.promises;
  fs.openSync = (...args) => {
    const descriptor = openSync(...args);
    state.closers.set(descriptor, () => closeSync(descriptor));
    return descriptor;
  };
  fs.closeSync = (descriptor) => {
    state.closers.delete(descriptor);
    closeSync(descriptor);
  };
  fs.promises.open = async (...args) => {
    const handle = await open(...args);
    const close = handle.close.bind(handle);
    state.closers.set(handle, () => close().catch(() => {}));
    handle.close = () => {
      state.closers.delete(handle);
      return close();
    };
    return handle;
  };
  const plan = env.ANYGRAD_CRASH && JSON.parse(env.ANYGRAD_CRASH);
  const role = env.ANYGRAD_PARENT === undefined ? "parent" : "child";
  const isMeant = plan && (plan.who === "any" || plan.who === role);
  const kinds = isMeant && injectFaults(fs, plan, die, pid);
  const promises = endingWith(state, fs.promises, (handle) =>
    typeof handle?.writeFile === "function"
      ? Object.assign(handle, endingWith(state, own(handle, "writeFile", "sync", "close")))
      : handle,
  );
  return {
    fs: { ...endingWith(state, fs), promises },
    counted: plan?.counts && isMeant && (() => files.appendFileSync(plan.counts, `${kinds().join(" ")}\n`)),
  };
}

function own(handle, ...names) {
  return Object.fromEntries(names.map((name) => [name, handle[name].bind(handle)]));
}

/** Functions that do nothing more once the process is dead. @param seen what is made of a promise's value */
function endingWith(state, functions, seen = (value) => value) {
  const wrap = (work) =>
    function (...args) {
      if (state.dead && !isPromising(work)) throw new Dead();
      if (state.dead) return never;
      const result = work.apply(this, args);
      if (!(result instanceof Promise)) return result;
      return result.then(
        (value) => (state.dead ? never : seen(value)),
        (error) => {
          if (state.dead) return never;
          throw error;
        },
      );
    };
  return Object.fromEntries(
    Object.entries(functions).map(([name, value]) => [
      name,
      typeof value === "function" && /^[a-z]/.test(name) ? wrap(value) : value,
    ]),
  );
}

function isPromising(work) {
  return work.constructor.name === "AsyncFunction" || promising.has(work);
}
const promising = new Set(Object.values(files.promises));

/** Kernels are compiled once for all: compiled code has no state. */
function shareCompiledKernels() {
  const { compile } = WebAssembly;
  const compiled = new Map();
  WebAssembly.compile = (bytes) => {
    const key = Buffer.from(bytes).toString("latin1");
    if (!compiled.has(key)) compiled.set(key, compile(bytes));
    return compiled.get(key);
  };
}

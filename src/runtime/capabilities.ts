/**
 * What the host can do: the one place where Node, Deno, Bun, pages and their workers, Cloudflare's workers and Vercel's
 * edge runtime are told apart.
 *
 * Every question is a function and is asked of the globals when it is called: tests and runtimes replace globals, and
 * importing this file has no side effects.
 */

/** The globals by which hosts differ; none of them is there everywhere. */
export interface HostGlobals {
  /** Bun has it. */
  Bun?: { version: string };
  /** Deno has it. */
  Deno?: { version: { deno: string }; unrefTimer?(timer: number): void };
  /** The name of Vercel's edge runtime and of Next.js's, which imitate much of Node. */
  EdgeRuntime?: string;
  /** Node, Deno and Bun have it; Cloudflare's nodejs_compat and edge runtimes imitate it. */
  process?: {
    versions?: { node?: string };
    pid?: number;
    env: Readonly<Record<string, string | undefined>>;
    platform: string;
    execArgv: readonly string[];
    /** Edge runtimes lack it. */
    stderr?: { isTTY?: boolean; columns?: number; write(text: string): unknown };
    getBuiltinModule?<Name extends keyof BuiltinModules>(name: Name): BuiltinModules[Name] | undefined;
  };
  /** Browsers, their workers, Deno, Bun, workerd and Node from 21 on have it. */
  navigator?: { userAgent?: string; hardwareConcurrency?: number };
  /** Pages have it, workers do not. */
  document?: unknown;
  /** Pages and their workers have it. */
  location?: { origin?: string; href?: string };
  /** Pages of secure contexts and their workers have it; Deno and Cloudflare too, for other ends. */
  caches?: CacheStorage;
  /** Browsers hide it from pages that are not cross-origin isolated. */
  SharedArrayBuffer?: unknown;
  /** Whether threads may share memory; browsers and their workers tell. */
  crossOriginIsolated?: boolean;
  /** Only browsers and their workers, Deno and Bun have it; Node and workerd do not. */
  Worker?: typeof Worker;
  /** Browsers, their workers, Node, Deno and Bun have it. */
  MessageChannel?: typeof MessageChannel;
  /** Next.js puts one there that throws when it is called. */
  setImmediate?: (callback: () => void) => unknown;
  /** In a Web Worker: sends a message to the page that has started it. */
  postMessage?(message: unknown, moved: ArrayBuffer[]): void;
  /** In a Web Worker: is called with the messages of the page. */
  onmessage?: ((event: { data: unknown }) => void) | null;
}

/** Modules of Node that are needed synchronously. */
interface BuiltinModules {
  "node:zlib": typeof import("node:zlib");
}

/** The globals of this host. */
export function hostGlobals(): HostGlobals {
  return globalThis as HostGlobals;
}

/**
 * Name and, where it tells, version of the runtime: "node 20.20.2", "deno 2.9.6", "workerd", "browser" or "unknown", for
 * example.
 */
export function runtimeName(): string {
  const { Bun, Deno, EdgeRuntime, navigator, process } = hostGlobals();
  if (Bun) return `bun ${Bun.version}`;
  if (Deno) return `deno ${Deno.version.deno}`;
  if (EdgeRuntime !== undefined) return "edge-runtime";
  if (onCloudflare()) return "workerd";
  if (process?.versions?.node) return `node ${process.versions.node}`;
  return navigator?.userAgent ? "browser" : "unknown";
}

/** Whether this thread draws a page and takes its input. */
export function onPage(): boolean {
  return hostGlobals().document !== undefined;
}

/** Whether this is a page or a worker of one. */
export function inPage(): boolean {
  const { EdgeRuntime, location } = hostGlobals();
  return location?.origin !== undefined && !isNodeLike() && !onCloudflare() && EdgeRuntime === undefined;
}

/** Whether this thread may sleep in `Atomics.wait`; a page's own may not. */
export function mayBlock(): boolean {
  return !onPage();
}

/** Whether this is Node, Deno, Bun or something that imitates their `process`; browsers and most edge runtimes do not. */
export function isNodeLike(): boolean {
  return Boolean(hostGlobals().process?.versions?.node);
}

/** Whether threads can share memory; browsers allow it on pages that are cross-origin isolated. */
export function canShareMemory(): boolean {
  const host = hostGlobals();
  return host.SharedArrayBuffer !== undefined && host.crossOriginIsolated !== false;
}

/** How threads are started: as workers of Node or of the Web. */
export type WorkerKind = "node" | "web";

/**
 * The workers that run kernels here, beside the thread that starts them; undefined where there are none. Deno and Bun take
 * Node's way: their Web Workers keep the process alive, those of node:worker_threads do not once they are unref'ed.
 */
export function kernelWorkers(): WorkerKind | undefined {
  // Cloudflare's nodejs_compat brings node:worker_threads and a process, but no thread
  if (onCloudflare()) return undefined;
  if (isNodeLike()) return "node";
  return hostGlobals().Worker && "web";
}

/**
 * The worker that a whole training runs in; undefined where there is none. Browsers and Bun have Web Workers; Deno takes
 * Node's way, since its Web Workers keep the process alive until someone ends them.
 */
export function trainingWorker(): WorkerKind | undefined {
  const { Worker, Deno } = hostGlobals();
  if (Worker && !Deno) return "web";
  return isNodeLike() ? "node" : undefined;
}

/** Whether this thread is a Web Worker that `trainingWorker` has chosen, whose globals are the port to its page. */
export function inWebWorker(): boolean {
  const { postMessage, Deno } = hostGlobals();
  return postMessage !== undefined && !Deno;
}

/** Cores that this machine offers; 1 where the runtime does not say. */
export async function coreCount(): Promise<number> {
  const cores = hostGlobals().navigator?.hardwareConcurrency;
  if (cores) return cores;
  try {
    const { availableParallelism } = await nodeModule<typeof import("node:os")>("node:os");
    return availableParallelism();
  } catch {
    return 1;
  }
}

/**
 * Imports a module of Node. Its name is a parameter, so that bundlers for browsers and edge runtimes, which would look for
 * such a module in vain, do not see it; a constant would be folded into the import.
 */
export async function nodeModule<T>(name: `node:${string}`): Promise<T> {
  return (await import(/* @vite-ignore */ /* webpackIgnore: true */ name)) as T;
}

/** A module of Node, synchronously; undefined in runtimes that cannot do that, such as Node before 20.16. */
export function builtinModule<Name extends keyof BuiltinModules>(
  name: Name,
): BuiltinModules[Name] | undefined {
  return hostGlobals().process?.getBuiltinModule?.(name);
}

function onCloudflare(): boolean {
  return hostGlobals().navigator?.userAgent === "Cloudflare-Workers";
}

/** The runtime: its name, for reports, and whether this thread is a page's own. */

interface KnownGlobals {
  Bun?: { version: string };
  Deno?: { version: { deno: string } };
  EdgeRuntime?: string;
  process?: { versions?: { node?: string } };
  navigator?: { userAgent?: string };
}

/** For example "node 20.20.2", "deno 2.9.6", "workerd", "browser". */
export function runtimeName(): string {
  const known: KnownGlobals = globalThis as KnownGlobals;
  if (known.Bun) return `bun ${known.Bun.version}`;
  if (known.Deno) return `deno ${known.Deno.version.deno}`;
  if (known.EdgeRuntime !== undefined) return "edge-runtime";
  const agent = known.navigator?.userAgent;
  if (agent === "Cloudflare-Workers") return "workerd";
  if (known.process?.versions?.node) return `node ${known.process.versions.node}`;
  return agent ? "browser" : "unknown";
}

/** Whether this thread draws a page and takes its input. */
export function onPage(): boolean {
  return typeof (globalThis as { document?: unknown }).document !== "undefined";
}

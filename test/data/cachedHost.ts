/** A host that looks for data sets and keeps them in one folder, whatever the environment says. */
import { join } from "node:path";
import type { DataHost } from "../../src/data/sources.ts";
import { createHost } from "../../src/runtime/host.ts";

export function cachedHost(folder: string, changes: Partial<DataHost> = {}): DataHost {
  return {
    ...createHost(),
    environment: () => undefined,
    cacheFolder: () => join(folder, "cache"),
    ...changes,
  };
}

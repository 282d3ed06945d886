/**
 * What an engine of several threads has beside that of one. Imported where threads can share memory: pages that are not cross-origin
 * isolated download none of it.
 */
import { maxPages, page } from "../memory/heap.ts";

export { findSpawn, Pool } from "./pool.ts";

/**
 * A memory that threads share. It reserves the address space of its maximum at once, so where the runtime has no room for
 * that, a quarter of it is tried, and so on down to 256 MiB.
 */
export function sharedMemory(limit: number = maxPages * page): WebAssembly.Memory {
  const most = Math.min(maxPages, Math.ceil(limit / page));
  for (let maximum = most; ; maximum = Math.ceil(maximum / 4))
    try {
      return new WebAssembly.Memory({ initial: 1, maximum, shared: true });
    } catch (error) {
      if (maximum <= 4096) throw error;
    }
}

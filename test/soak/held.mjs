/** What this process holds, once nothing is left to collect. */
import { existsSync, readdirSync } from "node:fs";

const onLinux = existsSync("/proc/self/task");
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** What the system gave this process: its threads, open files, and what keeps the event loop alive. */
const handles = () => ({
  threads: onLinux ? readdirSync("/proc/self/task").length : 0,
  files: onLinux ? readdirSync("/proc/self/fd").length : 0,
  resources: process.getActiveResourcesInfo().length,
});

/**
 * Bytes and handles now. Workers that are told to end, and engines that are collected, need a moment: it waits for as long as there are more
 * handles than `wanted`, sixty looks at most.
 */
export async function held(wanted) {
  const settle = async () => {
    gc();
    await pause(10);
  };
  for (let i = 0; i < 4; i++) await settle();
  const isMore = (now) => Object.keys(now).some((name) => now[name] > wanted[name]);
  for (let looks = 0; wanted && isMore(handles()) && looks < 60; looks++) await settle();
  gc();
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
  return { heap: heapUsed, buffers: arrayBuffers, resident: rss, ...handles() };
}

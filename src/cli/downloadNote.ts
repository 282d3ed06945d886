/** Says what is fetched, once a file: a data set comes in four. */
import type { DownloadProgress } from "../data/download.ts";
import { formatMemory } from "../report/numbers.ts";
import type { Terminal } from "./terminal.ts";

export function downloadNote({ note }: Terminal): (progress: DownloadProgress) => void {
  let current = "";
  return ({ file, totalBytes }) => {
    if (file === current) return;
    current = file;
    note(`downloading ${file}, ${formatMemory(totalBytes)}`);
  };
}

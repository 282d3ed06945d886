/** Says what is fetched, once a file: a data set comes in four. */

import type { DownloadProgress } from "../../src/data/named/download.ts";
import { formatBytes } from "../../src/math/bytes.ts";
import type { Terminal } from "../terminal/terminal.ts";

export function downloadNote({ note }: Terminal): (progress: DownloadProgress) => void {
  let current = "";
  return ({ file, totalBytes }) => {
    if (file === current) return;
    current = file;
    note(`downloading ${file}${totalBytes === undefined ? "" : `, ${formatBytes(totalBytes)}`}`);
  };
}

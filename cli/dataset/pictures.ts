/** `--dataset` with pictures: a folder of PNG and JPEG, or a CSV of file names and labels, as it is told while it is read. */

import { stat } from "node:fs/promises";
import { listFolder } from "../../node/images/folder.ts";
import { type ImageSets, type ReadImagesOptions, readImages } from "../../node/images/readImages.ts";
import { listTable } from "../../node/images/table.ts";
import { formatCount } from "../../report/text/numbers.ts";
import type { UnreadableImage } from "../../src/data/images/fromImages.ts";
import { createHost } from "../../src/runtime/host.ts";
import { type ImageCliOptions, imageOptions } from "../options/imageOptions.ts";
import { createStatusLine } from "../terminal/statusLine.ts";
import type { Terminal } from "../terminal/terminal.ts";

export { mayHoldImages } from "../../node/images/folder.ts";
export { isImageTable } from "../../node/images/table.ts";

interface PictureOptions extends ImageCliOptions {
  readonly limit?: number | undefined;
  /** The classes of the model that is tested, where it knows them by name. */
  readonly classNames?: readonly string[] | undefined;
  /** Whether pictures that are not divided stay so: all are the test set. */
  readonly whole?: boolean | undefined;
  readonly signal: AbortSignal;
  readonly terminal: Terminal;
}

const REDRAW_MILLISECONDS = 100;
const MOST_TOLD = 5;

/** @throws AnygradError DATA_MISSING, DATA_FORMAT, ABORTED */
export async function readPictures(
  path: string,
  options: PictureOptions,
): Promise<ImageSets & { readonly isWhole: boolean }> {
  const { terminal, limit, signal } = options;
  const isWhole = options.whole === true && !(await isDivided(path, options.classNames));
  const status = createStatusLine(terminal);
  let drawn = 0;
  try {
    const given: ReadImagesOptions = {
      ...imageOptions(options),
      ...(limit !== undefined && { limit }),
      ...(options.classNames && { classNames: options.classNames }),
      ...(options.cache === false && { cache: false }),
      signal,
      onProgress({ done, total }) {
        const now = performance.now();
        if (now - drawn < REDRAW_MILLISECONDS) return;
        drawn = now;
        status.show(`reading pictures: ${formatCount(done)} of ${formatCount(total)}`);
      },
    };
    const read = isWhole
      ? await readImages(path, { ...given, testSplit: 0 }).then((all) => ({
          train: all,
          test: all,
          unreadable: all.unreadable,
        }))
      : await readImages(path, given);
    status.clear();
    tell(read.unreadable, terminal);
    return { ...read, isWhole };
  } finally {
    status.clear();
  }
}

async function isDivided(path: string, classNames: readonly string[] | undefined): Promise<boolean> {
  const isFile = (await stat(path).catch(() => undefined))?.isFile() ?? false;
  const { parts } = await (isFile ? listTable(path, classNames) : listFolder(path, classNames));
  return parts.test !== undefined || parts.validation !== undefined;
}

/** Says which files are left out, also where it is quiet: the result is one of the others. */
export function tell(unreadable: readonly UnreadableImage[], { warn, style }: Terminal): void {
  if (unreadable.length === 0) return;
  const { length } = unreadable;
  warn(`${formatCount(length)} ${length === 1 ? "file is" : "files are"} left out:`);
  for (const { file, reason } of unreadable.slice(0, MOST_TOLD)) warn(`  ${file}  ${style.quiet(reason)}`);
  if (length > MOST_TOLD) warn(`  and ${formatCount(length - MOST_TOLD)} more`);
}

/** The first line of a text file, or its first kilobytes. */
export async function firstLine(path: string): Promise<string> {
  for await (const piece of await createHost().openFile(path)) {
    const start = new TextDecoder().decode(piece.subarray(0, 1 << 13));
    return start.split(/\r?\n|\r/)[0] ?? "";
  }
  return "";
}

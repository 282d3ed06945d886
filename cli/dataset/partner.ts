/** The test set of a file called …train…: the one called …test… beside it. */
import { stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** Its path; undefined where there is none. */
export async function testFileOf(path: string): Promise<string | undefined> {
  const partner = join(dirname(path), basename(path).replace("train", "test"));
  if (partner === join(path)) return undefined;
  return (await stat(partner).catch(() => undefined))?.isFile() ? partner : undefined;
}

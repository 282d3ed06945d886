/**
 * The folder of `--out`: proved to be writable before the work starts, filled after it has ended; on the
 * way there it holds the checkpoint alone.
 *
 * Folders made for the proof are taken away again if nothing was written into them.
 */
import { mkdir, rm, rmdir, stat, unlink, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { AnygradError } from "../src/errors.ts";
import { createHost } from "../src/runtime/host.ts";

export interface OutputFolder {
  readonly path: string;
  /** Writes each file whole or not at all, in this order. @throws AnygradError OUTPUT */
  write(files: Readonly<Record<string, Uint8Array | string>>): Promise<void>;
  /** Removes files where they are there. */
  remove(names: readonly string[]): Promise<void>;
  /** Removes the folders that were made, unless something was written. */
  discard(): Promise<void>;
}

/** Makes the folder, if need be, and tries to write in it. @param subject what named it, for messages @throws AnygradError OUTPUT */
export async function openOutputFolder(folder: string, subject = "--out"): Promise<OutputFolder> {
  const path = resolve(folder);
  const made: string[] = []; // innermost first
  try {
    await makeFolders(path, made);
    const probe = join(path, `.anygrad-${process.pid}`);
    await writeFile(probe, "");
    await unlink(probe);
  } catch (error) {
    await removeEmpty(made);
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new AnygradError(
      "OUTPUT",
      `${subject}: ${folder} cannot be written (${reason}); choose a folder you may write to`,
      { cause: error },
    );
  }
  let written = false;
  return {
    path: folder,
    async write(files) {
      written = true;
      const host = createHost();
      for (const [name, content] of Object.entries(files))
        await host.writeFileAtomically(
          join(path, name),
          typeof content === "string" ? new TextEncoder().encode(content) : content,
        );
    },
    async remove(names) {
      for (const name of names) await rm(join(path, name), { force: true });
    },
    async discard() {
      if (!written) await removeEmpty(made);
    },
  };
}

// One by one: Node's recursive mkdir never returns where the system answers ENOENT to a folder whose parent is
// there, as Linux does below /proc (seen on Node 20).
async function makeFolders(path: string, made: string[]): Promise<void> {
  const missing: string[] = [];
  for (let folder = path; !(await stat(folder).catch(absent)); folder = dirname(folder)) missing.push(folder);
  for (const folder of missing.reverse()) {
    if (await mkdir(folder).then(() => true, existing)) made.unshift(folder);
  }
}

function absent(error: unknown): undefined {
  if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
}

// Another process may have made it since.
function existing(error: unknown): false {
  if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
  throw error;
}

// rmdir refuses what is not empty, which ends it.
async function removeEmpty(made: readonly string[]): Promise<void> {
  for (const folder of made)
    try {
      await rmdir(folder);
    } catch {
      return;
    }
}

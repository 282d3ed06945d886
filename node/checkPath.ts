/** Whether what was passed as a path is one. */
import { AnygradError, quote } from "../src/errors.ts";

/** @param what it is: "folder", "file" @throws AnygradError INVALID_ARGUMENT */
export function checkPath(subject: string, path: string, what: string): void {
  if (typeof path === "string" && path !== "") return;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${subject}: the ${what} is ${quote(path)}; pass its path as a text, such as "${what === "folder" ? "runs/a" : what === "picture" ? "new.jpg" : "net.safetensors"}"`,
  );
}

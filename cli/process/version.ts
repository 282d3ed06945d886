/** The version of the package that this file was installed with. */
import { readFileSync } from "node:fs";
import { packageFile } from "./packageRoot.ts";

export function version(): string {
  const text = readFileSync(packageFile("package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

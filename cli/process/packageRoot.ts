/** Version of the package that this file was installed with. */
import { readFileSync } from "node:fs";
import { packageFile } from "../../node/packageFile.ts";

export function version(): string {
  return (JSON.parse(readFileSync(packageFile("package.json"), "utf8")) as { version: string }).version;
}

/** Version of the package that this file was installed with, and where its faults are reported. */
import { readFileSync } from "node:fs";
import { packageFile } from "../../node/packageFile.ts";

interface PackageFile {
  readonly version: string;
  readonly bugs?: { readonly url?: string };
}

export function version(): string {
  return description().version;
}

/** Where faults are reported: what package.json says, or the name of the package. */
export function reportAddress(): string {
  return description().bugs?.url ?? "the package anygrad (docs/reliability.md says how)";
}

function description(): PackageFile {
  return JSON.parse(readFileSync(packageFile("package.json"), "utf8")) as PackageFile;
}

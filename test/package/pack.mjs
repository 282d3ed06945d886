// The tarball that would be published, and a program folder in which it is installed from the file, as a user would.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** @returns { tarball, files, bytes, unpackedBytes, user, installed }: the user's folder, and the package in it */
export function pack(workplace) {
  const npm = (parameters, cwd) =>
    execFileSync("npm", parameters, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  const [{ filename, files, size, unpackedSize }] = JSON.parse(
    npm(["pack", "--json", "--ignore-scripts", "--pack-destination", workplace], root),
  );
  const tarball = join(workplace, filename);
  const user = join(workplace, "user");
  mkdirSync(user);
  writeFileSync(join(user, "package.json"), '{ "private": true, "type": "module" }\n');
  npm(["install", "--prefix", user, "--prefer-offline", "--no-audit", "--no-fund", tarball], user);
  return {
    tarball,
    files: files.map(({ path }) => path),
    bytes: size,
    unpackedBytes: unpackedSize,
    user,
    installed: join(user, "node_modules/anygrad"),
  };
}

// `npm install anygrad` brings anygrad and nothing else: no package beside it, nothing that runs while it is installed, and
// no more bytes than these.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Bytes: 2.44 and 5.57 MB on 2026-11-27 (docs/size.md says of what), 0.29 MB of them guides and examples. Raise them only with a reason in the commit. */
const most = { tarball: 2_500_000, installed: 5_800_000 };

export function check({ bytes, user, installed }) {
  const packages = readdirSync(join(user, "node_modules")).filter((name) => !name.startsWith("."));
  if (packages.join() !== "anygrad") throw new Error(`installing brings ${packages.join(", ")}`);
  const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  for (const kind of ["dependencies", "optionalDependencies", "bundleDependencies"])
    if (manifest[kind] !== undefined) throw new Error(`package.json has ${kind}`);
  // what a command asks for by one line where it is missing, npm installs only for those who name it
  for (const peer of Object.keys(manifest.peerDependencies ?? {}))
    if (manifest.peerDependenciesMeta?.[peer]?.optional !== true)
      throw new Error(`package.json has the peer ${peer}, which is not optional`);
  for (const script of ["preinstall", "install", "postinstall", "prepare"])
    if (manifest.scripts?.[script] !== undefined) throw new Error(`package.json has the script ${script}`);
  const sizes = { tarball: bytes, installed: sizeOf(installed) };
  for (const [what, size] of Object.entries(sizes))
    if (size > most[what]) throw new Error(`${what}: ${size} bytes, more than ${most[what]}`);
  return `       one package; tarball ${megabytes(sizes.tarball)}, installed ${megabytes(sizes.installed)}`;
}

function sizeOf(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => statSync(join(folder, name)))
    .reduce((total, file) => total + (file.isFile() ? file.size : 0), 0);
}

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(2)} MB`;

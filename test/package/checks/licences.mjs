// THIRD-PARTY.txt lists the packages whose code is in dist/packages, no more and no fewer. Which they are is asked of another
// bundler than the one that wrote them.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { thirdParty } from "../../../scripts/build/third-party.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const font = "@expo-google-fonts/open-sans"; // copied, not bundled

export async function check({ user, installed }) {
  refusesNone(join(user, "licences"));
  const text = readFileSync(join(installed, "dist/packages/THIRD-PARTY.txt"), "utf8");
  const [opening, ...sections] = text.split(/^={80}\n/m);
  const listed = [...opening.matchAll(/^(\S+) \d+[.]\d+[.]\d+, \S/gm)].map(([, name]) => name);
  const wanted = [font, ...(await bundledPackages())].sort();
  const odd = [...listed, ...wanted].filter((name) => !listed.includes(name) || !wanted.includes(name));
  if (odd.length > 0) throw new Error(`either listed or bundled, not both: ${odd.join(", ")}`);
  const described = sections.map((section) => section.match(/^(\S+)/)[1]);
  if (described.join() !== listed.join())
    throw new Error("the texts of the licences are of other packages than those listed");
  for (const [i, section] of sections.entries()) {
    const { version } = JSON.parse(
      readFileSync(join(root, "node_modules", described[i], "package.json"), "utf8"),
    );
    if (!section.startsWith(`${described[i]} ${version}, `)) throw new Error(`${described[i]} is ${version}`);
    if (!/permission|redistribut|licen[cs]e/i.test(section) || section.length < 500)
      throw new Error(`${described[i]} has no licence text`);
  }
  return `       ${listed.length} packages, each with its licence`;
}

/** A package that brings no licence text ends the build. */
function refusesNone(folder) {
  mkdirSync(folder);
  const manifest = { name: "none", version: "1.0.0", license: "MIT", repository: "some/none" };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  let message;
  try {
    thirdParty([folder]);
  } catch (error) {
    message = error.message;
  }
  if (!message?.includes("none has no licence text"))
    throw new Error("a package without a licence text passes");
}

async function bundledPackages() {
  const folders = readdirSync(join(root, "src/io"), { withFileTypes: true });
  const formats = folders
    .map(({ name }) => join(root, "src/io", name, "index.ts"))
    .filter((file) => existsSync(file));
  const { metafile } = await build({
    entryPoints: [
      join(root, "cli/main.ts"),
      join(root, "node/index.ts"),
      join(root, "vis/index.ts"),
      ...formats,
    ],
    absWorkingDir: root,
    bundle: true,
    write: false,
    platform: "node",
    format: "esm",
    splitting: true,
    minifySyntax: true,
    outdir: root,
    // users install these who want them
    external: Object.keys(JSON.parse(readFileSync(join(root, "package.json"), "utf8")).peerDependencies),
    metafile: true,
    logLevel: "silent",
  });
  const inputs = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs));
  const names = inputs
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => path.match(/^.*node_modules\/((@[^/]+\/)?[^/]+)/)?.[1]);
  return new Set(names.filter((name) => name !== undefined));
}

// The text of THIRD-PARTY.txt: whose code is in dist/packages, and under which licence.
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Where a package's own file is missing, or is not about what we take of it. */
const elsewhere = {
  // names the Mozilla Public License 2.0 and brings no text of it
  "@resvg/resvg-wasm": fileURLToPath(new URL("licences/MPL-2.0.txt", import.meta.url)),
  // brings no text of its two: the Apache License 2.0, and that of what Google wrote
  "@bufbuild/protobuf": fileURLToPath(new URL("licences/protobuf-es.txt", import.meta.url)),
  // the font's licence; the other file is about the code that loads it
  "@expo-google-fonts/open-sans": "LICENSE_FONT",
};

const opening = `The command line of anygrad and anygrad/node use code of these packages, and the font Open Sans for figures: this folder.
The library holds none of them. Written by the build, from what it bundled. resvg.wasm is compiled from Rust: Cargo.toml
in the source of @resvg/resvg-wasm names the crates in it. The decoder of JPEG pictures is compiled from MozJPEG, and is based in
part on the work of the Independent JPEG Group.`;

/**
 * @param folders of the packages, in node_modules
 * @throws Error for a package without a licence text
 */
export function thirdParty(folders) {
  const packages = folders.map(read).sort((a, b) => (a.name < b.name ? -1 : 1));
  const list = packages.map(({ title }) => title).join("\n");
  const texts = packages.map(
    ({ title, source, text }) => `${"=".repeat(80)}\n${title}\n${source}\n\n${text}\n`,
  );
  return [opening, list, ...texts].join("\n\n");
}

function read(folder) {
  const { name, version, license, repository } = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  );
  const file = licenceFile(folder, name);
  if (!license || !file)
    throw new Error(`third-party: ${name} has no ${license ? "licence text" : "licence"}`);
  const path = (repository?.url ?? repository).match(/([\w.-]+\/[\w.-]+?)([.]git)?$/)[1];
  return {
    name,
    title: `${name} ${version}, ${license}`,
    source: `Source: https://github.com/${path}`,
    text: readFileSync(resolve(folder, file), "utf8").trim(),
  };
}

const licenceFile = (folder, name) =>
  elsewhere[name] ?? readdirSync(folder).find((file) => /^(licen[cs]e|copying)([.-]\w+)?$/i.test(file));

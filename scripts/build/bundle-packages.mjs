// Bundles the packages that the command line imports into dist/cli/packages/NAME.js, so that installing anygrad installs
// nothing else: a file for each, with what it depends on and only what is imported of it, loaded when it is imported.
// Minified, unlike our own code: stack traces seldom lead there, and it takes 863 kB to 479. Their licences go to
// dist/cli/THIRD-PARTY.txt, with those of the files that are copied.
import { copyFileSync, writeFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { parseAst } from "rolldown/parseAst";
import { thirdParty } from "./third-party.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const commandLine = join(root, "dist/cli");
const folderOf = (name) => join(root, "node_modules", name);
const fileOf = (name) => `./packages/${name}.js`;

/** For the build of our own code: what it imports of a package comes from that package's bundle. */
export const packagesAsFiles = {
  name: "packages-as-files",
  resolveId(specifier, importer) {
    if (/^(node:|[.\0])/.test(specifier) || isAbsolute(specifier)) return undefined;
    if (importer.startsWith(join(root, "src")))
      throw new Error(`bundle: ${importer} imports ${specifier}; the library has no packages`);
    return { id: fileOf(specifier), external: true };
  },
};

/** @param chunks of the build of our own code */
export async function bundlePackages(chunks) {
  const folders = new Set();
  for (const [name, names] of importsOf(chunks))
    for (const module of await bundlePackage(name, names)) folders.add(packageFolder(module));
  folders.add(copyResvg());
  folders.add(copyFonts());
  writeFileSync(join(commandLine, "THIRD-PARTY.txt"), thirdParty([...folders]));
}

const packageFolder = (module) => module.match(/^.*[\\/]node_modules[\\/](@[^\\/]+[\\/])?[^\\/]+/)[0];

/** @returns the names that are imported of each package; "*" is all of them, as `import()` gives them */
function importsOf(chunks) {
  const imports = new Map();
  const add = (file, names) => {
    const [, name] = file.match(/^\.\/packages\/(.+)[.]js$/) ?? [];
    if (name) imports.set(name, new Set([...(imports.get(name) ?? []), ...names]));
  };
  for (const { code, dynamicImports } of chunks) {
    for (const { type, source, specifiers } of parseAst(code).body)
      if (type === "ImportDeclaration") add(source.value, specifiers.map(nameOf));
    for (const file of dynamicImports) add(file, ["*"]);
  }
  return imports;
}

const nameOf = ({ type, imported }) =>
  ({ ImportSpecifier: imported?.name, ImportDefaultSpecifier: "default", ImportNamespaceSpecifier: "*" })[
    type
  ];

/** @returns the modules that the bundle holds */
async function bundlePackage(name, names) {
  const entry = join(root, `${name}.js`); // is not there: `load` gives it
  const build = await rolldown({
    input: entry,
    platform: "node",
    plugins: [
      {
        name: "entry",
        resolveId: (specifier) => (specifier === entry ? entry : undefined),
        load: (id) =>
          id === entry
            ? `export ${names.has("*") ? "*" : `{ ${[...names].join(", ")} }`} from "${name}";`
            : undefined,
      },
    ],
    onwarn(warning) {
      throw new Error(`bundle: ${warning.message}`);
    },
  });
  const { output } = await build.write({
    file: join(commandLine, fileOf(name)),
    format: "esm",
    codeSplitting: false,
    minify: true,
    comments: false,
    postBanner: "/* Licences: THIRD-PARTY.txt in dist/cli */",
  });
  await build.close();
  return Object.entries(output[0].modules)
    .filter(([id, { renderedLength }]) => renderedLength > 0 && id !== entry && !id.startsWith("\0"))
    .map(([id]) => id);
}

function copyResvg() {
  const from = folderOf("@resvg/resvg-wasm");
  copyFileSync(join(from, "index_bg.wasm"), join(commandLine, "resvg.wasm"));
  return from;
}

/** Open Sans, regular and semi-bold, for Latin, Greek, Cyrillic and Hebrew: two files of a package of 3 MB. */
function copyFonts() {
  const from = folderOf("@expo-google-fonts/open-sans");
  for (const [weight, name] of [
    ["400Regular", "Regular"],
    ["600SemiBold", "SemiBold"],
  ])
    copyFileSync(join(from, weight, `OpenSans_${weight}.ttf`), join(commandLine, `OpenSans-${name}.ttf`));
  return from;
}

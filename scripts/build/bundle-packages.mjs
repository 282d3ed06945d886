// Bundles the packages that the command line, anygrad/node, anygrad/vis and the formats import into dist/packages/NAME.js, so that installing anygrad
// installs nothing else: a file for each, with what it depends on and only what is imported of it, loaded when it is
// imported. Minified, unlike our own code: stack traces seldom lead there, and it takes 863 kB to 479. Their licences go to
// dist/packages/THIRD-PARTY.txt, with those of the files that are copied.
import { readFileSync, writeFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { parseAst } from "rolldown/parseAst";
import { packed } from "./packed.mjs";
import { thirdParty } from "./third-party.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const packages = join(root, "dist/packages");
const folderOf = (name) => join(root, "node_modules", name);
const fileOf = (specifier) => `${specifier.replace(/[.]js$/, "")}.js`;
// our code lies in folders of dist, dist/cli/main.js, dist/node/index.js: one step up from each
const seenFromCode = (specifier) => `../packages/${fileOf(specifier)}`;

/** What our code imports, by the file that it comes from. */
const specifiers = new Map();

/** Packages that users install who want what needs them: imported by their names, from wherever they are. */
const optionalPeers = Object.keys(
  JSON.parse(readFileSync(join(root, "package.json"), "utf8")).peerDependencies,
);

/** For the build of our own code: what it imports of a package comes from that package's bundle. */
export const packagesAsFiles = {
  name: "packages-as-files",
  resolveId(specifier, importer) {
    if (/^(node:|[.\0])/.test(specifier) || isAbsolute(specifier)) return undefined;
    const mayImport = ["src/io", "src/federated"].some((folder) => importer.startsWith(join(root, folder)));
    if (importer.startsWith(join(root, "src")) && !mayImport)
      throw new Error(`bundle: ${importer} imports ${specifier}; the library has no packages`);
    if (optionalPeers.includes(specifier)) return { id: specifier, external: true };
    specifiers.set(seenFromCode(specifier), specifier);
    return { id: seenFromCode(specifier), external: true };
  },
};

/** @param chunks of the build of our own code */
export async function bundlePackages(chunks) {
  const folders = new Set();
  const anywhere = importsOf(chunks.filter(({ fileName }) => !/^(cli|node)[/]/.test(fileName)));
  for (const [name, names] of importsOf(chunks)) {
    const platform = anywhere.has(name) ? "browser" : "node"; // reports and formats run in any runtime
    for (const module of await bundlePackage(name, names, platform)) folders.add(packageFolder(module));
  }
  folders.add(copied("@resvg/resvg-wasm", { "index_bg.wasm": "resvg.wasm.br" }));
  // regular and semi-bold, for Latin, Greek, Cyrillic and Hebrew: two files of a package of 3 MB
  const font = (style) => [`${style}/OpenSans_${style}.ttf`, `OpenSans-${style.slice(3)}.ttf.br`];
  const fonts = Object.fromEntries(["400Regular", "600SemiBold"].map(font));
  folders.add(copied("@expo-google-fonts/open-sans", fonts));
  writeFileSync(join(packages, "THIRD-PARTY.txt"), thirdParty([...folders]));
}

const packageFolder = (module) => module.match(/^.*[\\/]node_modules[\\/](@[^\\/]+[\\/])?[^\\/]+/)[0];

/** @returns the names that are imported of each package; "*" is all of them, as `import()` gives them */
function importsOf(chunks) {
  const imports = new Map();
  const add = (file, names) => {
    const name = specifiers.get(file);
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

/**
 * Emscripten's code looks for a file beside itself where it is given none, and sets where it is itself: users' bundlers would
 * look for the file, and stumble over the other.
 */
const withoutPlace = {
  name: "without-place",
  transform(code, id) {
    if (!id.endsWith("mozjpeg_dec.js")) return undefined;
    const left = code
      .replace('new URL("mozjpeg_dec.wasm",import.meta.url).href', '""')
      .replace('if(import.meta.url===undefined){import.meta.url="https://localhost"}', "")
      .replaceAll("import.meta.url", '""');
    if (/new URL[(]|import[.]meta/.test(left))
      throw new Error("bundle: mozjpeg_dec.js looks for its file in another way; see withoutPlace");
    return left;
  },
};

/** What uPlot offers besides charts, and lines that we never draw: as its properties they would be kept. A tenth of it. */
const withoutExtras = {
  name: "without-extras",
  transform(code, id) {
    if (!id.endsWith("uPlot.esm.js")) return undefined;
    const extras =
      /^\t\(paths[.](stepped|spline) .*$|^\s*uPlot[.](fmtDate|tzDate|join|addGap|clipGaps|rangeAsinh) .*$/gm;
    if (code.match(extras)?.length !== 8)
      throw new Error("bundle: uPlot offers its extras in another way; see withoutExtras");
    return code.replaceAll(extras, "");
  },
};

/** @returns the modules that the bundle holds */
async function bundlePackage(name, names, platform) {
  const entry = join(root, "package-entry.js"); // is not there: `load` gives it
  const build = await rolldown({
    input: entry,
    platform,
    plugins: [
      {
        name: "entry",
        resolveId: (specifier) => (specifier === entry ? entry : undefined),
        load: (id) =>
          id === entry
            ? `export ${names.has("*") ? "*" : `{ ${[...names].join(", ")} }`} from "${name}";`
            : undefined,
      },
      withoutPlace,
      withoutExtras,
    ],
    onwarn(warning) {
      throw new Error(`bundle: ${warning.message}`);
    },
  });
  const { output } = await build.write({
    file: join(packages, fileOf(name)),
    format: "esm",
    codeSplitting: false,
    minify: true,
    comments: false,
    postBanner: "/* Licences: THIRD-PARTY.txt in dist/packages */",
  });
  await build.close();
  return Object.entries(output[0].modules)
    .filter(([id, { renderedLength }]) => renderedLength > 0 && id !== entry && !id.startsWith("\0"))
    .map(([id]) => id);
}

/** Copies files of a package, packed. @param files the name that each gets, by its path there @returns the package's folder */
function copied(name, files) {
  const from = folderOf(name);
  for (const [path, to] of Object.entries(files)) writeFileSync(join(packages, to), packed(join(from, path)));
  return from;
}

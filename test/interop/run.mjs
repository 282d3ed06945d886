// npm run test:interop [-- NAME … --cases=200 --seed=1]
// Each folder here that has a main.ts exchanges models with the real tool of its name. Bundles it and runs it: Node 20 does not read TypeScript.
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { rolldown } from "rolldown";

const here = fileURLToPath(new URL(".", import.meta.url));
const asked = process.argv.slice(2);
const names = asked.filter((each) => !each.startsWith("--"));
const all = readdirSync(here).filter((name) => existsSync(join(here, name, "main.ts")));
for (const name of names.length > 0 ? names : all) {
  const folder = mkdtempSync(join(tmpdir(), "anygrad-interop-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const bundle = await rolldown({
    input: join(here, name, "main.ts"),
    platform: "node",
    external: /^(?:node:|#)/,
  });
  await bundle.write({
    dir: folder,
    format: "esm",
    entryFileNames: "main.mjs",
    chunkFileNames: "[name].mjs",
  });
  const { main } = await import(pathToFileURL(join(folder, "main.mjs")).href);
  const failed = await main(
    join(here, name),
    asked.filter((each) => each.startsWith("--")),
  );
  if (failed) process.exitCode = 1;
}

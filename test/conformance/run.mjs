// npm run test:conformance [-- --networks=1000 --seed=1 --from=0 --only=networks|optimizers|onnx --sample --no-table]
// Bundles main.ts and runs it: Node 20 does not read TypeScript.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { rolldown } from "rolldown";

const folder = mkdtempSync(join(tmpdir(), "anygrad-conformance-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const bundle = await rolldown({
  input: fileURLToPath(new URL("main.ts", import.meta.url)),
  platform: "node",
  external: /^(?:node:|#)/,
});
await bundle.write({ dir: folder, format: "esm", entryFileNames: "main.mjs", chunkFileNames: "[name].mjs" });
const { main } = await import(pathToFileURL(join(folder, "main.mjs")).href);
process.exitCode = await main(fileURLToPath(new URL(".", import.meta.url)), process.argv.slice(2));

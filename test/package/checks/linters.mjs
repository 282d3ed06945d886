// publint and are-the-types-wrong over the tarball: not a warning, not a suggestion.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { publint } from "publint";
import { formatMessage } from "publint/utils";

const attw = fileURLToPath(
  import.meta.resolve("@arethetypeswrong/cli/package.json").replace("package.json", "dist/index.js"),
);

export async function check({ tarball, installed }) {
  const bytes = readFileSync(tarball);
  const { messages } = await publint({
    pack: { tarball: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) },
    level: "suggestion",
    strict: true,
  });
  const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  if (messages.length > 0)
    throw new Error(`publint: ${messages.map((message) => formatMessage(message, manifest)).join("; ")}`);
  // esm-only: the package has no CommonJS form; `require` of it works where Node has require(esm)
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [attw, tarball, "--profile", "esm-only", "--format", "ascii", "--no-emoji", "--no-color"],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`attw:\n${stdout}${stderr}`);
}

/** Tables that the command line opens by their names: JSON lines and Parquet, with gzip and without. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { openTableFile } from "../../../cli/dataset/tableFile.ts";
import { readTable } from "../../../src/data/readTable.ts";
import parquet from "../../fixtures/parquet/files.json" with { type: "json" };
import { encoded } from "../parts.ts";
import type { Target } from "../target.ts";

const folder = mkdtempSync(join(tmpdir(), "anygrad-fuzz-tables-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

const lines = ["cat", "dog", "cat", "dog", "bird", "bird"].map((kind, i) =>
  JSON.stringify({ size: i / 2, kind, seen: i % 2 === 0, note: i === 3 ? null : `n${i % 3}` }),
);

/** Parquet begins with its mark; all else are lines. */
const endingOf = (bytes: Uint8Array): string =>
  bytes[0] === 0x50 ? "parquet" : bytes[0] === 0x1f ? "jsonl.gz" : "jsonl";

export const target: Target = {
  async seeds() {
    const text = encoded(`${lines.join("\n")}\n`);
    return [
      text,
      gzipSync(text),
      gzipSync(text, { level: 0 }),
      ...Object.values(parquet).map((file) => Buffer.from(file, "base64")),
    ];
  },
  async read(bytes) {
    const path = join(folder, `table.${endingOf(bytes)}`);
    writeFileSync(path, bytes);
    const { source } = await openTableFile(path, true);
    await readTable(source, { name: "table" });
  },
  words: ["PAR1", '{"a":', "null", "[[[[", "1e999", "__proto__", "\r\n"],
};

/** The drawing of docs/architecture.md is that of the sources: to read all their imports takes longer than all of test/docs. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { it } from "vitest";

it("docs/architecture.md has the drawing of these sources", async () => {
  await promisify(execFile)("node", ["scripts/draw-architecture.mjs", "--check"]);
});

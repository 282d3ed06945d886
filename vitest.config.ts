import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, type ViteUserConfig } from "vitest/config";
import { LongestFirst } from "./test/longestFirst.ts";

/**
 * The layers of tests. `npm test` builds and runs the first two; `npm run test:all` builds and runs all of them.
 *
 * - unit: the library, the reports and the command line, whose program the build has put into dist. Files share a worker,
 *   the modules in it and the process that runs their commands: a test that changes what is global puts it back.
 * - process: tests that change what all files of the unit layer would see: the flags of their process, or what node:fs reads.
 * - long: what takes too long to wait for at every change: the rows of a table that a sample leaves out
 *   (test/sample.ts), growth over many rounds, runs that are interrupted in every way. Its files end in .long.test.ts
 *   and stand beside those of the other layers.
 * - long-shared: files of the unit layer that have single tests that are long and import test/long.ts. They run here once
 *   more, wholly, and share workers as there.
 *
 * One folder, one file, one test, once `npm run build` has been run:
 *
 *     npx vitest run --project unit test/ops
 *     npx vitest run --project unit test/ops -t "conv2d"
 *     npx vitest run test/model/training/growth/growth.long.test.ts
 *     npx vitest --project unit test/model       (again at every change of a file)
 *     npx vitest run --project unit --sequence.shuffle.files     (does a file leave anything behind in its worker?)
 */
const long = "test/**/*.long.test.ts";
const partlyLong = readdirSync("test", { recursive: true, encoding: "utf8" })
  .map((name) => join("test", name))
  .filter((path) => /(?<![.]long)[.]test[.]ts$/.test(path) && !path.includes("node_modules"))
  .filter((path) => /from "[./]*\/long[.]ts"/.test(readFileSync(path, "utf8")));
const processes = ["test/runtime/simd.test.ts", "test/runs/lock.test.ts"];

const config: ViteUserConfig = defineConfig({
  test: {
    testTimeout: 60_000, // many times what a test takes on a busy machine: it ends those that hang
    hookTimeout: 60_000, // hooks train networks, too
    maxWorkers: "100%", // the default leaves one core idle, of two the half
    sequence: process.argv.includes("--sequence.shuffle.files") ? {} : { sequencer: LongestFirst },
    setupFiles: ["./test/typedArrays.ts"],
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          pool: "threads",
          isolate: false,
          include: ["test/**/*.test.ts"],
          exclude: ["**/node_modules/**", long, ...processes],
        },
      },
      { extends: true, test: { name: "process", include: processes, exclude: ["**/node_modules/**", long] } },
      {
        extends: true,
        test: {
          name: "long-shared",
          pool: "threads",
          isolate: false,
          include: partlyLong,
          exclude: ["**/node_modules/**", ...processes],
          provide: { long: true },
        },
      },
      {
        extends: true,
        test: {
          name: "long",
          include: [long],
          exclude: ["**/node_modules/**"],
          provide: { long: true },
        },
      },
    ],
  },
});
export default config;

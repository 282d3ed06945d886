/** Networks that take examples of any length on the command line: trained at that of the data, and used at any. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { pngOf } from "../../../report/pictures/sheet.ts";
import { load } from "../../../src/model/index.ts";
import { anygrad, temporaryFolder } from "../anygrad.ts";
import { served } from "../served.ts";

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);

async function done(...args: string[]): Promise<string> {
  const ended = await served(args);
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
  return ended.stdout;
}

async function trained(...args: string[]): Promise<{ digest: string }> {
  const ended = await anygrad(["train", ...args, "--epochs", "1", "--no-report", "--quiet", "--json"]);
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
  return JSON.parse(ended.stdout) as { digest: string };
}

function network(name: string, inputShape: string, list: string): string {
  writeFileSync(
    at(name),
    `import { layers, sequential } from "anygrad";
export default () => sequential([${list}], { inputShape: ${inputShape} });
`,
  );
  return at(name);
}
const pictures = (shape: string) =>
  network(
    `pictures${shape.length}.mjs`,
    shape,
    'layers.conv2d({ filters: 3, kernelSize: 3, activation: "relu" }), layers.globalMaxPooling2d(), layers.dense({ units: 10, activation: "softmax" })',
  );

it("pictures: trained to the bits of a network of the data's size, saved and exported open, used at other sizes", async () => {
  const file = pictures("[null, null, 1]");
  const { digest } = await trained(file, "--limit", "60", "--out", at("run"));
  expect((await trained(pictures("[28, 28, 1]"), "--limit", "60")).digest).toBe(digest);
  expect(await done("summary", file)).toContain("(None, None, None, 3)");
  expect(await done("summary", at("run"))).toContain("examples of any×any×1");
  expect(await done("evaluate", at("run"))).toMatch(/accuracy/);
  expect(await done("report", at("run"))).toBeDefined();
  // two files of values that say their own sizes are no pictures; of pictures any size goes
  writeFileSync(at("values.csv"), `${"0,".repeat(783)}0\n`);
  const refused = await served(["predict", at("run"), at("values.csv")]);
  expect(refused).toMatchObject({ code: 2, stdout: "" });
  expect(refused.stderr).toContain("the model takes examples of any×any×1, and the file does not say a size");
  mkdirSync(at("photos"));
  for (const [name, side] of [["a", 28], ["b", 41]] as const) // biome-ignore format: a pair
    writeFileSync(at(`photos/${name}.png`), pngOf({ width: side, height: side, channels: 1, pixels: Uint8Array.from({ length: side * side }, (_, i) => i % 251) })); // biome-ignore format: one call
  const told = JSON.parse(await done("predict", at("run"), at("photos"), "--json")) as { predictions: unknown[] }; // biome-ignore format: one cast
  expect(told.predictions).toHaveLength(2);
  for (const format of ["onnx", "keras", "tfjs"]) {
    await done("export", at("run"), "--format", format, "--out", at(`out.${format}`));
    const shown = JSON.parse(await done("import", at(`out.${format}`), "--out", at("back.safetensors"), "--json")) as object; // biome-ignore format: one cast
    expect(shown).toMatchObject({ inputShape: [null, null, 1], outputShape: [10] });
    const net = await load(readFileSync(at("back.safetensors")));
    expect((await net.predict({ x: new Float32Array(2 * 9 * 12), shape: [2, 9, 12, 1] })).shape).toEqual([2, 10]); // biome-ignore format: one line
  }
  expect(await done("inspect", at("out.onnx"))).toContain("batch×length_1×length_2×1");
}, 60_000);

it("windows over a series, and a size that does not fit is told", async () => {
  writeFileSync(
    at("series.csv"),
    `a,b,y\n${Array.from({ length: 90 }, (_, i) => [Math.sin(i / 5), Math.cos(i / 7), Math.sin(i / 4)].map((n) => n.toFixed(3)).join()).join("\n")}\n`, // biome-ignore format: one text
  );
  const list = 'layers.conv1d({ filters: 3, kernelSize: 3, activation: "relu" }), layers.globalMaxPooling1d(), layers.dense({ units: 1 })'; // biome-ignore format: one text
  const data = ["--dataset", at("series.csv"), "--label", "y"];
  await trained(network("series.mjs", "[null, 3]", list), ...data, "--window", "6", "--out", at("series"));
  expect(await done("predict", at("series"), at("series.csv"))).toContain("series.csv");
  expect(await done("report", at("series"))).toBeDefined();
  const wide = await anygrad(["train", network("wide.mjs", "[null, 5]", list), ...data, "--window", "6"]);
  expect(wide.code).toBe(2);
  expect(wide.stderr).toContain("its network takes any×5 but an example of the data is 6×3");
}, 60_000);

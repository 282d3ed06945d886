/** Networks with layers of the user's own on the command line, and what reads their files. */
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { anygrad } from "../anygrad.ts";
import { file, folder, refusal } from "./modules.ts";

const net = file(
  "custom/net.mjs",
  `import { defineActivation, defineLayer, layers, ops } from "anygrad";
export const scale = defineLayer({
  name: "scale",
  options: { first: 1 },
  weights: (shape, { first }) => ({
    factor: { shape: [shape.at(-1)], initializer: { type: "constant", config: { value: first } } },
  }),
  call: (x, { weights }) => ops.multiply(x, weights.factor),
});
export const others = [defineActivation({ name: "bend", call: (x) => ops.tanh(x) })];
export default ({ classes }) => [
  layers.flatten(), scale({ first: 2 }), layers.dense({ units: 8, activation: others[0] }),
  layers.dense({ units: classes, activation: "softmax" }),
];
`,
);
const out = join(folder, "custom/run");
const small = ["--limit", "60", "--epochs", "2", "--quiet", "--no-report"];

async function ran(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await anygrad(args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
}
let digest: string;
beforeAll(async () => {
  digest = JSON.parse(await ran("train", "--model", net, "--out", out, ...small, "--json")).digest;
}, 60_000);

describe("a saved network with layers of one's own", () => {
  it("is tested and summed up with the module that defines them", async () => {
    const tested = JSON.parse(await ran("evaluate", out, "--custom", net, "--json", "--limit", "60"));
    expect(tested.digest).toBe(digest);
    expect(await ran("summary", out, "--custom", net)).toContain("scale (Scale)");
  });

  it("says what it lacks without", async () => {
    expect(await refusal(["evaluate", out], anygrad)).toBe(
      'load: the model has the layer "scale" and the activation "bend" of your own, which files do not hold; pass the module that exports its definition, such as the one of --model: --custom FILE',
    );
    const nothing = file("custom/nothing.mjs", "export const a = 1;");
    expect(await refusal(["summary", out, "--custom", nothing], anygrad)).toContain(
      "nothing.mjs: it exports nothing that a define function gave",
    );
  });

  it("is trained again from what the run kept of it", async () => {
    const again = ["train", "--model", join(out, "network.json"), ...small, "--json"];
    expect(JSON.parse(await ran(...again, "--custom", net)).digest).toBe(digest);
    expect(await refusal(again, anygrad)).toMatch(
      /network.json: the model has the layer "scale".*--custom FILE/,
    );
  });

  it("goes on where it was paused", async () => {
    const paused = join(folder, "custom/paused");
    await ran("train", "--model", net, "--out", paused, ...small, "--stop-after", "1");
    expect(JSON.parse(await ran("train", "--resume", paused, "--quiet", "--json")).digest).toBe(digest);
  });
});

it("a changed copy is refused", async () => {
  const copy = file(
    "custom/copy.mjs",
    `import { layers } from "anygrad";
export default ({ classes }) => [{ ...layers.flatten(), call: ([x]) => x }, layers.dense({ units: classes, activation: "softmax" })];
`,
  );
  expect(await refusal(["train", "--model", copy, ...small], anygrad)).toMatch(
    /copy.mjs:.*a changed copy of flatten/,
  );
});

/** Devices, pipes and sockets where a command takes a file: refused at once, whoever waited for their end would wait for ever. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createEngine } from "../../src/engine/createEngine.ts";
import { layers } from "../../src/layers/index.ts";
import { sequential } from "../../src/model/index.ts";
import { served } from "./served.ts";

const folder = mkdtempSync(join(tmpdir(), "anygrad-special-"));
const at = (name: string): string => join(folder, name);
const server = createServer();

beforeAll(async () => {
  const net = sequential([layers.flatten(), layers.dense({ units: 2, activation: "softmax" })], {
    inputShape: [2, 2, 1],
    seed: 1,
  });
  await net.build({ engine: await createEngine({ threads: 1 }) });
  writeFileSync(at("model.safetensors"), await net.save());
  writeFileSync(at("net.json"), JSON.stringify(net.getConfig()));
  for (const name of ["pipe", "pipe.csv", "pipe.json", "pipe.mjs", "pipe.safetensors", "pipe.png"])
    execFileSync("mkfifo", [at(name)]);
  symlinkSync("/dev/zero", at("zero.safetensors"));
  mkdirSync(at("run"));
  mkdirSync(at("again"));
  for (const name of ["run.json", "history.csv", "steps.csv", "predictions.csv"])
    symlinkSync("/dev/zero", join(folder, "run", name));
  await new Promise<void>((resolve) => server.listen(at("socket"), resolve));
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const model = at("model.safetensors");
it.skipIf(process.platform === "win32").each<[string, string[]]>([
  ["predict of a device", ["predict", model, "/dev/zero"]],
  ["predict of a pipe", ["predict", model, at("pipe")]],
  ["predict of a pipe that is named as a picture", ["predict", model, at("pipe.png")]],
  ["predict of a pipe that is named as a table", ["predict", model, at("pipe.csv")]],
  ["predict of a socket", ["predict", model, at("socket")]],
  ["predict by a device", ["predict", "/dev/zero", at("net.json")]],
  ["predict by a pipe", ["predict", at("pipe.safetensors"), at("net.json")]],
  ["predict of numbers in a pipe", ["predict", model, at("pipe.json")]],
  ["evaluate", ["evaluate", at("zero.safetensors")]],
  ["evaluate on a device", ["evaluate", model, "--dataset", "/dev/zero"]],
  ["evaluate on a pipe", ["evaluate", model, "--dataset", at("pipe.csv")]],
  ["summary", ["summary", "/dev/zero"]],
  ["summary of a pipe", ["summary", at("pipe.json")]],
  ["inspect", ["inspect", at("socket")]],
  ["import", ["import", at("pipe"), "--out", at("out.safetensors")]],
  ["export", ["export", "/dev/zero", "--format", "onnx", "--out", at("out.onnx")]],
  ["data info", ["data", "info", at("pipe.csv")]],
  ["data preview", ["data", "preview", "/dev/zero"]],
  ["train --model", ["train", "--model", at("pipe.mjs"), "--quiet"]],
  ["train --from", ["train", "--from", "/dev/zero", "--dataset", "digits", "--quiet"]],
  ["train --dataset", ["train", "mlp-64", "--dataset", at("socket"), "--quiet"]],
  ["--custom", ["evaluate", model, "--custom", at("pipe.mjs")]],
  ["tune --search", ["tune", "mlp-64", "--search", at("pipe.json")]],
  ["report", ["report", at("run")]],
  ["compare --runs", ["compare", "--runs", at("run"), at("again")]],
])("%s is refused", async (_, args) => {
  const { code, stdout, stderr } = await served(args);
  expect(stdout).toBe("");
  expect(stderr).toMatch(
    /^anygrad: .*(a (device|pipe|socket) where a file is wanted|is neither a folder nor|no file that can be read).*\n$/,
  );
  expect(code).toBe(2);
});

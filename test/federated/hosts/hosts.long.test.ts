/** examples/federated/page.js takes part from a page, through the bridge, and from a worker at the edge: with the bits of Node. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach, beforeAll, describe, expect, it, type TestContext } from "vitest";
import type { Records } from "../../../src/federated/wire/records.ts";
import { layers, sequential } from "../../../src/index.ts";
import { temporaryFolder } from "../../cli/anygrad.ts";
import { MemorySuperlink, type ServedSuperlink, serve, until } from "../superlink.ts";
import { missingReason, openChromium, openWorkerd } from "./hosts.mjs";

const example = new URL("../../../examples/federated/", import.meta.url);
const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** Sends a training, waits for its answer, and hands over what was answered. */
async function trained(
  takePart: (served: ServedSuperlink, done: Promise<void>) => Promise<unknown>,
): Promise<Records> {
  const superlink = new MemorySuperlink();
  const served = await serve(superlink);
  endings.push(() => served.kill());
  const dense = (units: number, activation: "relu" | "softmax") => layers.dense({ units, activation });
  const net = sequential([layers.flatten(), dense(64, "relu"), dense(10, "softmax")], {
    inputShape: [28, 28, 1],
    seed: 1,
  });
  await net.build();
  const arrays = new Map(
    net.getWeights().map(({ shape, data }, i) => [String(i), { shape, dtype: "float32", data }] as const),
  );
  await superlink.send("train", { arrays: { arrays }, configs: { config: { lr: 0.1, "server-round": 2n } } });
  const done = until(() => superlink.replies.length === 1, "an answer");
  await takePart(served, done);
  await done;
  expect(superlink.calls.slice(-2)).toEqual(["DeactivateNode", "UnregisterNode"]);
  const [{ message, records }] = superlink.replies as [(typeof superlink.replies)[0]];
  expect(message.error).toBeUndefined();
  return records!;
}

let ofNode: Records;
beforeAll(async () => {
  const { takePart } = await import(fileURLToPath(new URL("page.js", example)));
  ofNode = await trained(async ({ port }, done) => {
    const end = new AbortController();
    const part = takePart(`http://127.0.0.1:${port}`, end.signal, () => {});
    await done;
    end.abort();
    await part;
  });
  for (const end of endings.splice(0)) await end();
});

/** Skips, by name, where a host is not here. */
async function opened<Host>(context: TestContext, open: (folder: string) => Promise<Host>): Promise<Host> {
  try {
    return await open(temporaryFolder());
  } catch (error) {
    const reason = missingReason(error);
    if (reason === undefined) throw error;
    return context.skip(reason);
  }
}

describe("the example of a federation", () => {
  it("in a page of Chromium, through the bridge", async (context) => {
    const page = await opened(context, openChromium);
    endings.push(() => page.close());
    const answer = await trained(async ({ port }, done) => {
      const program = fileURLToPath(new URL("bridge.mjs", example));
      const bridge = spawn(process.execPath, [program, `http://127.0.0.1:${port}`, page.origin, "0"], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      endings.push(() => bridge.kill());
      const [address] = String(await new Promise((resolve) => bridge.stdout.once("data", resolve))).split(
        " ",
      );
      const part = page.takePart(address!);
      await done;
      await page.leave();
      expect(await part).toEqual({ answered: 1, failed: 0 });
    });
    expect(answer).toEqual(ofNode);
  });

  it("in workerd, without the bridge", async (context) => {
    const worker = await opened(context, openWorkerd);
    endings.push(() => worker.close());
    const answer = await trained(async ({ port }) => {
      expect(await worker.takePart(`http://127.0.0.1:${port}`)).toEqual({ answered: 1, failed: 0 });
    });
    expect(answer).toEqual(ofNode);
  });
});

/** `anygrad federate` as a process at a SuperLink behind HTTP: it shows that it lives, comes back to one that was killed, and says good-bye. */
import { type ChildProcess, spawn } from "node:child_process";
import { afterEach, describe, expect, it } from "vitest";
import { layers, sequential } from "../../src/index.ts";
import { environment, script } from "../cli/anygrad.ts";
import { MemorySuperlink, type ServedSuperlink, serve, until } from "./superlink.ts";

let served: ServedSuperlink | undefined;
let node: ChildProcess | undefined;
afterEach(async () => {
  node?.kill("SIGKILL");
  await served?.kill();
  [node, served] = [undefined, undefined];
});

/** A node of mlp-64 on the built-in digits. @returns what it has said so far, and its end */
function start(port: number, ...args: string[]): { said: () => string; ended: Promise<number | null> } {
  const options = ["--superlink", `127.0.0.1:${port}`, "--insecure", "--dataset", "digits", "--threads", "1"];
  const child = spawn(
    process.execPath,
    [script, "federate", "mlp-64", ...options, "--poll", "0.05", ...args],
    {
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  node = child;
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text) => {
      said += text;
    });
  return { said: () => said, ended: new Promise((resolve) => child.on("close", resolve)) };
}

/** The weights of mlp-64, as a server would send them. */
async function firstWeights(): Promise<
  Map<string, { shape: readonly number[]; dtype: "float32"; data: Float32Array }>
> {
  const dense = (units: number, activation: "relu" | "softmax") => layers.dense({ units, activation });
  const net = sequential([layers.flatten(), dense(64, "relu"), dense(10, "softmax")], {
    inputShape: [28, 28, 1],
    seed: 1,
  });
  await net.build();
  return new Map(
    net.getWeights().map(({ shape, data }, i) => [String(i), { shape, dtype: "float32", data }]),
  );
}

describe("a process of anygrad federate", () => {
  it("comes back to a SuperLink that was killed and has forgotten it, and unregisters at SIGTERM", async () => {
    const first = new MemorySuperlink();
    served = await serve(first);
    const { port } = served;
    const { said, ended } = start(port);
    await first.send("query", {});
    await until(() => first.replies.length === 1, "the first answer");

    await served.kill();
    await until(() => /SuperLink does not answer/.test(said()), "that it waits");
    const second = new MemorySuperlink();
    served = await serve(second, port);
    await second.send("train", { arrays: { arrays: await firstWeights() } });
    await until(() => second.replies.length === 1, "the answer to the second");
    expect(second.replies[0]!.message.error).toBeUndefined();
    expect(second.replies[0]!.records!.arrays.arrays!.size).toBe(4);
    expect(said().match(/joined as node/g)).toHaveLength(2);

    node!.kill("SIGTERM");
    expect(await ended).toBe(0);
    expect(second.calls.slice(-2)).toEqual(["DeactivateNode", "UnregisterNode"]);
    expect(said()).toMatch(/left the federation\n2 messages answered, 0 by an error/);
  });

  it("loses the SuperLink while it trains: the answer is given up, and the next one's is given", async () => {
    const first = new MemorySuperlink();
    served = await serve(first);
    const { port } = served;
    const { said } = start(port);
    const configs = { config: { epochs: 5n } }; // a second or more
    await first.send("train", { arrays: { arrays: await firstWeights() }, configs });
    await until(() => first.calls.includes("ConfirmMessageReceived"), "that the message was taken");
    await served.kill();
    const second = new MemorySuperlink();
    await second.send("query", {});
    served = await serve(second, port);
    await until(() => second.replies.length === 1, "the answer to the second");
    const calls = second.calls.filter((call) => call !== "SendNodeHeartbeat");
    expect(calls.slice(0, 2)).toEqual(["PushMessages", "RegisterNode"]); // first of a run that this SuperLink does not know
    expect(said()).not.toMatch(/answered by an error/);
  });

  it("shows that it lives while it trains, and a training that is ended is answered by an error", async () => {
    const superlink = new MemorySuperlink();
    served = await serve(superlink);
    const { ended } = start(served.port, "--heartbeat", "10");
    const configs = { config: { epochs: 1_000_000n } };
    await superlink.send("train", { arrays: { arrays: await firstWeights() }, configs });
    await until(() => superlink.calls.includes("ConfirmMessageReceived"), "that the message was taken");
    const beats = (): number => superlink.calls.filter((call) => call === "SendNodeHeartbeat").length;
    await until(() => beats() === 2, "two heartbeats");
    expect(superlink.calls.slice(superlink.calls.indexOf("ConfirmMessageReceived") + 1)).toEqual([
      "SendNodeHeartbeat",
      "SendNodeHeartbeat",
    ]);
    node!.kill("SIGTERM");
    expect(await ended).toBe(0);
    expect(superlink.replies[0]!.message.error?.reason).toBe("the node was stopped");
    expect(superlink.calls.slice(-2)).toEqual(["DeactivateNode", "UnregisterNode"]);
  });

  it("ends at SIGTERM also where no SuperLink answers any more", async () => {
    const superlink = new MemorySuperlink();
    served = await serve(superlink);
    const { said, ended } = start(served.port);
    await until(() => superlink.calls.includes("PullMessages"), "that it has joined");
    await served.kill();
    await until(() => /SuperLink does not answer/.test(said()), "that it waits");
    node!.kill("SIGTERM");
    expect(await ended).toBe(0);
  });
});

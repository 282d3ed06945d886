/** workerd itself, with a configuration of ours, on a port of loopback that it chooses. */
import { readdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { packages } from "../../install.mjs";
import { serve } from "./server.mjs";

export const compatibilityDate = "2026-04-01";

/** The program of the package. Its own bin is a script that passes no control channel on. @throws Missing */
export async function workerdBinary() {
  return createRequire(join(await packages(["workerd"]), "x.js"))("workerd").default;
}

/** The .wasm files that a bundled worker imports, by name. */
export async function wasmIn(folder) {
  return (await readdir(folder)).filter((name) => name.endsWith(".wasm"));
}

/**
 * Serves a worker in a folder, with the .wasm files beside it.
 * @param main the worker's file
 * @param binary what workerdBinary gives
 * @param services more of workerd's services, in its own form, such as a network that the worker may reach
 */
export async function startWorkerd(folder, main, binary, services = []) {
  const wasm = await wasmIn(folder);
  await writeFile(
    join(folder, "workerd.capnp"),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [${['(name = "main", worker = .program)', ...services].join(", ")}],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]);
const program :Workerd.Worker = (
  compatibilityDate = "${compatibilityDate}",
  modules = [
    (name = "${main}", esModule = embed "${main}"),
    ${wasm.map((name) => `(name = "${name}", wasm = embed "${name}")`).join(",\n    ")}]);
`,
  );
  const { child, printed, kill } = serve(binary, ["serve", "--control-fd=3", "workerd.capnp"], {
    cwd: folder,
    channels: 1,
  });
  const port = await new Promise((resolve, reject) => {
    // it tells the port that it was given on its control channel
    createInterface({ input: child.stdio[3] }).on("line", (line) => {
      const message = JSON.parse(line);
      if (message.event === "listen") resolve(message.port);
    });
    child.once("exit", (code) => reject(new Error(`workerd ended (${code}): ${printed()}`)));
  });
  return { port, printed, kill };
}

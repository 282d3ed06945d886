/** WebKitGTK's MiniBrowser under Xvfb, spoken to in plain W3C WebDriver. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Missing, systemProgram } from "../../install.mjs";
import { serve } from "../../serve.mjs";
import { writePage } from "./page.mjs";

const debian = ["webkit2gtk-driver", "xvfb", "xauth", "dbus-x11"];
const browsers = ["x86_64", "aarch64"].map(
  (machine) => `/usr/lib/${machine}-linux-gnu/webkit2gtk-4.1/MiniBrowser`,
);

export const rows = [
  {
    id: "webkit-isolated",
    name: "WebKit (GTK), isolated page",
    threads: "Debian's WebKitGTK has SharedArrayBuffer switched off, isolated or not",
    open: ({ root }) => open(root, { isolated: true }),
  },
  {
    id: "webkit-threads",
    name: "WebKit (GTK), isolated page, JSC_useSharedArrayBuffer=1",
    threads: 2,
    open: ({ root }) => open(root, { isolated: true, switches: { JSC_useSharedArrayBuffer: "1" } }),
  },
  {
    id: "webkit",
    name: "WebKit (GTK), plain page",
    threads: "no cross-origin isolation, so no shared memory",
    open: ({ root }) => open(root, { isolated: false }),
  },
];

async function open(root, { isolated, switches }) {
  const driver = await systemProgram(["WebKitWebDriver"], debian);
  const xvfb = await systemProgram(["Xvfb"], debian);
  const binary = browsers.find((path) => existsSync(path));
  if (!binary) throw new Missing(`no MiniBrowser at ${browsers.join(" or ")}`);
  const page = await writePage(root);
  const server = await serve(root, { isolated });
  const home = await mkdtemp(join(tmpdir(), "anygrad-webkit-"));
  const children = [];
  let session = "";

  const start = (command, options, settings) => {
    const child = spawn(command, options, settings);
    children.push(child);
    return child;
  };
  const port = await freePort();
  const call = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: { "content-type": "application/json" },
      body: body && JSON.stringify(body),
    });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`WebDriver: ${value.message ?? JSON.stringify(value)}`);
    return value;
  };
  const close = async () => {
    if (session) await call("DELETE", session).catch(() => {});
    for (const child of children.reverse()) {
      child.kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    }
    server.close();
    await rm(home, { recursive: true, force: true, maxRetries: 3 });
  };

  try {
    // Xvfb chooses a free display and writes its number
    const screen = start(xvfb, ["-displayfd", "3", "-screen", "0", "1024x768x24", "-nolisten", "tcp"], {
      stdio: ["ignore", "ignore", "ignore", "pipe"],
    });
    const [display] = await once(screen.stdio[3], "data");
    start(driver, [`--port=${port}`], {
      stdio: "ignore",
      env: {
        ...process.env,
        DISPLAY: `:${String(display).trim()}`,
        HOME: home,
        XDG_RUNTIME_DIR: home,
        // containers have neither a user namespace for its sandbox nor a graphics card
        WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
        WEBKIT_DISABLE_COMPOSITING_MODE: "1",
        WEBKIT_DISABLE_DMABUF_RENDERER: "1",
        LIBGL_ALWAYS_SOFTWARE: "1",
        NO_AT_BRIDGE: "1",
        GIO_USE_VFS: "local",
        ...switches,
      },
    });
    await until(() => call("GET", "/status"), 10_000);
    const options = { "webkitgtk:browserOptions": { binary, args: ["--automation"] } };
    const { sessionId, capabilities } = await call("POST", "/session", {
      capabilities: { alwaysMatch: options },
    });
    session = `/session/${sessionId}`;
    await call("POST", `${session}/timeouts`, { script: 300_000 });
    await call("POST", `${session}/url`, { url: server.address + page });
    const execute = (kind, script, ...args) => call("POST", `${session}/execute/${kind}`, { script, args });
    await until(async () => {
      if (!(await execute("sync", "return globalThis.loaded === true")))
        throw new Error("the page did not load");
    }, 30_000);
    const asking = (name) => (plan) =>
      execute("async", `globalThis.${name}(arguments[0]).then(arguments[1])`, plan);
    return {
      version: capabilities.browserVersion,
      ask: asking("ask"),
      askWorker: asking("askWorker"),
      close,
      kill: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Tries until it works. @throws the last error */
async function until(work, patience) {
  for (const began = performance.now(); ; await new Promise((resolve) => setTimeout(resolve, 100)))
    try {
      return await work();
    } catch (error) {
      if (performance.now() - began > patience) throw error;
    }
}

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  return port;
}

/** WebKitGTK's MiniBrowser under Xvfb, spoken to in plain W3C WebDriver: for the runtime matrix and for the checks of the site. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Missing, systemProgram } from "../../install.mjs";

const debian = ["webkit2gtk-driver", "xvfb", "xauth", "dbus-x11"];
const browsers = ["x86_64", "aarch64"].map(
  (machine) => `/usr/lib/${machine}-linux-gnu/webkit2gtk-4.1/MiniBrowser`,
);

/**
 * @param switches environment variables of the browser
 * @returns its version, `call` for what belongs to the session, and `close`
 * @throws Missing
 */
export async function openWebKit(switches = {}) {
  const driver = await systemProgram(["WebKitWebDriver"], debian);
  const xvfb = await systemProgram(["Xvfb"], debian);
  const binary = browsers.find((path) => existsSync(path));
  if (!binary) throw new Missing(`no MiniBrowser at ${browsers.join(" or ")}`);
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
    return {
      version: capabilities.browserVersion,
      call: (method, path, given) => call(method, `${session}${path}`, given),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Tries until it works. @throws the last error */
export async function until(work, patience) {
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

/** WebKitGTK's MiniBrowser. */
import { serve } from "../../serve.mjs";
import { writePage } from "./page.mjs";
import { openWebKit, until } from "./webkitSession.mjs";

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
  const page = await writePage(root);
  const { version, call, close: quit } = await openWebKit(switches);
  const server = await serve(root, { isolated });
  const close = async () => {
    await quit();
    server.close();
  };
  try {
    await call("POST", "/url", { url: server.address + page });
    const execute = (kind, script, ...args) => call("POST", `/execute/${kind}`, { script, args });
    await until(async () => {
      if (!(await execute("sync", "return globalThis.loaded === true")))
        throw new Error("the page did not load");
    }, 30_000);
    const asking = (name) => (plan) =>
      execute("async", `globalThis.${name}(arguments[0]).then(arguments[1])`, plan);
    return { version, ask: asking("ask"), askWorker: asking("askWorker"), close, kill: close };
  } catch (error) {
    await close();
    throw error;
  }
}

// Loaded before a program (`node --require`): takes the time of its fsyncs and appends a line of JSON to the file that SYNC_TIMES names.
const fs = require("node:fs");
const { syncBuiltinESMExports } = require("node:module");

const { open } = fs.promises;
let [count, atWork, since, milliseconds] = [0, 0, 0, 0];
fs.promises.open = async (...args) => {
  const handle = await open(...args);
  const { sync } = handle;
  handle.sync = async () => {
    count++;
    if (atWork++ === 0) since = performance.now();
    try {
      return await sync.call(handle);
    } finally {
      // several at a time are waited for once
      if (--atWork === 0) milliseconds += performance.now() - since;
    }
  };
  return handle;
};
syncBuiltinESMExports();
process.on("exit", () =>
  fs.appendFileSync(process.env.SYNC_TIMES, `${JSON.stringify({ count, milliseconds })}\n`),
);

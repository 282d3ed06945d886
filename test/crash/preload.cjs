/**
 * Loaded before the program (`node --require`): counts what changes files below a folder, and at the n-th such operation
 * the process dies, or the disk is full from then on. Or it only takes down what was done, for powerLoss.mjs, or copies the device
 * for device.mjs.
 *
 * ANYGRAD_CRASH is JSON: { folder, mode, at, who, flag, log, image, copies, deaf }.
 * - mode: "die" before the operation; "half" of a write is done before; "full": ENOSPC from there on, or for a name; "record"; "copy" the image into
 *   the folder of copies before each operation.
 * - at: the number of the operation, from 1, or what the path of it holds.
 * - deaf: fsync does nothing.
 * - who: "parent" or "child" of compare and tune; "any".
 * - flag: a file outside the folder: it is made before the death, so that only one process dies; without it every one does.
 */
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { syncBuiltinESMExports } = require("node:module");

const plan = process.env.ANYGRAD_CRASH && JSON.parse(process.env.ANYGRAD_CRASH);
const role = process.env.ANYGRAD_PARENT === undefined ? "parent" : "child";
if (plan && (plan.who === "any" || plan.who === role)) watch(plan);

function watch({ folder, mode, at, flag, log, image, copies, deaf }) {
  let count = 0;
  const below = (file) =>
    typeof file === "string" && !path.relative(folder, path.resolve(file)).startsWith("..");
  const note = (line, content) => {
    if (!log) return;
    let kept;
    if (content !== undefined) {
      kept = `${log}.${process.pid}.${count}`;
      fs.writeFileSync(kept, content);
    }
    fs.appendFileSync(log, `${JSON.stringify({ ...line, ...(kept && { content: kept }) })}\n`);
  };
  const die = () => {
    if (flag && fs.existsSync(flag)) return;
    if (flag) fs.writeFileSync(flag, "");
    process.kill(process.pid, "SIGKILL");
    for (;;); // the signal is on its way
  };
  const full = () => Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
  /** @param needsSpace whether a full disk refuses it @param half does half of it */
  const before = (line, { needsSpace = true, half, content } = {}) => {
    count++;
    if (mode === "record") note(line, content);
    if (mode === "copy") {
      const to = path.join(copies, `${String(count).padStart(4, "0")}-${process.pid}.img`);
      const { status, stderr } = spawnSync("cp", ["--sparse=always", image, to], { encoding: "utf8" });
      if (status !== 0) throw new Error(stderr);
    }
    const isNamed = typeof at === "string" && line.path.includes(at);
    if (mode === "full" && needsSpace && (isNamed || count >= at)) throw full();
    if (!isNamed && count !== at) return;
    if (mode === "half" && half && !(flag && fs.existsSync(flag))) half();
    if (mode === "die" || mode === "half") die();
  };
  const p = fs.promises;
  const original = { ...p };
  const wrap = (name, needsSpace) => {
    p[name] = async (first, ...rest) => {
      const paths = [first, ...(name === "rename" || name === "link" ? [rest[0]] : [])];
      if (paths.some(below))
        before(
          { op: name, path: path.resolve(first), ...(paths[1] && { to: path.resolve(paths[1]) }) },
          { needsSpace },
        );
      return original[name](first, ...rest);
    };
  };
  for (const name of ["mkdir", "link"]) wrap(name, true);
  for (const name of ["rename", "rm", "unlink", "rmdir"]) wrap(name, false);
  p.writeFile = async (file, data, options) => {
    if (below(file))
      before(
        { op: "writeFile", path: path.resolve(file) },
        {
          content: Buffer.from(data),
          half: () => fs.writeFileSync(file, Buffer.from(data).subarray(0, data.length >> 1), options),
        },
      );
    return original.writeFile(file, data, options);
  };
  p.open = async (file, flags, ...rest) => {
    if (!below(file)) return original.open(file, flags, ...rest);
    const writes = flags !== undefined && flags !== "r";
    if (writes) before({ op: "create", path: path.resolve(file) });
    const handle = await original.open(file, flags, ...rest);
    const { writeFile, sync } = handle;
    handle.writeFile = async (data) => {
      before(
        { op: "write", path: path.resolve(file) },
        { content: Buffer.from(data), half: () => fs.writeSync(handle.fd, data, 0, data.length >> 1) },
      );
      return writeFile.call(handle, data);
    };
    handle.sync = async () => {
      before({ op: writes ? "sync" : "syncFolder", path: path.resolve(file) }, { needsSpace: writes });
      return deaf ? undefined : sync.call(handle);
    };
    return handle;
  };
  for (const name of ["mkdirSync", "writeFileSync", "renameSync", "rmSync", "unlinkSync"]) {
    const own = fs[name];
    fs[name] = (file, ...rest) => {
      if (below(file)) before({ op: name, path: path.resolve(file) });
      return own(file, ...rest);
    };
  }
  syncBuiltinESMExports();
  process.on("exit", () => {
    if (plan.counts) fs.appendFileSync(plan.counts, `${role} ${count}\n`);
  });
}

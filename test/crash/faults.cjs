/**
 * Puts a fault into the file system that a process sees: what changes files below a folder is counted, and at the n-th such operation
 * the process dies, or the disk is full from then on. Or it only takes down what was done, for powerLoss.mjs, or copies the device
 * for device.mjs.
 *
 * A plan is { folder, mode, at, flag, log, image, copies, deaf }.
 * - mode: "die" before the operation; "half" of a write is done before; "full": ENOSPC from there on, or for a name; "once": ENOSPC for it
 *   alone; "record"; "copy" the image into the folder of copies before each operation; "count".
 * - at: the number of the operation, from 1, or what the path of it holds.
 * - deaf: fsync does nothing.
 * - flag: a file outside the folder: it is made before the death, so that only one process dies; without it every one does.
 */
const { spawnSync } = require("node:child_process");
const ownFiles = { ...require("node:fs") };
const { constants } = ownFiles;
const path = require("node:path");

/**
 * @param fs as `node:fs`, with its `promises`; its functions are replaced
 * @param die ends the process; it need not return
 * @param pid of the process, for names
 * @returns gives what each operation was, in the mode "count": "write", which can be done by half; "space", which a full disk refuses, as it does
 *   a write; or "name"
 */
exports.injectFaults = (fs, { folder, mode, at, flag, log, image, copies, deaf }, die, pid) => {
  let count = 0;
  const kinds = [];
  const below = (file) =>
    typeof file === "string" && !path.relative(folder, path.resolve(file)).startsWith("..");
  const note = (line, content) => {
    if (!log) return;
    let kept;
    if (content !== undefined) {
      kept = `${log}.${pid}.${count}`;
      ownFiles.writeFileSync(kept, content);
    }
    ownFiles.appendFileSync(log, `${JSON.stringify({ ...line, ...(kept && { content: kept }) })}\n`);
  };
  const isOver = () => flag !== undefined && ownFiles.existsSync(flag);
  const full = () => Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
  /** @param needsSpace whether a full disk refuses it @param half does half of it */
  const before = (line, { needsSpace = true, half, content } = {}) => {
    count++;
    if (mode === "count") kinds.push(half ? "write" : needsSpace ? "space" : "name");
    if (mode === "record") note(line, content);
    if (mode === "copy") {
      const to = path.join(copies, `${String(count).padStart(4, "0")}-${pid}.img`);
      const { status, stderr } = spawnSync("cp", ["--sparse=always", image, to], { encoding: "utf8" });
      if (status !== 0) throw new Error(stderr);
    }
    const isNamed = typeof at === "string" && line.path.includes(at);
    if (mode === "full" && needsSpace && (isNamed || count >= at)) throw full();
    if (mode === "once" && needsSpace && count === at && !isOver()) {
      if (flag) ownFiles.writeFileSync(flag, "");
      throw full();
    }
    if ((!isNamed && count !== at) || (mode !== "die" && mode !== "half") || isOver()) return;
    if (mode === "half") half?.();
    if (flag) ownFiles.writeFileSync(flag, "");
    die();
  };
  const partOf = (data) => Buffer.from(data).subarray(0, data.length >> 1);

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
        { content: Buffer.from(data), half: () => ownFiles.writeFileSync(file, partOf(data), options) },
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
        { content: Buffer.from(data), half: () => ownFiles.writeSync(handle.fd, partOf(data)) },
      );
      return writeFile.call(handle, data);
    };
    handle.sync = async () => {
      before({ op: writes ? "sync" : "syncFolder", path: path.resolve(file) }, { needsSpace: writes });
      return deaf ? undefined : sync.call(handle);
    };
    return handle;
  };

  // files and folders that are open, by descriptor: logs grow at their end without promises
  const opened = new Map();
  const { openSync, closeSync, writeSync, ftruncateSync, fdatasyncSync, fsyncSync } = fs;
  fs.openSync = (file, flags, ...rest) => {
    const writes = flags !== undefined && flags !== "r" && flags !== constants.O_RDONLY;
    const isNew = below(file) && writes && !ownFiles.existsSync(file);
    if (isNew) before({ op: "create", path: path.resolve(file) });
    const descriptor = openSync(file, flags, ...rest);
    if (below(file)) opened.set(descriptor, path.resolve(file));
    return descriptor;
  };
  fs.closeSync = (descriptor) => {
    opened.delete(descriptor);
    return closeSync(descriptor);
  };
  /** @param line what is taken down of it, without the path */
  const ofDescriptor = (descriptor, line, options) => {
    const file = opened.get(descriptor);
    if (file !== undefined) before({ ...line, path: file }, options);
  };
  fs.writeSync = (descriptor, data, offset = 0, length = data.length - offset, position = null) => {
    const part = typeof data === "string" ? data : data.subarray(offset, offset + length);
    ofDescriptor(
      descriptor,
      { op: "append", position },
      {
        content: opened.has(descriptor) ? Buffer.from(part) : undefined,
        half: () => ownFiles.writeSync(descriptor, partOf(part), 0, part.length >> 1, position),
      },
    );
    return typeof data === "string"
      ? writeSync(descriptor, data)
      : writeSync(descriptor, data, offset, length, position);
  };
  fs.ftruncateSync = (descriptor, length) => {
    ofDescriptor(descriptor, { op: "truncate", length }, { needsSpace: false });
    return ftruncateSync(descriptor, length);
  };
  fs.fdatasyncSync = (descriptor) => {
    ofDescriptor(descriptor, { op: "sync" });
    return deaf ? undefined : fdatasyncSync(descriptor);
  };
  fs.fsyncSync = (descriptor) => {
    ofDescriptor(descriptor, { op: "syncFolder" }, { needsSpace: false });
    return deaf ? undefined : fsyncSync(descriptor);
  };
  let isWithin = false; // rmSync calls unlinkSync
  for (const name of ["mkdirSync", "writeFileSync", "renameSync", "rmSync", "unlinkSync"]) {
    const own = fs[name];
    fs[name] = (file, ...rest) => {
      if (isWithin) return own(file, ...rest);
      if (below(file)) before({ op: name, path: path.resolve(file) });
      isWithin = true;
      try {
        return own(file, ...rest);
      } finally {
        isWithin = false;
      }
    };
  }
  return () => kinds;
};

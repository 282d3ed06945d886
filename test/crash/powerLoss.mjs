/**
 * Power cuts: what a command did to its folder is taken down, and for every moment in between the folder is made as a disk may have
 * it when the power goes: what was not brought to it (fsync) is gone. In two ways: names are there and their bytes are not, as
 * after a rename without fsync; or the names are still those of the last fsync of the folder.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** A folder as the system sees it, and as the disk has it. */
class Disk {
  /** Files by path: bytes that were written, and those that are on the disk. */
  names = new Map();
  synced = new Map();

  constructor(folder) {
    for (const name of existsSync(folder)
      ? readdirSync(folder, { recursive: true, withFileTypes: true })
      : []) {
      if (!name.isFile()) continue;
      const path = join(name.parentPath, name.name);
      const bytes = readFileSync(path);
      const file = { bytes, disk: bytes };
      this.names.set(path, file);
      this.synced.set(path, file);
    }
  }

  apply({ op, path, to, content, position, length }) {
    const bytes = content && readFileSync(content);
    const file = this.names.get(path);
    if (op === "create") this.names.set(path, { bytes: Buffer.alloc(0), disk: Buffer.alloc(0) });
    else if (op === "writeFile") this.names.set(path, { bytes, disk: Buffer.alloc(0) });
    else if (op === "write") file.bytes = bytes;
    else if (op === "append") file.bytes = Buffer.concat([file.bytes.subarray(0, position), bytes]);
    else if (op === "truncate") file.bytes = file.bytes.subarray(0, length);
    else if (op === "sync") file.disk = file.bytes;
    else if (op === "rename" || op === "link") {
      if (!file || (op === "link" && this.names.has(to))) return;
      this.names.set(to, file);
      if (op === "rename") this.names.delete(path);
    } else if (/^(rm|unlink)(Sync)?$/.test(op)) this.names.delete(path);
    else if (op === "syncFolder") {
      for (const each of new Set([...this.synced.keys(), ...this.names.keys()])) {
        if (dirname(each) !== path) continue;
        if (this.names.has(each)) this.synced.set(each, this.names.get(each));
        else this.synced.delete(each);
      }
    }
  }

  /** Makes the folder as the disk has it. @param from, to the folder that was taken down, and the one to make */
  write(way, from, to) {
    mkdirSync(to, { recursive: true });
    for (const [path, { disk }] of way === "names" ? this.names : this.synced) {
      const file = join(to, relative(from, path));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, disk);
    }
  }
}

/** @param anygrad as that of commands.mjs */
export async function powerLoss(anygrad, base, scenarios, expected, every, each) {
  const faults = [];
  let count = 0;
  for (const scenario of scenarios) {
    const out = join(base, `power-${scenarios.indexOf(scenario)}`);
    scenario.begin(base, out);
    const begin = `${out}-begin`;
    if (existsSync(out)) cpSync(out, begin, { recursive: true });
    const log = `${out}.log`;
    await anygrad(scenario.args(out), { fault: { folder: out, mode: "record", who: "any", log } });
    const operations = readFileSync(log, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const moments = operations.map((_, i) => i).filter((i) => i % every === every >> 1);
    count += moments.length;
    await each(
      moments.flatMap((moment) => ["names", "synced"].map((way) => ({ moment, way }))),
      async ({ moment, way }) => {
        const cut = `${out}-${way}-${moment}`;
        // the folder lay there for long: all of it is on the disk
        const disk = new Disk(begin);
        const moved = (path) => path?.replace(out, begin);
        for (const line of operations.slice(0, moment + 1))
          disk.apply({ ...line, path: moved(line.path), to: moved(line.to) });
        disk.write(way, begin, cut);
        const fault = await scenario.check(anygrad, cut, expected, moment);
        if (fault) faults.push(`${scenario.name}, power cut after operation ${moment + 1}, ${way}: ${fault}`);
      },
    );
  }
  return { faults, count };
}

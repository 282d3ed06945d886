/**
 * Required before Jazzer.js where its native part, built on a system with glibc 2.38, would not be loaded by an older one, such as Debian 12,
 * which Node's own images are made of. All that it wants of the newer libraries are names: `__isoc23_strtol` and `__isoc23_strtoul`, which
 * differ from strtol and strtoul by numbers in binary, and a mark of libstdc++ that is never called. A copy with the older names is loaded
 * in its place. (ELF: System V ABI, chapters 4 and 5; versions: Linux Standard Base, 10.7.)
 */
const { mkdtempSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

const load = process.dlopen;
process.dlopen = (module, file, ...flags) => {
  try {
    return load(module, file, ...flags);
  } catch (error) {
    if (!/version `GLIBC(XX)?_[\d.]+' not found/.test(error.message)) throw error;
    const folder = mkdtempSync(join(tmpdir(), "anygrad-addon-"));
    try {
      writeFileSync(join(folder, "addon.node"), withOlderNames(readFileSync(file)));
      return load(module, join(folder, "addon.node"), ...flags);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
};

const newer = ["GLIBC_2.38", "GLIBCXX_3.4.32"];
const WEAK = 2; // of a version: it may be missing; of a symbol: likewise
const kinds = { symbols: 11, versionsOfSymbols: 0x6fffffff, versionsNeeded: 0x6ffffffe };

/** @param elf a shared library of 64 bits, lowest byte first */
function withOlderNames(elf) {
  const sections = sectionsOf(elf);
  const { symbols, versionsOfSymbols, versionsNeeded } = Object.fromEntries(
    Object.entries(kinds).map(([name, kind]) => [name, sections.find(({ type }) => type === kind)]),
  );
  const strings = sections[symbols.link].offset;
  const text = (at) => elf.toString("latin1", strings + at, elf.indexOf(0, strings + at));
  const versions = new Map(); // "libc.so.6 GLIBC_2.38" → its number
  for (let at = versionsNeeded.offset, next = 1; next > 0; at += next) {
    const [count, file, first] = [
      elf.readUInt16LE(at + 2),
      text(elf.readUInt32LE(at + 4)),
      elf.readUInt32LE(at + 8),
    ];
    for (let i = 0, entry = at + first; i < count; i++, entry += elf.readUInt32LE(entry + 12)) {
      const name = text(elf.readUInt32LE(entry + 8));
      versions.set(`${file} ${name}`, elf.readUInt16LE(entry + 6));
      if (newer.includes(name)) elf.writeUInt16LE(WEAK, entry + 4);
    }
    next = elf.readUInt32LE(at + 12);
  }
  for (let i = 0; i * 24 < symbols.size; i++) {
    const symbol = symbols.offset + i * 24;
    const version = versionsOfSymbols.offset + i * 2;
    const [prefix] = /^__isoc23_(?=strtou?l$)/.exec(text(elf.readUInt32LE(symbol))) ?? [];
    if (prefix) {
      elf.writeUInt32LE(elf.readUInt32LE(symbol) + prefix.length, symbol); // the end of the name is the older one
      elf.writeUInt16LE(versions.get("libc.so.6 GLIBC_2.2.5"), version);
    } else if (elf.readUInt16LE(version) === versions.get("libstdc++.so.6 GLIBCXX_3.4.32")) {
      elf[symbol + 4] = (WEAK << 4) | (elf[symbol + 4] & 15);
    }
  }
  return elf;
}

function sectionsOf(elf) {
  const [start, size, count] = [Number(elf.readBigUInt64LE(40)), elf.readUInt16LE(58), elf.readUInt16LE(60)];
  return Array.from({ length: count }, (_, i) => {
    const at = start + i * size;
    return {
      type: elf.readUInt32LE(at + 4),
      offset: Number(elf.readBigUInt64LE(at + 24)),
      size: Number(elf.readBigUInt64LE(at + 32)),
      link: elf.readUInt32LE(at + 40),
    };
  });
}

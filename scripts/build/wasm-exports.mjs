// The exports of a compiled module in the forms that the package needs (WebAssembly core specification 5.5, "Modules"). Kernels are called by
// their places in the list of exports, which all builds have in one order. What the package embeds has no names at all, which were a
// fourteenth of what a page downloads of the kernels: its functions stand in a table in the same order.

const TYPES = { custom: 0, import: 2, table: 4, export: 7, element: 9 };
const KINDS = { function: 0, table: 1, memory: 2, global: 3 };
const FUNCREF = 0x70;
/** `i32.const 0; end`, the place in the table where the functions begin. */
const FROM_ZERO = [0x41, 0, 0x0b];

/**
 * The module with its exports in order: what tells of the module, then each kernel, followed by NAME_units and NAME_workspace_bytes where
 * it has them. So a kernel's place says where its questions are.
 */
export function arranged(wasm) {
  const exports = exportsOf(wasm);
  const byName = new Map(exports.map((each) => [each.name, each]));
  const questions = /_(units|workspace_bytes)$/;
  const told = ["build_variant", "heap_base"].filter((name) => byName.has(name));
  const isKernel = ({ name, kind }) =>
    kind === KINDS.function && !questions.test(name) && !told.includes(name);
  const kernels = exports.filter(isKernel).map(({ name }) => name);
  const others = exports.filter(({ kind }) => kind !== KINDS.function).map(({ name }) => name); // the memory
  const names = [
    ...told,
    ...kernels.flatMap((name) => [name, `${name}_units`, `${name}_workspace_bytes`]),
    ...others,
  ].filter((name) => byName.has(name));
  if (names.length !== exports.length) throw new Error("a question is exported without its kernel");
  const list = names.map((name) => byName.get(name));
  return rebuilt(wasm, (type, body) => (type === TYPES.export ? vector(list.map(exportBytes)) : body));
}

/**
 * The module without names: its functions are in the table `t` in the order of its exports; and those of the core that it imports go by
 * their places there.
 * @param wasm arranged
 * @param coreNames the exports of the core, arranged
 */
export function nameless(wasm, coreNames = []) {
  const functions = exportsOf(wasm).filter(({ kind }) => kind === KINDS.function);
  const table = vector([Buffer.from([FUNCREF, 0, ...number(functions.length)])]);
  const indices = vector(functions.map(({ index }) => number(index)));
  const element = Buffer.concat([Buffer.from([1, 0, ...FROM_ZERO]), indices]);
  const parts = [];
  for (const [type, body] of sectionsOf(wasm)) {
    const isBehind = (place) => type !== TYPES.custom && type > place;
    if (isBehind(TYPES.table) && !parts.some(([known]) => known === TYPES.table))
      parts.push([TYPES.table, table]);
    if (isBehind(TYPES.element) && !parts.some(([known]) => known === TYPES.element))
      parts.push([TYPES.element, element]);
    if (type === TYPES.export)
      parts.push([type, vector([exportBytes({ name: "t", kind: KINDS.table, index: 0 })])]);
    else parts.push([type, type === TYPES.import ? renamedImports(body, coreNames) : body]);
  }
  return written(wasm, parts);
}

/** Names of the exports, in order. */
export function exportNames(wasm) {
  return exportsOf(wasm).map(({ name }) => name);
}

function exportsOf(wasm) {
  const [, body] = sectionsOf(wasm).find(([type]) => type === TYPES.export);
  const read = reader(body);
  return Array.from({ length: read.number() }, () => ({
    name: read.text(),
    kind: read.byte(),
    index: read.number(),
  }));
}

/** The same imports, with those of "core" by place. */
function renamedImports(body, coreNames) {
  const read = reader(body);
  const imports = Array.from({ length: read.number() }, () => {
    const [module, name] = [read.text(), read.text()];
    const place = coreNames.indexOf(name);
    if (module === "core" && place < 0) throw new Error(`the core exports no ${name}`);
    const from = read.at;
    const kind = read.byte();
    if (kind === KINDS.function) read.number();
    else if (kind === KINDS.memory) {
      const flags = read.byte();
      read.number();
      if (flags & 1) read.number();
    } else throw new Error(`${module}.${name} is imported, which is neither a function nor a memory`);
    const described = body.subarray(from, read.at);
    return Buffer.concat([text(module), text(module === "core" ? String(place) : name), described]);
  });
  return vector(imports);
}

const exportBytes = ({ name, kind, index }) =>
  Buffer.concat([text(name), Buffer.from([kind, ...number(index)])]);

/** Type and content of each section. */
function sectionsOf(wasm) {
  const read = reader(wasm, 8);
  const sections = [];
  while (read.at < wasm.length) {
    const type = read.byte();
    sections.push([type, read.bytes(read.number())]);
  }
  return sections;
}

function rebuilt(wasm, change) {
  return written(
    wasm,
    sectionsOf(wasm).map(([type, body]) => [type, change(type, body)]),
  );
}

function written(wasm, sections) {
  const parts = sections.flatMap(([type, body]) => [Buffer.from([type, ...number(body.length)]), body]);
  return Buffer.concat([wasm.subarray(0, 8), ...parts]);
}

/** A list behind its length. */
function vector(items) {
  return Buffer.concat([Buffer.from(number(items.length)), ...items.map((item) => Buffer.from(item))]);
}

function text(value) {
  return Buffer.from([...number(Buffer.byteLength(value)), ...Buffer.from(value)]);
}

/** A number as LEB128. */
function number(value) {
  const bytes = [];
  for (let left = value; ; left >>>= 7) {
    bytes.push((left & 0x7f) | (left > 0x7f ? 0x80 : 0));
    if (left <= 0x7f) return bytes;
  }
}

function reader(bytes, from = 0) {
  return {
    at: from,
    byte() {
      return bytes[this.at++];
    },
    number() {
      for (let value = 0, shift = 0; ; shift += 7) {
        const byte = this.byte();
        value |= (byte & 0x7f) << shift;
        if (byte < 0x80) return value >>> 0;
      }
    },
    bytes(length) {
      this.at += length;
      return bytes.subarray(this.at - length, this.at);
    },
    text() {
      return new TextDecoder().decode(this.bytes(this.number()));
    },
  };
}

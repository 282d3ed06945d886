/** What a group of an HDF5 file holds: names, and the places of what they stand for. */
import { type Cursor, Damaged, textOf, Unsupported } from "./cursor.ts";
import { about, type Message } from "./objects.ts";

/** Places by names; undefined for an object that is no group. */
export function linksOf(messages: readonly Message[]): ReadonlyMap<string, number> | undefined {
  const links = new Map<string, number>();
  let isGroup = false;
  for (const { type, body } of messages) {
    if (type === about.symbolTable) {
      isGroup = true;
      const [tree, heap] = [body.place(), body.place()];
      const names = body.to(heap).signature("HEAP");
      names.skip(4);
      const size = names.length();
      names.length();
      visitTree(body.to(tree), names.to(names.place(), size), links);
    } else if (type === about.links) {
      isGroup = true;
      body.skip(1);
      body.skip(body.u8() & 1 ? 8 : 0);
      if (body.address() !== undefined)
        throw new Unsupported("a group of so many parts that it has an index of its own");
    } else if (type === about.link) addLink(body, links);
  }
  return isGroup ? links : undefined;
}

/** @param level that of the tree above; nodes below have lower ones, so that no circle is followed */
function visitTree(node: Cursor, names: Cursor, links: Map<string, number>, above = 256): void {
  const isTree = textOf(node.bytes.subarray(node.at, node.at + 4)) === "TREE";
  if (!isTree) {
    visitNode(node, names, links);
    return;
  }
  node.skip(5);
  const level = node.u8();
  if (level >= above) throw new Damaged("a group's index leads into itself");
  const count = node.u16();
  node.address();
  node.address();
  for (let i = 0; i < count; i++) {
    node.length();
    visitTree(node.to(node.place()), names, links, level);
  }
}

function visitNode(node: Cursor, names: Cursor, links: Map<string, number>): void {
  node.signature("SNOD").skip(2);
  const count = node.u16();
  for (let i = 0; i < count; i++) {
    const from = node.place();
    const place = node.address();
    const kind = node.u32();
    node.skip(20);
    names.skip(0);
    const name = textOf(names.bytes.subarray(names.at + from, names.at + names.left));
    if (kind === 2 || place === undefined)
      throw new Unsupported(`${JSON.stringify(name)}, which is a link to another place`);
    links.set(name, place);
  }
}

function addLink(body: Cursor, links: Map<string, number>): void {
  body.skip(1);
  const flags = body.u8();
  const kind = flags & 8 ? body.u8() : 0;
  body.skip((flags & 4 ? 8 : 0) + (flags & 16 ? 1 : 0));
  const name = textOf(body.take(body.number(1 << (flags & 3))));
  if (kind !== 0) throw new Unsupported(`${JSON.stringify(name)}, which is a link to another place`);
  links.set(name, body.place());
}

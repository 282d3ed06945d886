/** Objects of an HDF5 file, groups and arrays, as lists of messages that describe them. */
import { sizeOf } from "../../math/shape.ts";
import { type Cursor, Damaged, textOf, Unsupported } from "./cursor.ts";
import { type Datatype, readDatatype, readShape } from "./types.ts";

/** What a message is about. */
export const about = {
  shape: 1,
  links: 2,
  type: 3,
  link: 6,
  layout: 8,
  filters: 11,
  attribute: 12,
  continuation: 16,
  symbolTable: 17,
  attributes: 21,
} as const;

export interface Message {
  readonly type: number;
  /** Reads it, and no further. */
  readonly body: Cursor;
}

/** No object of a file that makes sense has more. */
const mostMessages = 1 << 17;

/** The messages of the object at this place. */
export function messagesAt(file: Cursor, place: number): readonly Message[] {
  const head = file.to(place);
  const isNew = textOf(head.bytes.subarray(place, place + 4)) === "OHDR";
  return isNew ? newMessages(head) : oldMessages(head);
}

function oldMessages(head: Cursor): Message[] {
  const version = head.u8();
  if (version !== 1) throw new Damaged(`an object at byte ${head.at - 1} has the version ${version}`);
  head.skip(7);
  const size = head.u32();
  head.skip(4);
  return collected(head.to(head.at, size), (block) => {
    const type = block.u16();
    const length = block.u16();
    return { type, length, flags: block.to(block.skip(4)).u8() };
  });
}

function newMessages(head: Cursor): Message[] {
  head.signature("OHDR").skip(1);
  const flags = head.u8();
  head.skip((flags & 32 ? 16 : 0) + (flags & 16 ? 4 : 0));
  const size = head.number(1 << (flags & 3));
  return collected(
    head.to(head.at, size),
    (block) => {
      const type = block.u8();
      const length = block.u16();
      const own = block.u8();
      block.skip(flags & 4 ? 2 : 0);
      return { type, length, flags: own };
    },
    flags & 4 ? 6 : 4,
  );
}

/** @param smallest bytes of the head of a message of an object of the new form: its blocks have a signature and a sum */
function collected(
  first: Cursor,
  head: (block: Cursor) => { type: number; length: number; flags: number },
  smallest?: number,
): Message[] {
  const messages: Message[] = [];
  const blocks = [first];
  for (let i = 0; i < blocks.length; i++) {
    const block = blocks[i]!;
    while (block.left >= (smallest ?? 8)) {
      const { type, length, flags } = head(block);
      const body = block.to(block.skip(length), length);
      if (messages.length + blocks.length > mostMessages) throw new Damaged("an object has too many parts");
      if (type === about.continuation) {
        const [at, size] = [body.place(), body.length()];
        blocks.push(smallest ? body.to(at, size - 4).signature("OCHK") : body.to(at, size));
      } else {
        if (flags & 2 && type === about.type)
          throw new Unsupported("a type that lies apart from what has it");
        messages.push({ type, body });
      }
    }
  }
  return messages;
}

/** A text, texts, or a number in place of what is neither. */
export type AttributeValue = string | readonly string[] | undefined;

/** The attributes of an object that are texts, by their names. */
export function attributesOf(
  file: Cursor,
  messages: readonly Message[],
): ReadonlyMap<string, AttributeValue> {
  const attributes = new Map<string, AttributeValue>();
  for (const { type, body } of messages) {
    if (type === about.attributes) refuseElsewhere(body);
    if (type !== about.attribute) continue;
    const version = body.u8();
    body.skip(1);
    const sizes = [body.u16(), body.u16(), body.u16()] as const;
    if (version === 3)
      body.skip(1); // the alphabet: ASCII is UTF-8
    else if (version !== 1 && version !== 2) throw new Damaged(`an attribute has the version ${version}`);
    const part = (size: number): Cursor => {
      const from = body.skip(version === 1 ? 8 * Math.ceil(size / 8) : size);
      return body.to(from, size);
    };
    const name = textOf(part(sizes[0]).take(sizes[0]));
    const datatype = readDatatype(part(sizes[1]));
    const shape = readShape(part(sizes[2]));
    attributes.set(name, textsOf(file, body, datatype, shape));
  }
  return attributes;
}

/** @throws Unsupported where an object's attributes lie in an index of their own */
function refuseElsewhere(body: Cursor): void {
  body.skip(1);
  body.skip(body.u8() & 1 ? 2 : 0);
  if (body.address() !== undefined)
    throw new Unsupported("so many attributes that they have an index of their own");
}

function textsOf(
  file: Cursor,
  body: Cursor,
  { kind, size }: Datatype,
  shape: readonly number[],
): AttributeValue {
  if (kind !== "text" && kind !== "elsewhere") return undefined;
  const count = sizeOf(shape);
  if (count * Math.max(size, 1) > body.left) throw new Damaged("an attribute is longer than its message");
  const texts = Array.from({ length: count }, () =>
    kind === "text" ? textOf(body.take(size)) : textElsewhere(file, body),
  );
  return shape.length === 0 ? texts[0] : texts;
}

/** A text in one of the file's heaps. */
function textElsewhere(file: Cursor, body: Cursor): string {
  const size = body.u32();
  const place = body.address();
  const wanted = body.u32();
  if (size === 0 || !place) return "";
  const heap = file.to(place).signature("GCOL");
  heap.skip(4);
  const end = place + heap.length();
  while (heap.at + 16 <= end) {
    const index = heap.u16();
    heap.skip(6);
    const length = heap.length();
    if (index === wanted) return textOf(heap.take(Math.min(length, size)));
    if (index === 0) break;
    heap.skip(8 * Math.ceil(length / 8));
  }
  throw new Damaged("a text is missing in its heap");
}

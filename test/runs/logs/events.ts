/** Reads event files as their specification says, apart from what writes them; test/interop/tensorboard has TensorBoard's own reader. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";

export interface ReadEvent {
  readonly tag?: string;
  readonly step: number;
  readonly value?: number | undefined;
  /** It says that a run goes on. */
  readonly start?: true;
}

type Fields = Map<number, { wire: WireType; value: Uint8Array | number }[]>;

function fieldsOf(bytes: Uint8Array): Fields {
  const reader = new BinaryReader(bytes);
  const fields: Fields = new Map();
  while (reader.pos < reader.len) {
    const [number, wire] = reader.tag();
    const value =
      wire === WireType.LengthDelimited
        ? reader.bytes()
        : wire === WireType.Varint
          ? Number(reader.int64())
          : wire === WireType.Bit32
            ? reader.float()
            : reader.double();
    fields.set(number, [...(fields.get(number) ?? []), { wire, value }]);
  }
  return fields;
}

/** The values of all event files of a folder, in the order of their names; first events are left out. */
export function eventsIn(folder: string): ReadEvent[] {
  const names = readdirSync(folder)
    .filter((name) => name.includes("tfevents"))
    .sort();
  return names.flatMap((name) => {
    const bytes = readFileSync(join(folder, name));
    const events: ReadEvent[] = [];
    for (let at = 0; at < bytes.length; ) {
      const length = Number(bytes.readBigUInt64LE(at));
      if (at + 16 + length > bytes.length) throw new Error(`${name} ends within an event`);
      const fields = fieldsOf(bytes.subarray(at + 12, at + 12 + length));
      at += 16 + length;
      const step = Number(fields.get(2)?.[0]?.value ?? 0);
      if (fields.has(7)) events.push({ start: true, step });
      for (const summary of fields.get(5) ?? [])
        for (const each of fieldsOf(summary.value as Uint8Array).get(1) ?? []) {
          const value = fieldsOf(each.value as Uint8Array);
          const tag = new TextDecoder().decode(value.get(1)![0]!.value as Uint8Array);
          events.push({ tag, step, value: value.get(2)?.[0]?.value as number | undefined });
        }
    }
    return events;
  });
}

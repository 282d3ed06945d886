/**
 * TensorBoard's events (event.proto, summary.proto and the hparams plugin's api.proto of TensorBoard 2.21), written with the wire format
 * of protobuf by the package @bufbuild/protobuf. No graph: TensorBoard shows all else without one.
 */
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import type { Histogram } from "./histogram.ts";

/** When an event was, in milliseconds since 1970, and after how many steps. */
export interface Moment {
  readonly time: number;
  readonly step: number;
}

/** What is shown under a name. */
export interface Shown {
  readonly tag: string;
  readonly value: number | Histogram;
}

/** Values of the hparams plugin. */
export type Hparams = Readonly<Record<string, string | number | boolean>>;

type Write = (writer: BinaryWriter) => unknown;

/** The first event of a file: the form of what follows. */
export function versionEvent(time: number): Uint8Array {
  return event({ time, step: 0 }, (writer) =>
    writer.tag(3, WireType.LengthDelimited).string("brain.Event:2"),
  );
}

/** A run begins anew from a step: readers forget what they have read of it and later ones. */
export function startEvent(moment: Moment): Uint8Array {
  return event(moment, (writer) => message(writer, 7, (log) => log.tag(1, WireType.Varint).int32(1)));
}

export function summaryEvent(moment: Moment, values: readonly Shown[]): Uint8Array {
  return event(moment, (writer) =>
    message(writer, 5, (summary) => {
      for (const { tag, value } of values)
        message(summary, 1, (each) => {
          each.tag(1, WireType.LengthDelimited).string(tag);
          if (typeof value === "number") each.tag(2, WireType.Bit32).float(value);
          else message(each, 5, (inner) => writeHistogram(inner, value));
        });
    }),
  );
}

/** The settings of the run, which the hparams tab compares. */
export function hparamsEvent(moment: Moment, hparams: Hparams): Uint8Array {
  const data = new BinaryWriter();
  message(data, 3, (info) => {
    for (const [name, value] of Object.entries(hparams))
      message(info, 1, (entry) => {
        entry.tag(1, WireType.LengthDelimited).string(name);
        message(entry, 2, (inner) => writeValue(inner, value));
      });
    info.tag(5, WireType.Bit64).double(moment.time / 1000);
  });
  return event(moment, (writer) =>
    message(writer, 5, (summary) =>
      message(summary, 1, (value) => {
        value.tag(1, WireType.LengthDelimited).string("_hparams_/session_start_info");
        message(value, 8, writeEmptyTensor);
        message(value, 9, (metadata) =>
          message(metadata, 1, (plugin) =>
            plugin
              .tag(1, WireType.LengthDelimited)
              .string("hparams")
              .tag(2, WireType.LengthDelimited)
              .bytes(data.finish()),
          ),
        );
      }),
    ),
  );
}

function event({ time, step }: Moment, write: Write): Uint8Array {
  const writer = new BinaryWriter();
  writer.tag(1, WireType.Bit64).double(time / 1000);
  if (step > 0) writer.tag(2, WireType.Varint).int64(step);
  write(writer);
  return writer.finish();
}

function message(writer: BinaryWriter, field: number, write: Write): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  write(writer);
  writer.join();
}

/** HistogramProto: a bucket ends at its limit, the first begins at the least value. */
function writeHistogram(
  writer: BinaryWriter,
  { min, max, count, sum, sumOfSquares, limits, counts }: Histogram,
): void {
  for (const [i, value] of [min, max, count, sum, sumOfSquares].entries())
    writer.tag(i + 1, WireType.Bit64).double(value);
  for (const [i, values] of [limits, counts].entries()) {
    writer.tag(i + 6, WireType.LengthDelimited).fork();
    for (const value of values) writer.double(value);
    writer.join();
  }
}

/** google.protobuf.Value */
function writeValue(writer: BinaryWriter, value: string | number | boolean): void {
  if (typeof value === "number") writer.tag(2, WireType.Bit64).double(value);
  else if (typeof value === "string") writer.tag(3, WireType.LengthDelimited).string(value);
  else writer.tag(4, WireType.Varint).bool(value);
}

/** TensorProto: float32 of shape [0], for a value that is all in its metadata. */
function writeEmptyTensor(writer: BinaryWriter): void {
  writer.tag(1, WireType.Varint).int32(1);
  message(writer, 2, (shape) => message(shape, 2, () => {}));
}

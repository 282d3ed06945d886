/**
 * Event files byte by byte. The bytes were written by TensorBoard 2.21 (its protobuf classes and RecordWriter); checksums are those of RFC 3720, B.4.
 */
import { describe, expect, it } from "vitest";
import {
  hparamsEvent,
  startEvent,
  summaryEvent,
  versionEvent,
} from "../../../runs/logs/tensorboard/events.ts";
import { crc32c, framed } from "../../../runs/logs/tensorboard/frames.ts";
import { histogramOf } from "../../../runs/logs/tensorboard/histogram.ts";

const hex = (event: Uint8Array): string => Buffer.from(framed(event)).toString("hex");
const time = 1_700_000_000_500;

describe("crc32c", () => {
  it.each([
    ["no bytes", [], 0],
    ["123456789", [...new TextEncoder().encode("123456789")], 0xe3069283],
    ["32 zeros", new Array(32).fill(0), 0x8a9136aa],
    ["32 bytes 255", new Array(32).fill(255), 0x62a8ab43],
    ["0 to 31", Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
  ])("%s", (_, bytes: number[], wanted) => {
    expect(crc32c(Uint8Array.from(bytes))).toBe(wanted);
  });
});

describe("events", () => {
  it("say their form first", () => {
    expect(hex(versionEvent(time))).toBe(
      "1800000000000000a37f4b220900002040fc54d9411a0d627261696e2e4576656e743a322b353110",
    );
  });

  it("say that a run goes on from a step", () => {
    expect(hex(startEvent({ time, step: 8 }))).toBe(
      "0f000000000000006d532b090900002040fc54d94110083a020801b9c5b1b1",
    );
  });

  it("hold numbers and histograms", () => {
    const value = {
      ...{ min: -1, max: 2, count: 4, sum: 1.5, sumOfSquares: 5.25 },
      ...{ limits: [0.5, 2], counts: [3, 1] },
    };
    const shown = [
      { tag: "epoch_loss", value: 0.25 },
      { tag: "dense/kernel/histogram", value },
    ];
    expect(hex(summaryEvent({ time, step: 300 }, shown))).toBe(
      "8f000000000000006eebe2ec0900002040fc54d94110ac022a80010a110a0a65706f63685f6c6f7373150000803e0a6b0a1664656e73652f6b65726e656c2f686973746f6772616d2a5109000000000000f0bf11000000000000004019000000000000104021000000000000f83f2900000000000015403210000000000000e03f00000000000000403a100000000000000840000000000000f03ff7e4b388",
    );
  });

  it("hold the settings of a run", () => {
    expect(hex(hparamsEvent({ time, step: 0 }, { optimizer: "adam" }))).toBe(
      "620000000000000079fd606f0900002040fc54d9412a570a550a1c5f68706172616d735f2f73657373696f6e5f73746172745f696e666f42060801120212004a2d0a2b0a0768706172616d7312201a1e0a130a096f7074696d697a657212061a046164616d2900002040fc54d9419de30f64",
    );
  });
});

describe("histogramOf", () => {
  it("counts in 30 equally wide buckets from the least to the greatest", () => {
    const values = Array.from({ length: 61 }, (_, i) => i / 2); // 0 to 30
    const { min, max, count, sum, sumOfSquares, limits, counts } = histogramOf(values);
    expect({ min, max, count, sum }).toEqual({ min: 0, max: 30, count: 61, sum: 915 });
    expect(sumOfSquares).toBe(18452.5);
    expect(limits).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
    expect(counts).toEqual([...new Array(29).fill(2), 3]);
  });

  it("has one bucket for equal numbers, and leaves out what is not finite", () => {
    expect(histogramOf([2, Number.NaN, 2, Infinity])).toEqual({
      ...{ min: 2, max: 2, count: 2, sum: 4, sumOfSquares: 8 },
      ...{ limits: [2], counts: [2] },
    });
    expect(histogramOf([])).toMatchObject({ count: 0, limits: [0], counts: [0] });
  });
});

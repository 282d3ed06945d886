/** A growing file on a disk that fills up and is freed again: each part is there once and whole. */
import { mkdtempSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { AppendFile } from "../../../runs/logs/appendFile.ts";
import { failure } from "../../data/failure.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const fresh = (): string => join(mkdtempSync(join(tmpdir(), "anygrad-append-")), "log");

/** Writes as the system does, until so many bytes are used up: then what fits, and then nothing. */
function disk(): { room: number; write: typeof writeSync } {
  const full = Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
  const state = {
    room: Number.POSITIVE_INFINITY,
    write(
      descriptor: number,
      buffer: Uint8Array,
      at: number,
      length: number,
      position: number | null,
    ): number {
      if (state.room <= 0) throw full;
      const fits = Math.min(length, state.room);
      state.room -= fits;
      return writeSync(descriptor, buffer, at, fits, position);
    },
  };
  return state as unknown as ReturnType<typeof disk>;
}

it("keeps what does not fit, and writes it before the next part", async () => {
  const path = fresh();
  const state = disk();
  const file = new AppendFile(path, state.write);
  file.append(bytes("first\n"));
  state.room = 3;
  for (const part of ["second\n", "third\n"])
    expect(await failure(() => file.append(bytes(part)), "OUTPUT")).toBe(
      `${path}: cannot be written (ENOSPC: the disk is full); free space on it`,
    );
  expect(file.length).toBe(6); // what counts, whatever lies behind it
  state.room = Number.POSITIVE_INFINITY;
  file.append(bytes("fourth\n"));
  file.close();
  expect(readFileSync(path, "utf8")).toBe("first\nsecond\nthird\nfourth\n");
  expect(file.length).toBe(26);
});

it("writes what waits when it is brought to the disk, as before a checkpoint", () => {
  const path = fresh();
  const state = disk();
  const file = new AppendFile(path, state.write);
  file.append(bytes("first\n"));
  state.room = 0;
  expect(() => file.append(bytes("second\n"))).toThrow("ENOSPC");
  state.room = Number.POSITIVE_INFINITY;
  file.sync();
  expect(file.length).toBe(13);
  expect(readFileSync(path, "utf8")).toBe("first\nsecond\n");
  file.close();
});

it("holds 4 MiB of what waits, and drops the oldest beyond", async () => {
  const path = fresh();
  const state = disk();
  const file = new AppendFile(path, state.write);
  file.open();
  state.room = 0;
  for (let part = 0; part < 6; part++)
    await failure(() => file.append(new Uint8Array(2 ** 20).fill(part)), "OUTPUT");
  state.room = Number.POSITIVE_INFINITY;
  file.append(bytes("end"));
  file.close();
  const written = readFileSync(path);
  expect(written.length).toBeLessThanOrEqual(2 ** 22);
  expect([written[0], written.at(-4), written.subarray(-3).toString()]).toEqual([4, 5, "end"]);
});

it("takes away what is behind a length, and says where less is there", () => {
  const path = fresh();
  writeFileSync(path, "0123456789");
  const file = new AppendFile(path);
  file.open(); // takes nothing away
  expect(readFileSync(path, "utf8")).toBe("0123456789");
  expect(file.cut(4)).toBe(true);
  file.append(bytes("x"));
  expect(readFileSync(path, "utf8")).toBe("0123x");
  expect(file.cut(7)).toBe(false);
  file.append(bytes("y"));
  file.close();
  expect(readFileSync(path, "utf8")).toBe("0123xy");
});
